import { describe, expect, it } from 'vitest';
import { reopenedShare } from '../../src/correlation/reopened-share.js';

describe('of the waiting tuples seen on both sides of a gap, the share that may have been opened anew', () => {
  it('is none where nothing stayed', () => {
    expect(reopenedShare({ before: 100, stayed: 0, fresh: 100 }, { free: 0, stock: 100, fresh: 100 })).toBe(0);
  });

  it('is all of them for a destination that has most of a full pool to itself', () => {
    expect(reopenedShare({ before: 16_000, stayed: 16_000, fresh: 0 }, { free: 0, stock: 16_300, fresh: 50 })).toBe(1);
  });

  it('is small for a quiet destination in the same full pool, which hardly ever gets its own port again', () => {
    const pool = { free: 0, stock: 16_300, fresh: 50 };
    expect(reopenedShare({ before: 48, stayed: 30, fresh: 18 }, pool)).toBeLessThan(0.005);
  });

  it('is small in an empty pool, however long the gap', () => {
    expect(reopenedShare({ before: 100, stayed: 60, fresh: 40 }, { free: 16_000, stock: 100, fresh: 40 })).toBeLessThan(
      0.005,
    );
  });

  it('is told by those that did not come back: where all are there, none went', () => {
    const pool = { free: 8000, stock: 8000, fresh: 0 };
    expect(reopenedShare({ before: 4000, stayed: 4000, fresh: 0 }, pool)).toBe(0);
    const grown = { free: 8000, stock: 8000, fresh: 4000 };
    expect(reopenedShare({ before: 4000, stayed: 4000, fresh: 4000 }, grown)).toBeLessThan(0.01);
    expect(reopenedShare({ before: 4000, stayed: 3000, fresh: 5000 }, grown)).toBeGreaterThan(0.2);
  });

  it('is all of them from more than every other port on', () => {
    const share = (stock: number): number =>
      reopenedShare({ before: stock, stayed: stock, fresh: 0 }, { free: 0, stock: 2000, fresh: 900 });
    expect(share(1000)).toBeLessThan(0.01);
    expect(share(1001)).toBe(1);
  });
});
