import type { Estimate } from '../../model/estimate.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';
import { STAMP_ERROR_SECONDS } from '../../model/stamp.js';

/** Connections created in the last minute and still alive are the fewest that were opened in it. */
const MINUTE_SECONDS = 60;
/** Shorter stretches, for connections that do not live for a minute. */
const SHORT_STRETCHES = [2, 5, 10, 20] as const;
/** Fewer connections than this say nothing about a rate. */
const CONNECTIONS_NEEDED = 10;
/** In a stretch shorter than a minute chance and bursts weigh more. */
const CONNECTIONS_NEEDED_IN_SHORT = 50;
/** Each half of a short stretch must hold this share of it: a burst of one moment is no rate. */
const SHARE_OF_EACH_HALF = 0.1;

/**
 * Connections a second from the ages in seconds of the live ones: at least those of the last minute, or of the last few seconds
 * where most are gone sooner. Says nothing of how many more came and went. null where too few are young.
 */
export function rateFromCreationTimes(agesSeconds: readonly number[]): Estimate | null {
  const younger = (seconds: number): number => agesSeconds.filter((age) => age < seconds).length;
  const inMinute = younger(MINUTE_SECONDS);
  let low = inMinute >= CONNECTIONS_NEEDED ? inMinute / (MINUTE_SECONDS + STAMP_ERROR_SECONDS) : 0;
  for (const seconds of SHORT_STRETCHES) {
    const count = younger(seconds);
    const firstHalf = younger(seconds / 2);
    const smallerHalf = Math.min(firstHalf, count - firstHalf);
    if (count < CONNECTIONS_NEEDED_IN_SHORT || smallerHalf < count * SHARE_OF_EACH_HALF) continue;
    low = Math.max(low, (count - USUAL_DEVIATIONS * Math.sqrt(count)) / (seconds + STAMP_ERROR_SECONDS));
  }
  return low > 0 ? { low, best: null, high: null } : null;
}
