import type { Estimate } from '../../model/estimate.js';
import { gapSeconds, type TableInterval } from '../tuples/table-interval.js';
import type { GrowthStep } from './pool-growth.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';

/**
 * Connections closed a second in the busiest gap, from TIME_WAIT alone. At least what was seen to begin waiting, over the longest
 * time that the stamps allow. At most, and at best, with what must have expired unseen in between: it closed one delay earlier, the
 * first snapshot's stock evenly over one delay. That is a guess, so it raises no lower end, and gives way where the new tuples of the
 * same gap (`bounds`, by the end of the gap) say otherwise. An exhausted pool leaves only the lower bound. null with fewer than two gaps.
 */
export function rateFromTimeWaitGrowth(
  steps: readonly GrowthStep[],
  intervals: readonly TableInterval[],
  delay: Estimate,
  bounds: ReadonlyMap<number, Estimate>,
): Estimate | null {
  if (steps.length < 3) return null;
  const rates = [delay.low, delay.high ?? delay.low].map((seconds) => closedPerSecond(steps, seconds));
  const byEnd = new Map(intervals.map((interval) => [interval.toMs, interval]));
  let low: number | null = null;
  let best: number | null = null;
  let high: number | null = 0;
  for (const [index, step] of steps.entries()) {
    const interval = byEnd.get(step.atMs);
    const guesses = rates.flatMap((perGap) => perGap[index] ?? []);
    if (interval === undefined || guesses.length < rates.length) continue;
    const { closes, errorSeconds } = interval;
    const seconds = gapSeconds(interval);
    const least = Math.max(closes - USUAL_DEVIATIONS * Math.sqrt(closes), 0) / (seconds + errorSeconds);
    const guess = { low: Math.min(...guesses), high: (Math.max(...guesses) * seconds) / (seconds - errorSeconds) };
    const bound = bounds.get(step.atMs);
    const isContradicted = bound?.high != null && (guess.high < bound.low || guess.low > bound.high);
    const isOpen = interval.exhausted || seconds <= errorSeconds || isContradicted;
    high = high === null || isOpen ? null : Math.max(high, guess.high, least);
    if (least <= (low ?? 0)) continue;
    low = least;
    best = isOpen ? null : Math.max(least, (guess.low + Math.max(...guesses)) / 2);
  }
  return low === null ? null : { low, best: high === null ? null : best, high };
}

/** For each step the closes a second in the gap before it; undefined for the first and for gaps that hide whole lifetimes of TIME_WAIT. */
function closedPerSecond(steps: readonly GrowthStep[], delaySeconds: number): (number | undefined)[] {
  const delayMs = delaySeconds * 1000;
  const [first] = steps;
  if (first === undefined) return [];
  const closed: number[] = [0];
  return steps.map((step, index) => {
    const before = steps[index - 1];
    if (before === undefined) return undefined;
    const gap = step.atMs - before.atMs;
    const from = before.atMs - delayMs;
    const to = step.atMs - delayMs;
    let expired = (first.waiting * overlap(from, to, first.atMs - delayMs, first.atMs)) / delayMs;
    for (let earlier = 1; earlier < index; earlier += 1) {
      const start = steps[earlier - 1]?.atMs ?? 0;
      const end = steps[earlier]?.atMs ?? 0;
      expired += ((closed[earlier] ?? 0) * overlap(from, to, start, end)) / Math.max(end - start, 1);
    }
    closed[index] = Math.max(step.waiting - before.waiting + expired, 0);
    return gap > delayMs ? undefined : (closed[index] * 1000) / gap;
  });
}

function overlap(fromA: number, toA: number, fromB: number, toB: number): number {
  return Math.max(0, Math.min(toA, toB) - Math.max(fromA, fromB));
}
