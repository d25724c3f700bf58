import type { Estimate } from '../../model/estimate.js';
import type { TableInterval } from '../tuples/table-interval.js';
import { openedIn, openedTowards, squaresOf, type CountedOpenings } from './unseen-openings.js';
import { hiddenShare, rateFromNewTuples } from './rate-from-new-tuples.js';
import { WAITING_FOR_A_RATE, waitingRate } from './rate-from-time-wait.js';
import { outward } from '../numbers/rounding.js';

/** What one destination, or one consumer's part of it, holds at the peak. */
export interface ConsumerPart {
  readonly destination: number;
  /** Share of the destination's connections that are its own for certain, and that may be at most. */
  readonly sureShare: number;
  readonly mostShare: number;
  /** Connections in TIME_WAIT towards it, for certain and at most. */
  readonly sureWaiting: number;
  readonly mostWaiting: number;
}

export interface RateByConsumerInput {
  readonly intervals: readonly TableInterval[];
  readonly delay: Estimate;
  /** Connections were refused, or TIME_WAIT was growing: what waits is then no upper end. */
  readonly censored: boolean;
  readonly growing: boolean;
}

/** The rate of one part of the connections, of one moment: the busiest stretch of all its destinations together. */
export class RateByConsumer {
  readonly #input: RateByConsumerInput;
  readonly #opened: readonly { readonly all: CountedOpenings; readonly squares: number }[];

  constructor(input: RateByConsumerInput) {
    this.#input = input;
    this.#opened = input.intervals.map((interval) => ({ all: openedIn(interval), squares: squaresOf(interval) }));
  }

  /** Connections a second; null where neither new tuples nor what waits tells. */
  rateOf(parts: readonly ConsumerPart[]): Estimate | null {
    const { intervals, delay, censored, growing } = this.#input;
    const destinations = parts.map(({ destination }) => destination);
    const hidden = hiddenShare(intervals, delay.low, destinations);
    const counted = intervals.map((interval, index) => this.#countOf(interval, index, parts));
    const isSeen = counted.some(({ best }) => best > 0);
    const opening = isSeen ? rateFromNewTuples(intervals, counted, delay.low, hidden) : null;
    const sure = parts.reduce((sum, { sureWaiting }) => sum + sureWaiting, 0);
    const most = parts.reduce((sum, { mostWaiting }) => sum + mostWaiting, 0);
    const waits = most >= WAITING_FOR_A_RATE;
    if (opening === null && !waits) return null;
    const plateauLow = waits ? waitingRate(sure, delay, true).low : 0;
    const plateauHigh = waits && opening === null && !growing ? waitingRate(most, delay, false).high : null;
    const low = Math.max(opening?.low ?? 0, plateauLow);
    const high = opening === null ? plateauHigh : opening.high;
    return outward({ low, best: null, high: censored || hidden === null || high === null || high < low ? null : high });
  }

  #countOf(interval: TableInterval, index: number, parts: readonly ConsumerPart[]): CountedOpenings {
    const opened = this.#opened[index];
    let seen = 0;
    let best = 0;
    let high: number | null = 0;
    for (const { destination, sureShare, mostShare } of parts) {
      if (opened === undefined || !interval.newByDestination.has(destination)) continue;
      const towards = openedTowards(interval, destination, opened.all, opened.squares);
      seen += towards.seen * sureShare;
      best += towards.best * mostShare;
      high = high === null || towards.high === null ? null : high + towards.high * mostShare;
    }
    return { seen, best, high };
  }
}
