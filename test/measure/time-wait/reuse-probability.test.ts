import { describe, expect, it } from 'vitest';
import { reuseProbability } from '../../../src/measure/time-wait/reuse-probability.js';

const turnover = (before: number, stayed: number, fresh: number) => ({ before, stayed, fresh });
const pool = (free: number, before: number, stayed: number, fresh: number, others = 0) => ({
  ...turnover(before, stayed, fresh),
  free,
  others,
});

describe('of the waiting tuples seen on both sides of a gap, the share that may have been opened anew', () => {
  it('is none where nothing stayed', () => {
    expect(reuseProbability(turnover(100, 0, 100), pool(0, 100, 0, 100))).toBe(0);
  });

  it('is all of them for a destination that has most of a full pool to itself', () => {
    expect(reuseProbability(turnover(16_000, 16_000, 0), pool(0, 16_300, 16_250, 50))).toBe(1);
  });

  it('is small for a quiet destination in the same full pool, which hardly ever gets its own port again', () => {
    expect(reuseProbability(turnover(48, 30, 18), pool(0, 16_300, 16_250, 50))).toBeLessThan(0.005);
    // In IPv6 beside a pool that IPv4 fills as well.
    expect(reuseProbability(turnover(48, 30, 18), pool(0, 48, 30, 18, 16_300))).toBeLessThan(0.005);
    expect(reuseProbability(turnover(48, 30, 18), pool(0, 48, 30, 18))).toBe(1);
  });

  it('is small in an empty pool, however long the gap', () => {
    expect(reuseProbability(turnover(100, 60, 40), pool(16_000, 100, 60, 40))).toBeLessThan(0.005);
  });

  it('is told by those that did not come back: where hardly any is missing, hardly any went', () => {
    const hot = turnover(4000, 3990, 4000);
    expect(reuseProbability(hot, pool(8000, 4000, 3990, 4000))).toBeLessThan(0.01);
    expect(reuseProbability(turnover(4000, 2000, 6000), pool(8000, 4000, 2000, 6000))).toBeGreaterThan(0.2);
  });

  it('is all of them from more than four of five ports on', () => {
    const share = (stock: number): number => reuseProbability(turnover(stock, stock, 0), pool(0, 1000, 1000, 0));
    expect(share(800)).toBeLessThan(0.1);
    expect(share(801)).toBe(1);
  });
});
