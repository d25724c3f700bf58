import { describe, expect, it } from 'vitest';
import { LedgerSeries } from '../../../src/measure/pools/ledger-series.js';
import { emptyCounts } from '../../../src/measure/pools/port-ledger.js';
import { ThinnedSeries } from '../../../src/measure/trends/thinned-series.js';
import { median, quantile, slopesPerHour } from '../../../src/measure/numbers/statistics.js';
import type { LedgerEntry } from '../../../src/model/report-ports.js';

const HOUR = 3_600_000;

describe('a value over time', () => {
  it('is kept whole while it is short', () => {
    const series = new ThinnedSeries(10);
    for (let at = 0; at < 9; at += 1) series.addPoint(at, at * 2);
    expect(series.points().map(({ value }) => value)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16]);
  });

  it.each([10, 11, 99, 1000, 1001])('of %i points keeps the first, the last and at most ten between', (length) => {
    const series = new ThinnedSeries(10);
    for (let at = 0; at < length; at += 1) series.addPoint(at, at);
    const kept = series.points().map(({ atMs }) => atMs);
    expect(kept.length).toBeLessThanOrEqual(11);
    expect([kept[0], kept.at(-1)]).toEqual([0, length - 1]);
    expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  });
});

describe('a value over time in a pool that is full at times', () => {
  const fullAt = (full: number, length: number): number[] => {
    const series = new ThinnedSeries(10);
    for (let at = 0; at < length; at += 1) series.addPoint(at, at, at === full);
    return series.points().flatMap(({ atMs, wasFull }) => (wasFull ? atMs : []));
  };

  it('still says so where the point itself is left out', () => {
    expect(fullAt(5, 9)).toEqual([5]);
    expect(fullAt(5, 11)).toEqual([6]);
    for (const full of [1, 17, 33, 62, 63, 64, 98]) {
      const [said, ...others] = fullAt(full, 99);
      expect(others).toEqual([]);
      expect(said).toBeGreaterThanOrEqual(full);
    }
  });
});

function entry(at: number, inUse: number): LedgerEntry {
  return {
    at: null,
    clockErrorSeconds: null,
    file: 'netstat.txt',
    line: at,
    poolId: 'tcp',
    transport: 'tcp',
    family: 'combined',
    usable: 16_384,
    inUse,
    free: 16_384 - inUse,
    ...emptyCounts(),
    udp: 0,
    listening: 0,
    directionUnknown: 0,
    rowsCountedNaively: 0,
    scope: 'whole',
    unseen: [],
  };
}

/** The lines kept of a ledger with `length` snapshots, the peak at one of them, events near others. */
function kept(length: number, peakAt: number, events: readonly number[] = []): { lines: number[]; omitted: number } {
  const series = new LedgerSeries(events);
  for (let at = 0; at < length; at += 1) series.addEntry(at, entry(at, at === peakAt ? 9000 : 100));
  const lines = series.list().map(({ line }) => line);
  return { lines, omitted: series.omitted };
}

describe('the ledger over time', () => {
  it('is whole up to 600 snapshots', () => {
    expect(kept(600, 3)).toEqual({ lines: Array.from({ length: 600 }, (_, at) => at), omitted: 0 });
  });

  it.each([601, 1200, 1201, 5003])('of %i snapshots keeps 600 at most, and says how many it left out', (length) => {
    const { lines, omitted } = kept(length, 3);
    expect(lines.length).toBeLessThanOrEqual(600);
    expect(lines.length).toBeGreaterThan(250);
    expect(lines.length + omitted).toBe(length);
  });

  it('keeps the first, the last, the peak and the neighbours of events', () => {
    const { lines } = kept(5003, 1237, [2222.5, 3333]);
    expect(lines).toEqual(expect.arrayContaining([0, 1237, 2222, 2223, 3332, 3333, 5002]));
  });

  it('leaves no stretch bare: what stays is spread evenly', () => {
    const { lines } = kept(5003, 3);
    const gaps = lines.slice(1).map((line, index) => line - (lines[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(32);
  });
});

describe('statistics', () => {
  it('have a median and quantiles of unsorted values, none of none', () => {
    expect([median([5, 1, 3]), median([4, 1]), quantile([0, 10, 20, 30, 40], 0.25), median([])]).toEqual([
      3,
      2.5,
      10,
      null,
    ]);
  });

  it('have a slope per hour from two moments on', () => {
    const line = [0, 1, 2, 3].map((hour) => ({ atMs: hour * HOUR, value: 12 * hour }));
    expect(slopesPerHour([line.slice(0, 1)])).toBeNull();
    expect(slopesPerHour([line])).toEqual({ low: 12, best: 12, high: 12 });
  });

  it('have one slope for several stretches, none of it from one to the next', () => {
    const rise = (hour: number): { atMs: number; value: number }[] =>
      [0, 1, 2].map((step) => ({ atMs: (hour + step) * HOUR, value: 12 * step }));
    expect(slopesPerHour([rise(0), rise(10)])).toEqual({ low: 12, best: 12, high: 12 });
  });

  it('have a slope that one wild point does not move', () => {
    const line = Array.from({ length: 21 }, (_, hour) => ({
      atMs: hour * HOUR,
      value: hour === 10 ? 9000 : 12 * hour,
    }));
    expect(slopesPerHour([line])?.best).toBe(12);
  });

  it('have no slope where all points are of one moment', () => {
    expect(slopesPerHour([[1, 2, 3].map((value) => ({ atMs: 0, value }))])).toBeNull();
  });

  it('have the same slope for a thousand points as for a few', () => {
    const line = Array.from({ length: 1000 }, (_, minute) => ({ atMs: minute * 60_000, value: minute / 2 }));
    expect(slopesPerHour([line])?.best).toBeCloseTo(30, 9);
  });
});
