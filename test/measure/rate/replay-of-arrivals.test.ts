import { describe, expect, it } from 'vitest';
import { replayOfArrivals, fillsAtOnset, replayContradicts } from '../../../src/measure/rate/replay-of-arrivals.js';
import type { GrowthStep } from '../../../src/measure/rate/pool-growth.js';
import type { Estimate } from '../../../src/model/estimate.js';

const EXACT: Estimate = { low: 120, best: 120, high: 120 };

/** Steps by second: what was opened in the gap, what waits, and what else is in use. */
type Seen = readonly [second: number, opened: number, waiting: number, others?: number];

function steps(seen: readonly Seen[], usable = 10_000): GrowthStep[] {
  return seen.map(([second, opened, waiting, others = 0]) => ({
    atMs: second * 1000,
    opened,
    waiting,
    inUse: waiting + others,
    usable,
    exhausted: waiting + others >= usable * 0.9,
  }));
}

function replayed(seen: readonly Seen[], onset: number | null = null, delay = EXACT, usable = 10_000) {
  return replayOfArrivals({ steps: steps(seen, usable), delay, firstOnsetMs: onset === null ? null : onset * 1000 });
}

/** 50 connections a second from an empty pool, looked at every 30 s. */
const STEADY: readonly Seen[] = [
  [0, 0, 0],
  [30, 1500, 1500],
  [60, 1500, 3000],
];

describe('the replay of the arrivals', () => {
  it('says nothing without two snapshots to compare with', () => {
    expect(replayed([])).toBeNull();
    expect(replayed(STEADY.slice(0, 2))).toBeNull();
    expect(replayed([...STEADY.slice(0, 2), [60, 7600, 9100]])).toBeNull();
    expect(replayed(STEADY)).toEqual({
      snapshots: 2,
      medianErrorPorts: 0,
      observedPorts: 2250,
      onsetErrorSeconds: null,
    });
  });

  it('lets what waited at first go evenly over one delay', () => {
    const seen: Seen[] = [
      [0, 0, 1200],
      [30, 0, 900],
      [60, 0, 600],
      [120, 0, 0],
      [150, 0, 0],
    ];
    expect(replayed(seen)).toEqual({ snapshots: 4, medianErrorPorts: 0, observedPorts: 300, onsetErrorSeconds: null });
  });

  it('lets each arrival hold its port for one delay', () => {
    const seen: Seen[] = [...STEADY, [120, 0, 3000], [135, 0, 2250], [150, 0, 1500], [180, 0, 0]];
    expect(replayed(seen)).toEqual({ snapshots: 6, medianErrorPorts: 0, observedPorts: 1875, onsetErrorSeconds: null });
  });

  it('is off by as much as the median of its errors, in whole ports', () => {
    const seen: Seen[] = [
      [0, 0, 0],
      [30, 1500, 1490],
      [60, 1500, 3025],
      [90, 1500, 4100],
    ];
    expect(replayed(seen)?.medianErrorPorts).toBe(25);
    expect(replayed(seen.slice(0, 3))?.medianErrorPorts).toBe(18);
  });

  it('takes the middle of a delay that has no best guess, and the lower end of one without an upper', () => {
    const seen: Seen[] = [
      [0, 0, 1800],
      [60, 0, 1200],
      [120, 0, 600],
    ];
    expect(replayed(seen, null, { low: 120, best: null, high: 240 })?.medianErrorPorts).toBe(0);
    expect(replayed(seen, null, { low: 180, best: null, high: null })?.medianErrorPorts).toBe(0);
    expect(replayed(seen, null, { low: 120, best: 120, high: 240 })?.medianErrorPorts).toBe(450);
  });

  it('does not compare with the full snapshot that it ends in', () => {
    expect(replayed([...STEADY, [90, 10, 9100]])).toEqual({
      snapshots: 2,
      medianErrorPorts: 0,
      observedPorts: 2250,
      onsetErrorSeconds: null,
    });
  });
});

