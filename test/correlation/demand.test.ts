import { describe, expect, it } from 'vitest';
import { demandOf, type DemandInput } from '../../src/correlation/demand.js';
import type { Interval } from '../../src/correlation/new-tuples.js';
import { emptyCounts } from '../../src/correlation/port-ledger.js';
import type { Estimate } from '../../src/model/estimate.js';
import type { LedgerEntry } from '../../src/model/report.js';

function peakWith(timeWait: number, established = 0, usable = 16_384): LedgerEntry {
  const inUse = timeWait + established;
  return {
    at: '2026-03-03T09:10:00Z',
    clockErrorSeconds: 2,
    file: 'netstat.txt',
    line: 1,
    poolId: 'tcp',
    transport: 'tcp',
    family: 'combined',
    usable,
    inUse,
    free: usable - inUse,
    ...emptyCounts(),
    timeWait,
    established,
    udp: 0,
    listening: 0,
    directionUnknown: 0,
    rowsCountedNaively: inUse,
    unseen: [],
  };
}

const interval = (seconds: number, newTuples: number, closes = 0, full = false, logged = 0): Interval => ({
  fromMs: 0,
  toMs: seconds * 1000,
  newTuples,
  logged,
  closes,
  newByDestination: new Map(),
  full,
});

const MEASURED: Estimate = { low: 118, best: 120, high: 122 };

function demand(input: Partial<DemandInput>): ReturnType<typeof demandOf> {
  return demandOf({
    peak: null,
    intervals: [],
    timeWait: MEASURED,
    connectedBesideTimeWait: 0,
    liveAgesSeconds: [],
    steps: [],
    loggedInMinute: 0,
    ranOutUnseen: false,
    ...input,
  });
}

