import { describe, expect, it } from 'vitest';
import { RateByConsumer, type ConsumerPart } from '../../../src/measure/rate/rate-by-consumer.js';
import { intervalOf } from '../../support/interval.js';

const part = (destination: number, share: number, waiting: number): ConsumerPart => ({
  destination,
  sureShare: share,
  mostShare: share,
  sureWaiting: waiting,
  mostWaiting: waiting,
});
const DELAY = { low: 118, best: 120, high: 122 };
const SEEN = { delay: DELAY, censored: false, growing: false };

describe('the rate of one consumer or destination', () => {
  it('is of one moment: the busiest seconds of two destinations are not added where they differ', () => {
    const towards = (first: number, second: number) =>
      new Map([
        [1, first],
        [2, second],
      ]);
    const intervals = [
      intervalOf(60, 3600, { newByDestination: towards(3000, 600) }),
      intervalOf(0, 3600, { fromMs: 60_000, toMs: 120_000, newByDestination: towards(600, 3000) }),
    ];
    const rate = new RateByConsumer({ intervals, ...SEEN }).rateOf([part(1, 1, 0), part(2, 1, 0)]);
    expect(rate).toEqual({ low: 57, best: null, high: 63.1 });
  });

  it('takes its share of each destination', () => {
    const turnover = new RateByConsumer({ intervals: [intervalOf(60, 3600)], ...SEEN });
    expect(turnover.rateOf([part(7, 0.25, 0)])).toEqual({ low: 13.7, best: null, high: 16.4 });
    expect(turnover.rateOf([part(8, 1, 0)])).toBeNull();
  });

  it('is at least what waits over the longest delay, and that alone where nothing else tells', () => {
    expect(new RateByConsumer({ intervals: [], ...SEEN }).rateOf([part(7, 1, 9)])).toBeNull();
    expect(new RateByConsumer({ intervals: [], ...SEEN }).rateOf([part(7, 1, 12_000)])).toEqual({
      low: 98.3,
      best: null,
      high: 103.6,
    });
    const slow = new RateByConsumer({ intervals: [intervalOf(60, 60)], ...SEEN });
    expect(slow.rateOf([part(7, 1, 12_000)])).toEqual({ low: 98.3, best: null, high: null });
  });

  it('is "at least" where connections were refused, and TIME_WAIT that grows bounds nothing', () => {
    const censored = new RateByConsumer({ intervals: [intervalOf(60, 3600)], ...SEEN, censored: true });
    expect(censored.rateOf([part(7, 1, 0)])?.high).toBeNull();
    expect(new RateByConsumer({ intervals: [], ...SEEN, growing: true }).rateOf([part(7, 1, 12_000)])?.high).toBeNull();
  });

  it('lies between none and all of what it shares with other candidates', () => {
    const shared = { ...part(7, 0, 0), mostShare: 1, mostWaiting: 3600 };
    expect(new RateByConsumer({ intervals: [intervalOf(60, 3600)], ...SEEN }).rateOf([shared])).toEqual({
      low: 0,
      best: null,
      high: 63.1,
    });
  });
});
