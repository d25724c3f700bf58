import { describe, expect, it } from 'vitest';
import { StockOfFirstTable } from '../../../src/measure/time-wait/stock-of-first-table.js';

type Look = readonly [
  second: number,
  waiting: readonly (readonly [since: number, destination: number, count: number])[],
];

/** How long TIME_WAIT lasts at most, from tables that show so many tuples by destination, each since the second it was first seen. */
function atMost(...looks: readonly Look[]): number {
  const stock = new StockOfFirstTable();
  for (const [second, waiting] of looks) {
    const tuples = waiting.flatMap(([since, destination, count]) =>
      Array.from({ length: count }, () => ({ sinceMs: since * 1000, destination })),
    );
    stock.followStock(second * 1000, tuples);
  }
  return stock.atMostSeconds;
}

const BUSIEST = 1;
const OTHER = 2;
const first = (beside: number): Look => [
  0,
  [
    [0, BUSIEST, 200],
    [0, OTHER, beside],
  ],
];

describe('what waits in the first table', () => {
  it('bounds the delay by the time in which it goes, and two in a hundred of it, where closing goes on as busily', () => {
    // 100 over 122 s are 0.8 a second; 120 s bring as many.
    expect(atMost(first(100), [120, [[120, OTHER, 100]]])).toBe(123);
  });

  it('bounds it by a fifth more where closing goes on a tenth as busily', () => {
    // 100 over 150 s, a tenth of that rate brings 8 in 120 s; 7 are too few at 150 s, and enough at 172 s.
    expect(atMost(first(100), [120, [[120, OTHER, 8]]])).toBe(150);
    expect(atMost(first(100), [120, [[120, OTHER, 7]]])).toBe(172);
  });

  it('says nothing where its destinations are no longer closed, however busy another one is', () => {
    expect(atMost(first(100), [120, [[120, BUSIEST, 500]]])).toBe(Infinity);
  });

  it('needs fifty tuples beside the busiest destination, whose closing may stop for a while', () => {
    expect(atMost(first(50), [120, [[120, OTHER, 50]]])).toBe(123);
    expect(atMost(first(49), [120, [[120, OTHER, 50]]])).toBe(Infinity);
    expect(atMost([0, [[0, BUSIEST, 500]]], [120, [[120, BUSIEST, 500]]])).toBe(Infinity);
  });

  it('may leave two in a hundred behind, which may have been opened anew', () => {
    const leaving = (left: number): number =>
      atMost(
        first(100),
        [
          120,
          [
            [0, OTHER, left],
            [120, OTHER, 100],
          ],
        ],
        [150, [[120, OTHER, 100]]],
      );
    expect(leaving(2)).toBe(123);
    expect(leaving(3)).toBe(154);
  });

  it('goes by how busy the gap right after it was, also where it goes later', () => {
    const next = (closed: number): number =>
      atMost(
        first(100),
        [
          60,
          [
            [0, OTHER, 50],
            [60, OTHER, closed],
          ],
        ],
        [120, [[120, OTHER, 100]]],
      );
    expect(next(50)).toBe(123);
    expect(next(0)).toBe(Infinity);
  });

  it('is not gone in a second table of the same moment', () => {
    expect(atMost(first(100), [0, []], [120, [[120, OTHER, 100]]])).toBe(123);
  });
});
