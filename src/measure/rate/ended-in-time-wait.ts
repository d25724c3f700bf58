import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';
import { gapSeconds, type TableInterval } from '../tuples/table-interval.js';

/** Fewer ends say nothing of how the connections of a host end. */
const ENDS_NEEDED = 100;

/**
 * Share of the connections alive in one table and ended by the next that this host closed, at most: only those leave a row in
 * TIME_WAIT. What ended early in a gap longer than TIME_WAIT has left the table again, so there each row stands for several. null
 * where too few ended.
 */
export function endedInTimeWait(
  intervals: readonly Pick<TableInterval, 'fromMs' | 'toMs' | 'endings'>[],
  shortestDelaySeconds: number,
): number | null {
  let closedHere = 0;
  let rows = 0;
  let ended = 0;
  for (const interval of intervals) {
    const standsFor = Math.max(gapSeconds(interval) / shortestDelaySeconds, 1);
    for (const { waited, vanished } of interval.endings.values()) {
      rows += waited;
      closedHere += waited * standsFor;
      ended += waited + vanished;
    }
  }
  if (ended < ENDS_NEEDED) return null;
  const chance = rows === 0 ? 0 : (USUAL_DEVIATIONS * closedHere) / Math.sqrt(rows);
  return Math.min((closedHere + chance) / ended, 1);
}
