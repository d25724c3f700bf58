import { describe, expect, it } from 'vitest';
import { growthPerHour } from '../../../src/measure/trends/growth.js';
import type { TrendPoint } from '../../../src/measure/trends/thinned-series.js';

const HOUR = 3_600_000;

/** Tables an hour apart: a number with room left, `[number]` of a full pool, `'n'` after a moment without ports. */
function points(...values: readonly (number | readonly [number] | string)[]): TrendPoint[] {
  return values.map((one, hour) => {
    const isFull = typeof one === 'object';
    return { atMs: hour * HOUR, value: Number(one), isFull, wasFull: isFull || typeof one === 'string' };
  });
}

describe('ports gained an hour', () => {
  it('are told from three tables on', () => {
    expect(growthPerHour(points(100, 200))).toBeNull();
    expect(growthPerHour(points(100, 200, 300))?.best).toBe(100);
  });

  it('lie no closer together than what comes by chance', () => {
    // 400 in four hours: within two standard deviations 40 more or fewer.
    expect(growthPerHour(points(0, 100, 200, 300, 400))).toEqual({ low: 90, best: 100, high: 110 });
  });

  it('lie as far apart as the quartiles of the slopes', () => {
    const { low, best, high } = growthPerHour(points(0, 10_000, 40_000, 100_000)) ?? {};
    expect([low, best, high]).toEqual([22_500, 31_666.666_666_666_668, 42_083.333_333_333_336]);
  });

  it('have a median that one wild table does not move', () => {
    expect(growthPerHour(points(100, 200, 20, 400, 500))?.best).toBe(100);
  });

  it('are told from the tables with room alone where the later ones are full', () => {
    const told = growthPerHour(points(0, 100, 200));
    expect(growthPerHour(points(0, 100, 200, [230], [230], [230], [230]))).toEqual(told);
  });

  it('are "at least" where every step ends full', () => {
    // 900 gained within the hour, 90 of them perhaps by chance: three standard deviations.
    expect(growthPerHour(points(100, [1_000], [1_000], [1_000]))).toEqual({ low: 810, best: null, high: null });
  });

  it('are "at least" where a class still grows in a full pool', () => {
    expect(growthPerHour(points([0], [400], [500]))).toEqual({ low: 340, best: null, high: null });
  });

  it('are not known where every table is full and nothing grows', () => {
    expect(growthPerHour(points([1_000], [1_000], [1_000]))).toBeNull();
    expect(growthPerHour(points([1_000], [998], [990]))).toBeNull();
  });

  it('are "at least" where a log says that ports were refused between two tables', () => {
    expect(growthPerHour(points(100, '1000', '1900'))).toEqual({ low: 810, best: null, high: null });
  });

  it('have no upper end where the step into the full pool was faster than those before', () => {
    expect(growthPerHour(points(0, 100, 200, [5_000]))).toMatchObject({ best: null, high: null });
  });

  it('of what lets go and begins anew are those of each rise', () => {
    expect(growthPerHour(points(0, 100, 200, 10, 110, 210))?.best).toBe(100);
    // What is left afterwards is no slow growth.
    expect(growthPerHour(points(100, 200, 300, 0, 0, 0, 0))?.best).toBe(100);
  });

  it('are none of a level', () => {
    expect(growthPerHour(points(100, 100, 100))).toEqual({ low: 0, best: 0, high: 0 });
  });
});
