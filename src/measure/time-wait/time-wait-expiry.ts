import { LEGAL_DELAY_SECONDS } from '../../model/legal-delay.js';
import { EXPIRED_LIMIT, OUTLIVING_TUPLES, type TimeWaitLifetime } from './time-wait-lifetime.js';

/**
 * Whether TIME_WAIT ends at all: it was seen to, within so many seconds or as live connections on ports that had waited; it was seen not
 * to, by tuples that cannot have been opened anew; or neither. Then most of the tuples may still be found in tables further apart than
 * any legal delay: a full pool hands them out again and again.
 */
export type TimeWaitExpiry =
  | { readonly expires: 'yes'; readonly withinSeconds: number }
  | { readonly expires: 'yes'; readonly withinSeconds: null; readonly reopened: number }
  | { readonly expires: 'no'; readonly waitedSeconds: number }
  | { readonly expires: 'not-shown'; readonly sameTuplesAfterSeconds: number | null };

type Followed = Pick<TimeWaitLifetime, 'bounds' | 'outlived' | 'longestSeconds' | 'expired' | 'reopenedInGaps'>;

/** A restart between two tables ends all of TIME_WAIT at once; twice is what a working stack does. */
const GAPS_NEEDED = 2;

/**
 * Whether TIME_WAIT ends, of the tuples of both address families. That a tuple is found again in a later table is no bound of its own:
 * where every freed port goes straight back to the same destination it is another connection each time. `waiting`: at the peak.
 */
export function timeWaitExpiry(families: readonly Followed[], waiting: number): TimeWaitExpiry {
  const bounds = families.map((family) => family.bounds());
  const waited = bounds.filter(({ neverExpires }) => neverExpires).map(({ low }) => low ?? 0);
  if (waited.length > 0) return { expires: 'no', waitedSeconds: Math.max(...waited) };
  const within = Math.min(...bounds.map(({ high }) => high ?? Infinity));
  if (within <= LEGAL_DELAY_SECONDS.high) return { expires: 'yes', withinSeconds: within };
  const gaps = families.flatMap(({ reopenedInGaps }) => reopenedInGaps);
  if (gaps.length >= GAPS_NEEDED) {
    return { expires: 'yes', withinSeconds: null, reopened: gaps.reduce((sum, count) => sum + count, 0) };
  }
  return { expires: 'not-shown', sameTuplesAfterSeconds: stays(families, waiting) ? longest(families) : null };
}

/** Most of TIME_WAIT was found again after longer than any legal delay, and next to none of it ever went. */
function stays(families: readonly Followed[], waiting: number): boolean {
  const found = families.reduce((sum, { outlived }) => sum + outlived, 0);
  const expired = families.reduce((sum, one) => sum + one.expired, 0);
  return found >= Math.max(waiting / 2, OUTLIVING_TUPLES) && expired < (expired + found) * EXPIRED_LIMIT;
}

function longest(families: readonly Followed[]): number {
  return Math.round(Math.max(...families.map(({ longestSeconds }) => longestSeconds)));
}
