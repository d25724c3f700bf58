import { describe, expect, it } from 'vitest';
import { connectionRate, disagreementOf, type ConnectionRateInput } from '../../../src/measure/rate/connection-rate.js';
import type { TableInterval } from '../../../src/measure/tuples/table-interval.js';
import { emptyCounts } from '../../../src/measure/pools/port-ledger.js';
import type { Estimate } from '../../../src/model/estimate.js';
import type { GrowthStep } from '../../../src/measure/rate/pool-growth.js';
import type { DemandMethod, LedgerEntry } from '../../../src/model/report-ports.js';
import { intervalOf } from '../../support/interval.js';

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
    scope: 'whole',
    unseen: [],
  };
}

const interval = (seconds: number, newTuples: number, closes = 0, exhausted = false, logged = 0): TableInterval =>
  intervalOf(seconds, newTuples, { closes, exhausted, logged });

const MEASURED: Estimate = { low: 118, best: 120, high: 122 };

function demand(input: Partial<ConnectionRateInput>): ReturnType<typeof connectionRate> {
  return connectionRate({
    peak: null,
    waitingTuples: 0,
    intervals: [],
    timeWait: MEASURED,
    connected: 0,
    liveAgesSeconds: [],
    unansweredSeconds: 31,
    steps: [],
    loggedInMinute: 0,
    ranOutUnseen: false,
    isPart: false,
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

  it('follows from attempts that hold most of the ports: each for as long as this host goes on trying', () => {
    const attempts = (synSent: number, usable: number): LedgerEntry => ({
      ...peakWith(0, 400, usable),
      synSent,
      inUse: synSent + 400,
    });
    // Between two seconds, where they are refused, and thirty-one, where nobody answers.
    expect(demand({ peak: attempts(3_600, 16_384) })).toMatchObject({
      connectionsPerSecond: { low: 112.2, best: null, high: 1860 },
      methods: [{ id: 'syn-sent', perSecond: { low: 112.2, best: null, high: 1860 } }],
    });
    expect(demand({ peak: attempts(3_600, 4_000) }).connectionsPerSecond).toEqual({
      low: 112.2,
      best: null,
      high: null,
    });
    // A host that tries for longer opened fewer.
    expect(demand({ peak: attempts(3_600, 16_384), unansweredSeconds: 511 }).connectionsPerSecond?.low).toBe(6.8);
    expect(demand({ peak: attempts(400, 16_384) }).methods).toHaveLength(1);
    expect(demand({ peak: attempts(399, 16_384) }).methods).toEqual([]);
  });

  it('follows from what waits: as many as closed in one TIME_WAIT', () => {
    expect(demand({ peak: peakWith(12_000) })).toEqual({
      connectionsPerSecond: { low: 98.3, best: 100, high: 103.6 },
      observedClosesPerSecond: null,
      meanLifetimeSeconds: { low: 0, best: 0, high: 0 },
      methods: [{ id: 'time-wait-plateau', perSecond: { low: 98.3, best: 100, high: 103.6 } }],
      censored: false,
    });
  });

  it('is as wide as the TIME_WAIT assumed', () => {
    const { connectionsPerSecond } = demand({ peak: peakWith(12_000), timeWait: { low: 120, best: null, high: 240 } });
    expect(connectionsPerSecond).toEqual({ low: 50, best: null, high: 101.9 });
  });

  it('does not follow from fewer than ten waiting ports', () => {
    expect(demand({ peak: peakWith(9) }).methods).toEqual([]);
    expect(demand({ peak: peakWith(10) }).methods).toHaveLength(1);
  });

  it('follows from the busiest interval of new tuples, closes apart', () => {
    const intervals = [interval(60, 600, 300), interval(30, 930, 310), interval(60, 60, 610)];
    const { connectionsPerSecond, observedClosesPerSecond, methods } = demand({ intervals });
    expect(methods).toEqual([{ id: 'new-tuples', perSecond: { low: 28, best: 31, high: 34.3 } }]);
    expect(connectionsPerSecond).toEqual({ low: 28, best: 31, high: 34.3 });
    // Of 610 in 60 s more is certain than of 310 in 30 s.
    expect(observedClosesPerSecond).toEqual({ low: 9.1, best: 10.2, high: 11.3 });
  });

  it('is at least the surest of the methods, and at most the widest of those that end', () => {
    const { connectionsPerSecond, methods } = demand({ peak: peakWith(1200), intervals: [interval(300, 9030)] });
    expect(methods.map(({ id }) => id)).toEqual(['time-wait-plateau', 'new-tuples']);
    // 9,030 ± 190 in 301 s; the gap is longer than TIME_WAIT, so nothing says how many more, and what waits says fewer.
    expect(connectionsPerSecond).toEqual({ low: 29.3, best: null, high: null });
  });

  it('is at least the connections of the last minute that still live, ten of them or more', () => {
    const ages = (count: number): number[] => [...Array.from({ length: count }, () => 59.9), 60, 400];
    expect(demand({ liveAgesSeconds: ages(12) }).methods).toEqual([
      { id: 'creation-times', perSecond: { low: 0.1, best: null, high: null } },
    ]);
    expect(demand({ liveAgesSeconds: ages(9) }).methods).toEqual([]);
  });

  it('is what a log counts in its busiest minute, at least, while it is not known what the log leaves out', () => {
    expect(demand({ loggedInMinute: 1200 }).connectionsPerSecond).toEqual({ low: 20, best: null, high: null });
    // Half of the tuples that were new between the snapshots are not in the log.
    const filtered = demand({ loggedInMinute: 1200, intervals: [interval(60, 2400, 0, false, 1200)] });
    expect(filtered.methods.at(-1)).toEqual({ id: 'log-events', perSecond: { low: 20, best: null, high: null } });
    expect(filtered.connectionsPerSecond).toEqual({ low: 37.7, best: 40, high: 42.4 });
    const few = demand({ loggedInMinute: 1200, intervals: [interval(60, 99, 0, false, 99)] });
    expect(few.methods.at(-1)?.perSecond.high).toBeNull();
  });

  it('is an interval around it where the log names every tuple that was new, narrower than what the snapshots give', () => {
    const complete = demand({
      loggedInMinute: 1260,
      peak: peakWith(2400),
      intervals: [interval(120, 2400, 0, false, 2400)],
    });
    expect(complete.methods.at(-1)).toEqual({ id: 'log-events', perSecond: { low: 21, best: 21, high: 22.3 } });
    expect(complete.connectionsPerSecond).toEqual({ low: 21, best: 21, high: 22.3 });
    // As many as may be missing for the log to pass for complete, and one more.
    expect(
      demand({ loggedInMinute: 1260, intervals: [interval(60, 1000, 0, false, 925)] }).methods.at(-1)?.perSecond.high,
    ).toBeNull();
    expect(
      demand({ loggedInMinute: 1260, intervals: [interval(60, 1000, 0, false, 927)] }).methods.at(-1)?.perSecond.high,
    ).toBe(24.7);
  });

  it('is at least what the log counts where the pool was full: what is refused is in no log', () => {
    const full = demand({
      loggedInMinute: 8100,
      peak: peakWith(9900, 0, 10_000),
      intervals: [interval(60, 8100, 0, true, 8100)],
    });
    expect(full.methods.at(-1)).toEqual({ id: 'log-events', perSecond: { low: 135, best: null, high: null } });
    expect(full.connectionsPerSecond?.high).toBeNull();
  });

  it('that left one port in a hundred is "at least": a pool with nothing free refuses the rest', () => {
    const censored = demand({ peak: peakWith(9900, 0, 10_000), intervals: [interval(60, 6100, 0, true)] });
    expect(censored.censored).toBe(true);
    expect(censored.connectionsPerSecond).toEqual({ low: 97.4, best: null, high: null });
    expect(censored.methods.map(({ perSecond }) => perSecond.high)).toEqual([null, null]);
  });

  it('that left hundreds of ports free was refused nothing', () => {
    const pressed = demand({ peak: peakWith(9899, 0, 10_000) });
    expect(pressed.censored).toBe(false);
    expect(pressed.connectionsPerSecond).toEqual({ low: 81.1, best: 82.5, high: 85.6 });
  });

  it('is "at least" as well when an event says that the pool ran out unseen', () => {
    const censored = demand({ peak: peakWith(1200), ranOutUnseen: true });
    expect(censored.censored).toBe(true);
    expect(censored.connectionsPerSecond).toEqual({ low: 9.8, best: null, high: null });
  });

  it('is "at least" where other connections take their ports from an auto-reuse range', () => {
    const part = demand({ peak: peakWith(1200), isPart: true });
    expect(part.connectionsPerSecond).toEqual({ low: 9.8, best: null, high: null });
    expect(part.censored).toBe(false);
  });

  it('gives the mean lifetime of a connection: those alive over those a second', () => {
    const { meanLifetimeSeconds } = demand({ peak: peakWith(12_000, 200), connected: 200 });
    expect(meanLifetimeSeconds).toEqual({ low: 1.9, best: 2, high: 2.1 });
  });

  it('counts connections, not ports: two local addresses share a port, and each connection had its own', () => {
    const { connectionsPerSecond } = demand({ peak: peakWith(7200), waitingTuples: 12_000 });
    expect(connectionsPerSecond).toEqual({ low: 98.3, best: 100, high: 103.6 });
  });

  it('is not bounded by what waits while that still grows', () => {
    const step = (second: number, waiting: number): GrowthStep => ({
      atMs: Date.parse('2026-03-03T09:10:00Z') + second * 1000,
      opened: 0,
      waiting,
      inUse: waiting,
      usable: 16_384,
      exhausted: false,
    });
    const grown = (waiting: number, second = -60) =>
      demand({ peak: peakWith(6000), steps: [step(second, waiting), step(0, 6000)] }).connectionsPerSecond?.high;
    expect(grown(5399)).toBeNull();
    expect(grown(5400)).not.toBeNull();
    expect(grown(100, -123)).not.toBeNull();
  });

  it('is not bounded where the far end closes: what waits here is a part', () => {
    const endings = new Map([[7, { stayed: 0, waited: 1, vanished: 600 }]]);
    const { connectionsPerSecond, methods } = demand({
      peak: peakWith(120),
      intervals: [intervalOf(37, 600, { endings })],
    });
    expect(connectionsPerSecond).toEqual({ low: 14.5, best: null, high: null });
    expect(methods.map(({ perSecond }) => perSecond.high)).toEqual([null, null]);
  });

  it('gives no upper end of a lifetime where nothing turns over', () => {
    const { meanLifetimeSeconds } = demand({ intervals: [intervalOf(60, 1)], connected: 500 });
    expect(meanLifetimeSeconds?.high).toBeNull();
  });
});

describe('methods that disagree', () => {
  const method = (id: DemandMethod, low: number, high: number | null) => ({ id, perSecond: { low, best: null, high } });

  it('are the two furthest apart of those whose intervals do not meet', () => {
    const plateau = method('time-wait-plateau', 405, 420);
    const tuples = method('new-tuples', 95, 110);
    const closer = method('ramp', 200, 210);
    expect(disagreementOf([plateau, closer, tuples])).toEqual({ less: tuples, more: plateau });
  });

  it('are none where they meet, miss each other by a twentieth, or one is "at least"', () => {
    const tuples = method('new-tuples', 95, 100);
    expect(disagreementOf([tuples, method('ramp', 105, 120)])).toBeNull();
    expect(disagreementOf([tuples, method('ramp', 105.1, 120)])).not.toBeNull();
    expect(disagreementOf([method('new-tuples', 60, null), method('ramp', 400, 410)])).toBeNull();
  });
});
