import type { Estimate } from '../../model/estimate.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import type { GrowthStep } from './pool-growth.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';

/** Fewer waiting connections than this say nothing about a rate. */
export const WAITING_FOR_A_RATE = 10;
/** Where less than this of the waiting ports waited one delay earlier, they were still growing. */
const STEADY_WAITING_SHARE = 0.9;

/**
 * What waits closed in the last T seconds: N / T a second on average. An average is no upper end while TIME_WAIT was still growing,
 * nor while connections were refused. null where next to nothing waits.
 */
export function rateFromTimeWait(
  peak: LedgerEntry | null,
  waitingTuples: number,
  delay: Estimate,
  steps: readonly GrowthStep[],
  censored: boolean,
): Estimate | null {
  if (peak === null) return null;
  const waiting = Math.max(waitingTuples, peak.timeWait);
  return waiting < WAITING_FOR_A_RATE ? null : waitingRate(waiting, delay, censored || isGrowing(peak, delay, steps));
}

/**
 * The rate at which `waiting` connections closed, on average over one delay: so many did, so that chance has no part in the low end;
 * only "at least" where it is unbounded.
 */
export function waitingRate(waiting: number, delay: Estimate, unbounded: boolean): Estimate {
  const chance = USUAL_DEVIATIONS * Math.sqrt(waiting);
  // What never expires may have closed days ago.
  const low = delay.high === null ? 0 : waiting / delay.high;
  if (unbounded) return { low, best: null, high: null };
  return {
    low,
    best: delay.best === null ? null : waiting / delay.best,
    high: (waiting + chance) / delay.low,
  };
}

/** True where a snapshot within one delay before the peak shows clearly less of TIME_WAIT. */
export function isGrowing(peak: LedgerEntry, delay: Estimate, steps: readonly GrowthStep[]): boolean {
  if (peak.at === null) return false;
  const peakMs = Date.parse(peak.at);
  const fromMs = peakMs - (delay.high ?? delay.low) * 1000;
  return steps.some(
    ({ atMs, waiting }) => atMs >= fromMs && atMs < peakMs && waiting < peak.timeWait * STEADY_WAITING_SHARE,
  );
}
