import type { DateOrder, Stamp } from '../../model/stamp.js';
import { DAY_MS } from '../../model/durations.js';

/** From the first to the last event of all logs, UTC milliseconds. */
export interface LoggedSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Decides whether `02/03/2026` is February or March for all stamps of one file. Where others of the file (`shown`) have a day above
 * 12 in one place only, that is the day. Else a reading that lies in the future of the newest thing known is out; then the reading
 * whose stamps lie closer together; then the one that lies within a day of what the logs cover; then the language; then the one
 * nearer to the newest thing known. `certain` is false when only the last three decided.
 */
export function decideDateOrder(
  samples: readonly Stamp[],
  language: string | null,
  newestKnownMs: number,
  logged: LoggedSpan | null = null,
  shown: ReadonlySet<DateOrder> = new Set(),
): { readonly order: DateOrder; readonly certain: boolean; readonly needed: boolean } {
  const monthFirst: number[] = [];
  const dayFirst: number[] = [];
  for (const stamp of samples) {
    if (stamp.kind !== 'ambiguous') continue;
    monthFirst.push(stamp.monthFirstMs);
    dayFirst.push(stamp.dayFirstMs);
  }
  if (monthFirst.length === 0) return { order: 'month-first', certain: true, needed: false };
  const [only] = shown;
  if (only !== undefined && shown.size === 1) return { order: only, certain: true, needed: true };
  const limit = newestKnownMs + DAY_MS;
  const monthFits = monthFirst.every((ms) => ms <= limit);
  const dayFits = dayFirst.every((ms) => ms <= limit);
  if (monthFits !== dayFits) return { order: monthFits ? 'month-first' : 'day-first', certain: true, needed: true };
  const monthSpan = spread(monthFirst);
  const daySpan = spread(dayFirst);
  if (Math.abs(monthSpan - daySpan) > DAY_MS) {
    return { order: monthSpan < daySpan ? 'month-first' : 'day-first', certain: true, needed: true };
  }
  if (logged !== null) {
    const monthBeside = monthFirst.every((ms) => distance(ms, logged) <= DAY_MS);
    const dayBeside = dayFirst.every((ms) => distance(ms, logged) <= DAY_MS);
    // English is written both ways round.
    if (monthBeside !== dayBeside)
      return { order: monthBeside ? 'month-first' : 'day-first', certain: false, needed: true };
  }
  if (language !== null)
    return { order: language === 'en' ? 'month-first' : 'day-first', certain: false, needed: true };
  const monthDistance = Math.abs(newestKnownMs - Math.max(...monthFirst));
  const dayDistance = Math.abs(newestKnownMs - Math.max(...dayFirst));
  return { order: dayDistance < monthDistance ? 'day-first' : 'month-first', certain: false, needed: true };
}

/** How far a moment lies outside a span; 0 inside. */
function distance(ms: number, { fromMs, toMs }: LoggedSpan): number {
  return Math.max(fromMs - ms, ms - toMs, 0);
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
