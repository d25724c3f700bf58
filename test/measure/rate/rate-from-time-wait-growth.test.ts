import { describe, expect, it } from 'vitest';
import { rateFromTimeWaitGrowth } from '../../../src/measure/rate/rate-from-time-wait-growth.js';
import { outward } from '../../../src/measure/numbers/rounding.js';
import type { GrowthStep } from '../../../src/measure/rate/pool-growth.js';
import type { Estimate } from '../../../src/model/estimate.js';
import { intervalOf } from '../../support/interval.js';

const EXACT: Estimate = { low: 120, best: 120, high: 120 };
const ASSUMED: Estimate = { low: 120, best: null, high: 240 };

type Seen = readonly [second: number, waiting: number, closes: number];

/** Snapshots by second: what waits, and how many of those did not wait before. */
function ramp(seen: readonly Seen[], delay = EXACT, bounds = new Map<number, Estimate>(), full = false) {
  const steps = seen.map(([second, waiting], index): GrowthStep => ({
    atMs: second * 1000,
    opened: 0,
    waiting,
    inUse: waiting,
    usable: 16_384,
    exhausted: full && index === seen.length - 1,
  }));
  const intervals = seen.slice(1).map(([second, , closes], index) =>
    intervalOf(0, closes, {
      fromMs: (seen[index]?.[0] ?? 0) * 1000,
      toMs: second * 1000,
      closes,
      exhausted: full && index === seen.length - 2,
    }),
  );
  const rate = rateFromTimeWaitGrowth(steps, intervals, delay, bounds);
  return rate === null ? null : outward(rate);
}

describe('the rate of closing', () => {
  it('is unknown with fewer than two gaps, and where nothing was seen to begin waiting', () => {
    expect(ramp([])).toBeNull();
    expect(
      ramp([
        [0, 0, 0],
        [30, 3000, 3000],
      ]),
    ).toBeNull();
    expect(
      ramp([
        [0, 1200, 0],
        [30, 900, 0],
        [60, 600, 0],
      ]),
    ).toBeNull();
  });

  it('of a pool that fills from nothing is what waits more in the busiest gap', () => {
    expect(
      ramp([
        [0, 0, 0],
        [30, 600, 600],
        [60, 3600, 3000],
      ]),
    ).toEqual({ low: 93.2, best: 100, high: 103.5 });
  });

  it('counts at least what began to wait, not what an even first stock would have let expire', () => {
    // 3,000 more wait, and an even stock of 10,000 would have lost 2,500 in 30 s; none was seen to go.
    expect(
      ramp([
        [0, 10_000, 0],
        [30, 13_000, 3000],
        [60, 14_000, 1000],
      ]),
    ).toMatchObject({ low: 93.2, best: 183.3, high: 189.7 });
  });

  it('lies between what the shortest and the longest delay possible would mean', () => {
    expect(
      ramp(
        [
          [0, 1200, 0],
          [30, 1200, 150],
          [60, 1200, 150],
        ],
        ASSUMED,
      ),
    ).toEqual({ low: 4, best: 7.5, high: 10.4 });
  });

  it('gives way to the new tuples of the same gap where they do not meet', () => {
    const seen: readonly Seen[] = [
      [0, 10_000, 0],
      [30, 13_000, 3000],
      [60, 14_000, 1000],
    ];
    const bound = (high: number) => new Map([[30_000, { low: 95, best: 100, high }]]);
    expect(ramp(seen, EXACT, bound(110))).toEqual({ low: 93.2, best: null, high: null });
    expect(ramp(seen, EXACT, bound(184))?.high).toBe(189.7);
  });

  it('is only “at least” where a gap ends in a full pool', () => {
    expect(
      ramp(
        [
          [0, 0, 0],
          [30, 600, 600],
          [60, 3600, 3000],
        ],
        EXACT,
        new Map(),
        true,
      ),
    ).toEqual({ low: 93.2, best: null, high: null });
  });

  it('does not come from a gap longer than the delay, in which whole lifetimes are hidden', () => {
    const every = (gap: number): Seen[] => [
      [0, 0, 0],
      [gap, 1200, 1200],
      [2 * gap, 1200, 1200],
    ];
    expect(ramp(every(120))).not.toBeNull();
    expect(ramp(every(121))).toBeNull();
    // With a delay between 120 and 240 s a gap of 121 s may be too long.
    expect(ramp(every(121), ASSUMED)).toBeNull();
  });
});
