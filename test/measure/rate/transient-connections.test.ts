import { describe, expect, it } from 'vitest';
import { transientConnections } from '../../../src/measure/rate/transient-connections.js';
import { emptyCounts } from '../../../src/measure/pools/port-ledger.js';
import type { GrowthStep } from '../../../src/measure/rate/pool-growth.js';
import type { LedgerEntry } from '../../../src/model/report-ports.js';
import { intervalOf } from '../../support/interval.js';

const AT_MS = Date.parse('2026-03-03T09:10:00Z');
const ASSUMED = { low: 120, best: null, high: 240 };

function peakWith(timeWait: number, established = 0): LedgerEntry {
  const inUse = timeWait + established;
  return {
    at: '2026-03-03T09:10:00Z',
    clockErrorSeconds: 2,
    file: 'netstat.txt',
    line: 1,
    poolId: 'tcp',
    transport: 'tcp',
    family: 'combined',
    usable: 16_384,
    inUse,
    free: 16_384 - inUse,
    ...emptyCounts(),
    timeWait,
    established,
    udp: 0,
    listening: 0,
    directionUnknown: 0,
    rowsCountedNaively: inUse,
    scope: 'whole',
    unseen: [],
  };
}

describe('the ports that come and go with the rate', () => {
  const connected = (peak: LedgerEntry, destinations: readonly { timeWait: number; connected: number }[]): number =>
    transientConnections({ peak, destinations, intervals: [], steps: [], delay: ASSUMED }).connected;

  it('are connections to endpoints where more ports wait than are connected', () => {
    const destinations = [
      { timeWait: 5000, connected: 40 },
      { timeWait: 60, connected: 60 },
    ];
    expect(connected(peakWith(5060, 100), destinations)).toBe(40);
  });

  it('are all connections where those that stand hold more than half of the ports in use', () => {
    const destinations = [
      { timeWait: 500, connected: 40 },
      { timeWait: 60, connected: 601 },
    ];
    expect(connected(peakWith(560, 641), destinations)).toBe(641);
    expect(connected(peakWith(562, 641), destinations)).toBe(40);
  });
});

describe('the delay that rate and plateau give together', () => {
  const delay = (
    waiting: number,
    earlier: number,
    opened: number,
    believed: { low: number; best: number | null; high: number } = ASSUMED,
  ) => {
    const step = (second: number, ports: number): GrowthStep => ({
      atMs: AT_MS + second * 1000,
      opened: 0,
      waiting: ports,
      inUse: ports,
      usable: 16_384,
      exhausted: false,
    });
    const interval = intervalOf(0, opened, { fromMs: AT_MS - 60_000, toMs: AT_MS });
    return transientConnections({
      peak: peakWith(waiting),
      destinations: [],
      intervals: [interval],
      steps: [step(-60, earlier), step(0, waiting)],
      delay: believed,
    }).delaySeconds;
  };

  it('is what waits over what was opened, within what was believed', () => {
    // 12,000 wait, 6,000 opened in 60 s: 120 s, give or take the stamps and chance.
    expect(delay(12_000, 12_000, 6000)).toEqual({ low: 120, best: null, high: 125.3 });
  });

  it('is what was believed while TIME_WAIT grows, where a best value is known, or where the two do not meet', () => {
    expect(delay(12_000, 10_000, 6000)).toBe(ASSUMED);
    const known = { low: 118, best: 120, high: 122 };
    expect(delay(12_000, 12_000, 6000, known)).toBe(known);
    expect(delay(12_000, 12_000, 1500)).toBe(ASSUMED);
  });
});
