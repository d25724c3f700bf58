import { describe, expect, it } from 'vitest';
import { RandomStream } from './random.js';
import { Arrivals, burst, constantRate, ramp, rateAt, workingDay, type RateCurve } from './rate-curve.js';

function times(curve: RateCurve, regular: boolean, until: number): number[] {
  const arrivals = new Arrivals(curve, new RandomStream(3, 'test'), regular);
  const found: number[] = [];
  for (let next = arrivals.next(); next <= until; next = arrivals.next()) found.push(next);
  return found;
}

describe('arrivals', () => {
  it('come evenly at a constant rate when regular', () => {
    expect(times(constantRate(0.5), true, 10)).toEqual([2, 4, 6, 8, 10]);
  });

  it('follow the area under a ramp', () => {
    // 0 to 10 a second within 10 seconds: 50 arrivals, the n-th at the square root of 2n.
    const found = times(ramp(0, 10, 0, 10), true, 10.05);
    expect(found.length).toBe(50);
    found.forEach((seconds, index) => {
      expect(seconds).toBeCloseTo(Math.sqrt(2 * (index + 1)), 6);
    });
  });

  it('come only inside a burst', () => {
    const found = times(burst(0, 20, 100, 200), false, 1_000);
    expect(Math.min(...found)).toBeGreaterThan(100);
    expect(Math.max(...found)).toBeLessThan(201);
    expect(Math.abs(found.length - 2_000)).toBeLessThan(4 * Math.sqrt(2_000));
  });

  it('stop when the rate stays zero', () => {
    expect(new Arrivals(constantRate(0), new RandomStream(1, 'none'), false).next()).toBe(Infinity);
  });

  it('of a working day are most in its middle', () => {
    const day = workingDay(1, 9, 0, 24);
    expect([rateAt(day, 3 * 3_600), rateAt(day, 13 * 3_600)]).toEqual([1, 9]);
  });
});
