import type { Estimate } from '../../model/estimate.js';
import type { PortRange } from '../../model/port.js';
import { figuresBy, twoDigits } from '../figures.js';

const table = figuresBy({
  plurals: 'en',
  group: ',',
  decimal: '.',
  minus: '-',
  percent: ' %',
  list: { pair: ' and ', between: ', ', last: ', and ' },
});
export const { number, share, listed, plural } = table;

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `1 port`, `2 ports`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${plural(count, one, many)}`;
}

/** `118–122`, `at least 136`, `about 200`, `200`. */
export function interval(estimate: Estimate): string {
  const { low, best, high } = estimate;
  if (high === null) return `at least ${number(low)}`;
  if (low === high) return number(low);
  const span = `${number(low)}–${number(high)}`;
  return best === null ? span : `about ${number(best)} (${span})`;
}

/** `45 s`, `4 min`, `3.5 h`, `2 days`. */
export function duration(seconds: number): string {
  return durationLike(seconds, seconds);
}

/** In the unit that `like` would be written in. */
function durationLike(seconds: number, like: number): string {
  if (like < 120) return `${number(seconds)} s`;
  if (like < 7200) return `${number(seconds / 60)} min`;
  if (like < 172_800) return `${number(seconds / 3600)} h`;
  return `${number(seconds / 86_400)} days`;
}

/** Ends further apart than this have a unit each. */
const ONE_UNIT_FACTOR = 3;

/** `after about 3.5 h (3.1 h to 4 h)`, `after 3 h or more`, `after at most 4 h`. */
export function lapseOf({ low, best, high }: Estimate): string {
  const middle = best ?? low;
  const near = high !== null && low > 0 && high < low * ONE_UNIT_FACTOR;
  const written = (seconds: number): string => durationLike(seconds, near ? middle : seconds);
  if (high !== null && near && written(low) === written(high)) return `after about ${written(middle)}`;
  const between = high === null ? `${duration(low)} or more` : `${written(low)} to ${written(high)}`;
  if (best !== null) return `after about ${duration(best)}${low === high ? '' : ` (${between})`}`;
  return low === 0 && high !== null ? `after at most ${duration(high)}` : `after ${between}`;
}

/** `10 min 30 s`: the two largest units, for a distance in time that is known to the second. */
export function elapsed(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [
    `${String(Math.floor(whole / 86_400))} d`,
    `${String(Math.floor(whole / 3600) % 24)} h`,
    `${String(Math.floor(whole / 60) % 60)} min`,
    `${String(whole % 60)} s`,
  ].filter((part) => !part.startsWith('0 '));
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** `2026-03-02 09:40:12` of the clock that stands for UTC in `date`. */
function stamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-03-02 09:40:12 UTC` from an ISO time; `2026-03-02 10:40:12 (UTC+01:00)` where the host's offset in minutes is known. */
export function moment(iso: string, offsetMinutes: number | null): string {
  const local = new Date(Date.parse(iso) + (offsetMinutes ?? 0) * 60_000);
  return `${stamp(local)} ${offsetMinutes === null ? 'UTC' : `(${zone(offsetMinutes)})`}`;
}

/** `UTC+01:00`; `UTC` itself without an offset. */
function zone(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const size = Math.abs(offsetMinutes);
  return `UTC${offsetMinutes < 0 ? '−' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/** Figures, dates and lists as the page writes them. Dates are those of a clock that stands for UTC in the Date given. */
export const figures = {
  number,
  share,
  interval,
  duration,
  elapsed,
  stamp,
  zone,
  /** Digits as Windows prints them: a port, a PID, a value of the registry. */
  plain: (value: number) => String(value),
  /** `49152–65535`. */
  range: ({ start, count }: PortRange) => `${String(start)}–${String(start + count - 1)}`,
  /** `10:15:04`. */
  clock: (date: Date) => date.toISOString().slice(11, 19),
  /** `10:15`. */
  shortClock: (date: Date) => date.toISOString().slice(11, 16),
  /** `2 Mar`. */
  shortDay: (date: Date) => `${String(date.getUTCDate())} ${monthOf(date).slice(0, 3)}`,
  /** `1.2 MB`, in units of 1024. */
  bytes: (value: number) =>
    value < 1024
      ? `${number(value)} B`
      : value < 1_048_576
        ? `${number(value / 1024)} KB`
        : `${number(value / 1_048_576)} MB`,
  /** `512 B`, `140 KB`, `1.2 MB`, in thousands. */
  fileSize: (bytes: number) =>
    bytes < 1000
      ? `${String(bytes)} B`
      : bytes < 1_000_000
        ? `${number(bytes / 1000)} KB`
        : `${number(bytes / 1_000_000)} MB`,
  /** `2 March 2026, 09:40`. */
  dayAndMinute: (date: Date) => `${dayOf(date)}, ${date.toISOString().slice(11, 16)}`,
  /** `2 March 2026, 09:40:12`. */
  dayAndTime: (date: Date) => `${dayOf(date)}, ${date.toISOString().slice(11, 19)}`,
  /** From one moment or word to another, of different days. */
  fromTo: (from: string, to: string) => `${from} – ${to}`,
  /** To a later minute of the same day. */
  until: (from: string, minute: string) => `${from}–${minute}`,
  /** Names side by side, in a place that is no sentence. */
  series: (values: readonly string[]) => values.join(', '),
  /** Remarks side by side, each of which may hold a comma. */
  clauses: (values: readonly string[]) => values.join('; '),
};

function dayOf(date: Date): string {
  return `${String(date.getUTCDate())} ${monthOf(date)} ${String(date.getUTCFullYear())}`;
}

function monthOf(date: Date): string {
  return MONTHS[date.getUTCMonth()] ?? '';
}
