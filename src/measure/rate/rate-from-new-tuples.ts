import type { Estimate } from '../../model/estimate.js';
import { endingsOf, gapSeconds, type TableInterval } from '../tuples/table-interval.js';
import type { CountedOpenings } from './unseen-openings.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';

/** Neighbouring intervals are taken together up to a minute: their stamps are then off by less of the whole. */
const STRETCH_SECONDS = 60;
/** Up to a quarter of the connections closed by the far end may hide as many again; more than that may hide any number. */
const FAR_CLOSES_LIMIT = 0.25;
/** Fewer endings than this do not tell how connections end. */
const ENDINGS_NEEDED = 5;

/**
 * Connections a second in the busiest stretch. At least those seen, over the longest time that the stamps allow; at most what the
 * free ports allow, over the shortest. No upper end where a gap is longer than the shortest TIME_WAIT possible, a pool had nothing
 * free, or the far end closes: connections then come and go unseen. `opened`: one for each interval. null without an interval.
 */
export function rateFromNewTuples(
  intervals: readonly TableInterval[],
  opened: readonly CountedOpenings[],
  shortestDelaySeconds: number,
  hidden: number | null,
): Estimate | null {
  let low = -1;
  let bounded: { readonly low: number; readonly best: number; readonly high: number } | null = null;
  for (const [start, first] of intervals.entries()) {
    let seen = 0;
    let best = 0;
    let most: number | null = 0;
    let error = 0;
    for (let index = start; index < intervals.length; index += 1) {
      const interval = intervals[index];
      const count = opened[index];
      if (interval === undefined || count === undefined) break;
      const seconds = gapSeconds({ fromMs: first.fromMs, toMs: interval.toMs });
      if (index > start && (interval.fromMs !== intervals[index - 1]?.toMs || seconds > STRETCH_SECONDS)) break;
      error = Math.max(error, interval.errorSeconds);
      seen += count.seen;
      best += count.best;
      const isOpen = interval.exhausted || gapSeconds(interval) > shortestDelaySeconds;
      most = most === null || count.high === null || isOpen ? null : most + count.high;
      const atLeast = Math.max(seen - USUAL_DEVIATIONS * Math.sqrt(seen), 0) / (seconds + error);
      low = Math.max(low, atLeast);
      if (most === null || hidden === null || seconds <= error) continue;
      const atBest = best / seconds / (1 - hidden);
      // Of stretches too quiet for a low end the one with most is the busiest.
      if (bounded !== null && (atLeast < bounded.low || (atLeast === bounded.low && atBest <= bounded.best))) continue;
      bounded = { low: atLeast, best: atBest, high: mostExpected(most) / (seconds - error) / (1 - hidden) };
    }
  }
  if (low < 0) return null;
  if (bounded === null || bounded.high < low) return { low, best: null, high: null };
  // Another stretch may show more for certain than the busiest one has at best.
  return { ...bounded, low, best: bounded.best < low ? null : bounded.best };
}

/** The largest mean that a count may come from by chance (the score interval of a Poisson count: 0 may come from 4). */
function mostExpected(count: number): number {
  const halfSquare = USUAL_DEVIATIONS ** 2 / 2;
  return count + halfSquare + USUAL_DEVIATIONS * Math.sqrt(count + halfSquare / 2);
}

/** The share of connections that leave no trace because the far end closes them; null where it may be any. */
export function hiddenShare(
  intervals: readonly TableInterval[],
  shortestDelaySeconds: number,
  destinations: readonly number[] | null,
): number | null {
  // In a longer gap a connection that this host closed has left TIME_WAIT too.
  const telling = intervals.filter((interval) => gapSeconds(interval) <= shortestDelaySeconds);
  let waited = 0;
  let vanished = 0;
  for (const ended of endingsOf(telling, destinations).values()) {
    waited += ended.waited;
    // Where most outlive the gap, those that the far end closes are seen before they go.
    if (ended.vanished > ended.stayed) vanished += ended.vanished;
  }
  if (waited + vanished < ENDINGS_NEEDED) return 0;
  const share = vanished / (vanished + waited);
  return share > FAR_CLOSES_LIMIT ? null : share;
}
