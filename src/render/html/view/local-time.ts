import type { IsoTime } from '../../../model/report-message.js';
import type { PageContext } from './page-context.js';

/** A moment as the page prints it: the clock of the host in `text`, the instant in `iso`, UTC in `utc`; `iso` is empty where unknown. */
export interface TimeView {
  readonly iso: string;
  readonly text: string;
  readonly utc: string;
}

export interface LocalTime {
  /** `UTC+01:00`, or the sentence that only UTC is known. */
  readonly zone: string;
  readonly known: boolean;
  readonly offsetMs: number;
  /** `2026-03-02 10:15:04` on the host's clock. */
  at(iso: IsoTime | null): TimeView;
  /** `10:15:04` on the host's clock. */
  timeOfDay(iso: IsoTime): string;
  /** `2 March 2026, 10:15:04` on the host's clock. */
  dayAndTime(iso: IsoTime): string;
  /** `2 March 2026, 09:40–10:22`; the words for an open end where `to` is null. */
  period(from: IsoTime, to: IsoTime | null): string;
}

/** The clock of one host: an offset from UTC in minutes, null where nothing tells it (then UTC). */
export function localTime(
  offsetMinutes: number | null,
  { words, figures }: Pick<PageContext, 'words' | 'figures'>,
): LocalTime {
  const offsetMs = (offsetMinutes ?? 0) * 60_000;
  const local = (iso: IsoTime): Date => new Date(Date.parse(iso) + offsetMs);
  return {
    zone: offsetMinutes === null ? words.utcOnly : figures.zone(offsetMinutes),
    known: offsetMinutes !== null,
    offsetMs,
    at(iso) {
      if (iso === null || Number.isNaN(Date.parse(iso))) return { iso: '', text: words.notKnown, utc: '' };
      return { iso, text: figures.stamp(local(iso)), utc: words.inUtc(figures.stamp(new Date(iso))) };
    },
    timeOfDay: (iso) => figures.clock(local(iso)),
    dayAndTime: (iso) => figures.dayAndTime(local(iso)),
    period(from, to) {
      const first = local(from);
      const start = figures.dayAndMinute(first);
      if (to === null) return figures.fromTo(start, words.ongoing);
      const last = local(to);
      const end = figures.dayAndMinute(last);
      if (sameDay(first, last)) return start === end ? start : figures.until(start, figures.shortClock(last));
      return figures.fromTo(start, end);
    },
  };
}

function sameDay(one: Date, other: Date): boolean {
  return one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10);
}