describe('the demand', () => {
  it('is unknown without a snapshot', () => {
    expect(demand({})).toEqual({
      connectionsPerSecond: null,
      observedClosesPerSecond: null,
      meanLifetimeSeconds: null,
      methods: [],
      censored: false,
    });
  });

  it('follows from what waits: as many as closed in one TIME_WAIT', () => {
    expect(demand({ peak: peakWith(12_000) })).toEqual({
      connectionsPerSecond: { low: 98.4, best: 100, high: 101.7 },
      observedClosesPerSecond: null,
      meanLifetimeSeconds: { low: 0, best: 0, high: 0 },
      methods: [{ id: 'time-wait-plateau', perSecond: { low: 98.4, best: 100, high: 101.7 } }],
      censored: false,
    });
  });

  it('is as wide as the TIME_WAIT assumed', () => {
    const { connectionsPerSecond } = demand({ peak: peakWith(12_000), timeWait: { low: 120, best: null, high: 240 } });
    expect(connectionsPerSecond).toEqual({ low: 50, best: null, high: 100 });
  });

  it('does not follow from fewer than ten waiting ports', () => {
    expect(demand({ peak: peakWith(9) }).methods).toEqual([]);
    expect(demand({ peak: peakWith(10) }).methods).toHaveLength(1);
  });

  it('follows from the busiest interval of new tuples, closes apart', () => {
    const intervals = [interval(60, 600, 300), interval(30, 930, 310), interval(60, 60, 610)];
    const { connectionsPerSecond, observedClosesPerSecond, methods } = demand({ intervals });
    expect(methods).toEqual([{ id: 'new-tuples', perSecond: { low: 30, best: 31, high: 32.1 } }]);
    expect(connectionsPerSecond).toEqual({ low: 30, best: 31, high: 32.1 });
    // 610 in 60 s are ten a second exactly when the ends are off against us; 310 in 30 s are more at best, and less at worst.
    expect(observedClosesPerSecond).toEqual({ low: 10, best: 10.3, high: 10.7 });
  });

  it('is at least the surest of the methods, and at most the widest of those that end', () => {
    const { connectionsPerSecond, methods } = demand({ peak: peakWith(1200), intervals: [interval(300, 9030)] });
    expect(methods.map(({ id }) => id)).toEqual(['time-wait-plateau', 'new-tuples']);
    // 9,030 in 301 s are 30 a second on average; the gap is longer than TIME_WAIT, so nothing says how many more.
    expect(connectionsPerSecond).toEqual({ low: 30, best: null, high: 30 });
  });

  it('is at least the connections of the last minute that still live, ten of them or more', () => {
    const ages = (count: number): number[] => [...Array.from({ length: count }, () => 59.9), 60, 400];
    expect(demand({ liveAgesSeconds: ages(12) }).methods).toEqual([
      { id: 'creation-times', perSecond: { low: 0.2, best: null, high: null } },
    ]);
    expect(demand({ liveAgesSeconds: ages(9) }).methods).toEqual([]);
  });

  it('is what a log counts in its busiest minute, at least, while it is not known what the log leaves out', () => {
    expect(demand({ loggedInMinute: 1200 }).connectionsPerSecond).toEqual({ low: 20, best: null, high: null });
    // Half of the tuples that were new between the snapshots are not in the log.
    const filtered = demand({ loggedInMinute: 1200, intervals: [interval(60, 2400, 0, false, 1200)] });
    expect(filtered.methods.at(-1)).toEqual({ id: 'log-events', perSecond: { low: 20, best: null, high: null } });
    expect(filtered.connectionsPerSecond).toEqual({ low: 39.3, best: 40, high: 40.7 });
    const few = demand({ loggedInMinute: 1200, intervals: [interval(60, 99, 0, false, 99)] });
    expect(few.methods.at(-1)?.perSecond.high).toBeNull();
  });

  it('is an interval around it where the log names every tuple that was new, narrower than what the snapshots give', () => {
    const complete = demand({
      loggedInMinute: 1260,
      peak: peakWith(2400),
      intervals: [interval(120, 2400, 0, false, 2400)],
    });
    expect(complete.methods.at(-1)).toEqual({ id: 'log-events', perSecond: { low: 21, best: 21, high: 22.2 } });
    expect(complete.connectionsPerSecond).toEqual({ low: 21, best: 21, high: 22.2 });
    // As many as may be missing for the log to pass for complete, and one more.
    expect(
      demand({ loggedInMinute: 1260, intervals: [interval(60, 1000, 0, false, 925)] }).methods.at(-1)?.perSecond.high,
    ).toBeNull();
    expect(
      demand({ loggedInMinute: 1260, intervals: [interval(60, 1000, 0, false, 927)] }).methods.at(-1)?.perSecond.high,
    ).toBe(24.6);
  });

  it('is at least what the log counts where the pool was full: what is refused is in no log', () => {
    const full = demand({
      loggedInMinute: 8100,
      peak: peakWith(9500, 0, 10_000),
      intervals: [interval(60, 8100, 0, true, 8100)],
    });
    expect(full.methods.at(-1)).toEqual({ id: 'log-events', perSecond: { low: 135, best: null, high: null } });
    expect(full.connectionsPerSecond?.high).toBeNull();
  });

  it('that filled nine tenths of the pool is "at least": a full pool refuses the rest', () => {
    const censored = demand({ peak: peakWith(9000, 0, 10_000), intervals: [interval(60, 6100, 0, true)] });
    expect(censored.censored).toBe(true);
    expect(censored.connectionsPerSecond).toEqual({ low: 100, best: null, high: null });
    expect(censored.methods.map(({ perSecond }) => perSecond.high)).toEqual([null, null]);
    expect(demand({ peak: peakWith(8999, 0, 10_000) }).censored).toBe(false);
  });

  it('is "at least" as well when an event says that the pool ran out unseen', () => {
    const censored = demand({ peak: peakWith(1200), ranOutUnseen: true });
    expect(censored.censored).toBe(true);
    expect(censored.connectionsPerSecond).toEqual({ low: 9.8, best: null, high: null });
  });

  it('gives the mean lifetime of a connection: those alive over those a second', () => {
    const { meanLifetimeSeconds } = demand({ peak: peakWith(12_000, 200), connectedBesideTimeWait: 200 });
    expect(meanLifetimeSeconds).toEqual({ low: 2, best: 2, high: 2 });
  });
});
