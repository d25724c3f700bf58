import type { Estimate } from '../../model/estimate.js';
import type { TableInterval } from '../tuples/table-interval.js';
import { RARE_DEVIATIONS, USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';

/** Fewer tuples do not tell what share of them a log names. */
const TUPLES_FOR_A_SHARE = 100;
/** A log that may lack more than this share is filtered. */
const MISSED_SHARE_LIMIT = 0.1;

/**
 * A log counts the fewest: Sysmon is often set up to leave most out, and a refused connection is in no log. Where it names nearly every
 * tuple that was new between snapshots, it counts them all but for the share it may have missed, three standard deviations wide; the
 * minute itself is one of many, two wide. `inMinute`: openings of its busiest minute.
 */
export function rateFromLog(inMinute: number, intervals: readonly TableInterval[], censored: boolean): Estimate {
  const low = inMinute / 60;
  const opened = intervals.reduce((sum, { newTuples }) => sum + newTuples, 0);
  const missed = opened - intervals.reduce((sum, { logged }) => sum + logged, 0);
  const missedShare = (missed + RARE_DEVIATIONS * Math.sqrt(missed + 1)) / Math.max(opened, 1);
  if (censored || opened < TUPLES_FOR_A_SHARE || missedShare > MISSED_SHARE_LIMIT)
    return { low, best: null, high: null };
  return { low, best: low, high: (inMinute + USUAL_DEVIATIONS * Math.sqrt(inMinute)) / 60 / (1 - missedShare) };
}
