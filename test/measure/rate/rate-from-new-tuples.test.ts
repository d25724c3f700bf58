import { describe, expect, it } from 'vitest';
import type { TableInterval } from '../../../src/measure/tuples/table-interval.js';
import { openedIn, openedTowards, squaresOf } from '../../../src/measure/rate/unseen-openings.js';
import { hiddenShare, rateFromNewTuples } from '../../../src/measure/rate/rate-from-new-tuples.js';
import { outward } from '../../../src/measure/numbers/rounding.js';
import { intervalOf } from '../../support/interval.js';

function rate(intervals: readonly TableInterval[], delay = 120, hidden: number | null = 0) {
  const found = rateFromNewTuples(intervals, intervals.map(openedIn), delay, hidden);
  return found === null ? null : outward(found);
}

describe('the connections opened in an interval', () => {
  it('are those seen while hardly a port that was free is taken', () => {
    expect(openedIn(intervalOf(30, 900))).toMatchObject({ seen: 900, best: expect.closeTo(900, 1) as number });
  });

  it('are more where freed ports go at once to the same endpoint: half of the free ports taken are 69 of a hundred', () => {
    const steady = intervalOf(30, 2000, { freeBefore: 4000, freeAfter: 4000 });
    expect(Math.round(openedIn(steady).best)).toBe(Math.round(4000 * Math.LN2));
  });

  it('are exactly the ports taken while a pool fills and none is freed', () => {
    expect(openedIn(intervalOf(30, 6000, { freeBefore: 16_000, freeAfter: 10_000 })).best).toBeCloseTo(6000, 5);
  });

  it('are unbounded where nothing was free, or next to all that was free is taken', () => {
    expect(openedIn(intervalOf(30, 100, { exhausted: true })).high).toBeNull();
    expect(openedIn(intervalOf(30, 960, { freeBefore: 1000, freeAfter: 1000 })).high).toBeNull();
    expect(openedIn(intervalOf(30, 950, { freeBefore: 1000, freeAfter: 1000 })).high).not.toBeNull();
  });

  it('were unseen in the measure of the square of a destination’s share', () => {
    const newByDestination = new Map([
      [1, 300],
      [2, 100],
    ]);
    const interval = intervalOf(30, 400, { newByDestination });
    const all = { seen: 400, best: 500, high: 600 };
    expect(openedTowards(interval, 1, all, squaresOf(interval))).toEqual({ seen: 300, best: 390, high: 480 });
    expect(openedTowards(interval, 3, all, squaresOf(interval))).toEqual({ seen: 0, best: 0, high: 0 });
  });
});

describe('the rate of openings', () => {
  it('is the count over the time, wider by the stamps and by chance', () => {
    // 900 ± 60 in 30 ± 1 s.
    expect(rate([intervalOf(30, 900)])).toEqual({ low: 27, best: 30, high: 33.2 });
  });

  it('is no zero where nothing was opened for a while: four are opened in as long by chance, and next to none is seen', () => {
    // 0 of 4 in 39 s; of stretches too quiet for a low end the one with most counts.
    expect(rate([intervalOf(40, 0)])).toEqual({ low: 0, best: 0, high: 0.2 });
    expect(rate([intervalOf(40, 0), intervalOf(40, 3, { fromMs: 1e6, toMs: 1.04e6 })])).toEqual({
      low: 0,
      best: 0.1,
      high: 0.3,
    });
  });

  it('has no upper end in a gap longer than the shortest TIME_WAIT, or in a full pool', () => {
    expect(rate([intervalOf(120, 3600)])?.high).not.toBeNull();
    expect(rate([intervalOf(121, 3600)])?.high).toBeNull();
    expect(rate([intervalOf(30, 900, { exhausted: true })])?.high).toBeNull();
    expect(rate([intervalOf(1, 900)])?.high).toBeNull();
  });

  it('takes neighbouring short gaps together, so that their stamps weigh less', () => {
    const seconds = [0, 1, 2].map((from) => intervalOf(0, 2600, { fromMs: from * 1000, toMs: (from + 1) * 1000 }));
    expect(rate(seconds)).toEqual({ low: 1905.8, best: 2600, high: 3989.6 });
  });

  it('does not take gaps together that are apart, or longer than a minute', () => {
    const apart = [intervalOf(30, 900), intervalOf(0, 900, { fromMs: 40_000, toMs: 70_000 })];
    expect(rate(apart)).toEqual(rate([intervalOf(30, 900)]));
    const long = [intervalOf(40, 1200), intervalOf(0, 1200, { fromMs: 40_000, toMs: 80_000 })];
    expect(rate(long)).toEqual(rate([intervalOf(40, 1200)]));
  });

  it('is at least what a longer gap shows, and at most what a shorter one does, while they meet', () => {
    expect(rate([intervalOf(30, 900), intervalOf(0, 9500, { fromMs: 1e6, toMs: 1.3e6 })])).toMatchObject({
      low: 30.9,
      high: 33.2,
    });
    expect(rate([intervalOf(30, 900), intervalOf(0, 12_000, { fromMs: 1e6, toMs: 1.3e6 })])?.high).toBeNull();
  });

  it('is unknown without an interval', () => {
    expect(rate([])).toBeNull();
  });
});

describe('connections that the far end closes', () => {
  const ended = (stayed: number, waited: number, vanished: number, seconds = 30) =>
    intervalOf(seconds, 900, { endings: new Map([[7, { stayed, waited, vanished }]]) });

  it('hide none while those seen alive end in TIME_WAIT', () => {
    expect(hiddenShare([ended(0, 10, 0)], 120, null)).toBe(0);
    expect(hiddenShare([ended(0, 10, 0)], 120, [7])).toBe(0);
  });

  it('hide their share, up to a quarter, and any number beyond', () => {
    expect(hiddenShare([ended(0, 90, 10)], 120, null)).toBe(0.1);
    expect(hiddenShare([ended(0, 75, 25)], 120, null)).toBe(0.25);
    expect(hiddenShare([ended(0, 74, 26)], 120, null)).toBeNull();
    expect(rate([ended(0, 0, 600)], 120, null)).toMatchObject({ best: null, high: null });
  });

  it('are seen where most of them outlive the gap', () => {
    expect(hiddenShare([ended(30, 10, 30)], 120, null)).toBe(0);
    expect(hiddenShare([ended(29, 10, 30)], 120, null)).toBeNull();
  });

  it('are not told by a gap in which TIME_WAIT passes too, by too few, or by another destination', () => {
    expect(hiddenShare([ended(0, 0, 600, 121)], 120, null)).toBe(0);
    expect(hiddenShare([ended(0, 0, 4)], 120, null)).toBe(0);
    expect(hiddenShare([ended(0, 0, 5)], 120, null)).toBeNull();
    expect(hiddenShare([ended(0, 0, 600)], 120, [8])).toBe(0);
  });
});
