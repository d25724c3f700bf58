import { offsetText } from '../../../messages/english/figures.js';
import type { PageWords } from '../../../messages/language.js';
import type { IsoTime } from '../../../model/report.js';

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

const pad = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-02 10:15:04` of an instant, in UTC. */
export function utcStamp(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/** The clock of one host: an offset from UTC in minutes, null where nothing tells it (then UTC). */
export function localTime(offsetMinutes: number | null, words: PageWords): LocalTime {
  const offsetMs = (offsetMinutes ?? 0) * 60_000;
  const local = (iso: IsoTime): Date => new Date(Date.parse(iso) + offsetMs);
  const day = (date: Date): string => words.day(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  const minute = (date: Date): string => `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;

  return {
    zone: offsetMinutes === null ? words.utcOnly : words.zone(offsetText(offsetMinutes)),
    known: offsetMinutes !== null,
    offsetMs,
    at(iso) {
      if (iso === null || Number.isNaN(Date.parse(iso))) return { iso: '', text: words.notKnown, utc: '' };
      return { iso, text: utcStamp(Date.parse(iso) + offsetMs), utc: `${utcStamp(Date.parse(iso))} UTC` };
    },
    timeOfDay: (iso) => new Date(Date.parse(iso) + offsetMs).toISOString().slice(11, 19),
    dayAndTime(iso) {
      const date = local(iso);
      return `${day(date)}, ${minute(date)}:${pad(date.getUTCSeconds())}`;
    },
    period(from, to) {
      const first = local(from);
      const start = `${day(first)}, ${minute(first)}`;
      if (to === null) return `${start} – ${words.ongoing}`;
      const last = local(to);
      if (day(first) !== day(last)) return `${start} – ${day(last)}, ${minute(last)}`;
      return minute(first) === minute(last) ? start : `${start}–${minute(last)}`;
    },
  };
}