describe('the moment at which the arrivals would have filled the pool', () => {
  it('is as far from the first failure as the rate before it says: 50/s fill 4,000 ports after 80 s', () => {
    expect(replayed(STEADY, 70, EXACT, 4000)?.onsetErrorSeconds).toBe(10);
    expect(replayed(STEADY, 100, EXACT, 4000)?.onsetErrorSeconds).toBe(-20);
  });

  it('counts what is in use beside TIME_WAIT', () => {
    const seen = STEADY.map(([second, opened, waiting]): Seen => [second, opened, waiting, 500]);
    expect(replayed(seen, 70, EXACT, 4000)?.onsetErrorSeconds).toBe(0);
  });

  it('goes on rising where the rate was rising, and not on falling where it fell', () => {
    // 10/s, then 30/s: at second 60 it is 40/s, two thirds of one more each second.
    const rising: Seen[] = [
      [0, 0, 0],
      [30, 300, 300],
      [60, 900, 1200],
    ];
    expect(replayed(rising, 60, EXACT, 4000)?.onsetErrorSeconds).toBe(50);
    const falling: Seen[] = [
      [0, 0, 0],
      [30, 2100, 2100],
      [60, 900, 3000],
    ];
    expect(replayed(falling, 90, EXACT, 4000)?.onsetErrorSeconds).toBe(4);
  });

  it('does not count what came after the failure a second time', () => {
    const seen: Seen[] = [...STEADY, [90, 500, 3500]];
    expect(replayed(seen, 70, EXACT, 4000)?.onsetErrorSeconds).toBe(10);
  });

  it('is unknown without a failure, before two snapshots, or where that rate never fills the pool', () => {
    expect(replayed(STEADY, null, EXACT, 4000)?.onsetErrorSeconds).toBeNull();
    expect(replayed(STEADY, 29, EXACT, 4000)?.onsetErrorSeconds).toBeNull();
    expect(replayed(STEADY, 30, EXACT, 4000)?.onsetErrorSeconds).toBe(50);
    // 50/s for 120 s hold 6,000 ports and no more.
    expect(replayed(STEADY, 70, EXACT, 6000)?.onsetErrorSeconds).toBe(50);
    expect(replayed(STEADY, 70, EXACT, 6001)?.onsetErrorSeconds).toBeNull();
  });

  it('is not looked for more than 300 s after the last snapshot', () => {
    expect(replayed(STEADY, 360, EXACT, 4000)?.onsetErrorSeconds).toBe(-280);
    expect(replayed(STEADY, 360.001, EXACT, 4000)?.onsetErrorSeconds).toBeNull();
  });
});

describe('a replay that explains the failure', () => {
  it.each([
    [60, true],
    [-60, true],
    [61, false],
    [-61, false],
    [0, true],
    [null, false],
  ])('fills the pool within a minute of it: %s s, %s', (onsetErrorSeconds, explains) => {
    expect(fillsAtOnset({ snapshots: 2, medianErrorPorts: 0, observedPorts: 100, onsetErrorSeconds })).toBe(explains);
  });

  it('is none where there is no replay', () => {
    expect(fillsAtOnset(null)).toBe(false);
  });
});

describe('a replay that contradicts what was seen', () => {
  const test = (medianErrorPorts: number, observedPorts: number, onsetErrorSeconds: number | null) => ({
    snapshots: 3,
    medianErrorPorts,
    observedPorts,
    onsetErrorSeconds,
  });

  it('misses by more than a fifth of what waited, whatever the size of the pool', () => {
    expect(replayContradicts(test(682, 3411, null))).toBe(false);
    expect(replayContradicts(test(683, 3411, null))).toBe(true);
  });

  it('is not found in fifty ports', () => {
    expect(replayContradicts(test(50, 10, null))).toBe(false);
    expect(replayContradicts(test(51, 10, null))).toBe(true);
  });

  it('fills the pool more than two minutes before or after the first failure', () => {
    expect([120, -120, 121, -121].map((error) => replayContradicts(test(0, 1000, error)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(replayContradicts(null)).toBe(false);
  });
});
