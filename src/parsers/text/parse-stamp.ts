import type { DateOrder, Stamp } from '../../model/stamp.js';

// 2026-03-02T10:15:00.123Z   20190826T000816+0200   2026-03-02_10-15-00   20260302-1015   2026-03-02T10-15-00Z
// 8/26/2019 12:08:30 AM      26.08.2019 12:08:30    26/08/2019 00:08:30   2025/7/5 22:55:17
// Mon 03/02/2026 10:15:00.12 02/03/2026  9:15:00,12 2026/03/02 周一 10:15:00.12   10:15:00,12 02.03.2026
// Monday, March 2, 2026 10:15:00 AM                 20260302101500.123456+060 (CIM date and time, offset in minutes)
const DATES = [
  String.raw`(?<year>\d{4})(?<bar>[-/._]) ?(?<month>\d{1,2})\k<bar> ?(?<day>\d{1,2})\.?`,
  String.raw`(?<first>\d{1,2})(?<slash>[-/._]) ?(?<second>\d{1,2})\k<slash> ?(?<lastYear>\d{4})`,
  String.raw`(?<packedYear>\d{4})(?<packedMonth>\d\d)(?<packedDay>\d\d)`,
  String.raw`(?<monthWord>\p{L}{3,10})\.? {1,2}(?<wordDay>\d{1,2}),? (?<wordYear>\d{4})`,
  String.raw`(?<dayOfWord>\d{1,2})\.? (?:de )?(?<wordOfMonth>\p{L}{3,10})\.? (?:de )?(?<yearOfWord>\d{4})`,
];
const HALF = String.raw`AM|PM|[ap]\. ?m\.|上午|下午|午前|午後|오전|오후|πμ|μμ`;
const CLOCK =
  String.raw`(?:(?:(?<halfBefore>${HALF}) *)?(?<hour>\d{1,2})(?<colon>[:.h_-])(?<minute>\d\d)(?:\k<colon>(?<sec>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?: ?(?<half>${HALF})(?!\p{L}))?` +
  String.raw`|(?<packedHour>\d\d)(?<packedMinute>\d\d)(?<packedSec>\d\d)?(?:[.,](?<packedFraction>\d{1,9}))?)(?!\d)`;
const ZONE = String.raw`(?: ?(?:(?<zulu>Z|UTC|GMT)(?![\p{L}\d])|(?<sign>[+-])(?<zoneHours>\d\d)(?::?(?<zoneMinutes>\d\d))?(?!\d)))?`;
// Between date and time: a T, blanks, punctuation, and at most one word (a weekday, "Time:").
const GAP = String.raw`(?:[T_-]|[ ,;|]+(?!${HALF})(?:\(?\p{L}+\)?[.:,]* *)?|[ ,;|]+)?`;
const WEEKDAY = String.raw`(?:\p{L}+[.,]* +)?`;

const STAMPS = [
  ...DATES.map((date) => `${date}${GAP}${CLOCK}${ZONE}`),
  ...DATES.slice(0, 2).map((date) => `${CLOCK}[ ,;_]+${WEEKDAY}${date}`),
];
const WHOLE = STAMPS.map((stamp) => new RegExp(`^${WEEKDAY}${stamp}$`, 'iu'));
// `RDSH01.2026-03-02T10-15-00Z.txt` may begin after a digit and a dot, the `1.26` of an address may not.
const ANYWHERE = STAMPS.map(
  (stamp, index) => new RegExp((index === 0 ? String.raw`(?<!\d)` : String.raw`(?<![\d.:])`) + stamp, 'iu'),
);
const CIM_TIME = /^(\d{8})(\d{6})\.(\d{6})([+-])(\d{3})$/;

/** Beginnings of month names in the languages Windows writes long dates in; the first that fits counts. */
const MONTH_WORDS: readonly (readonly [beginnings: string, month: number])[] = [
  ['jan ene gen янв', 1],
  ['feb fév fev фев', 2],
  ['mar mär mrz mrt мар', 3],
  ['apr avr abr апр', 4],
  ['may mai mag mei maj мая', 5],
  ['jun juin giu июн', 6],
  ['jul juil lug июл', 7],
  ['aug aoû ago авг', 8],
  ['sep set сен', 9],
  ['oct okt out ott окт', 10],
  ['nov ноя', 11],
  ['dec dez déc dic дек', 12],
];

/**
 * Reads a text that is a time and nothing else. Null when it is none, has no time of day, or names a day that does not exist.
 * Without a zone the result is a wall clock; `02/03/2026` without AM or PM is ambiguous.
 */
export function parseStamp(text: string): Stamp | null {
  const plain = normalised(text).trim();
  if (plain.length < 8 || plain.length > 80) return null;
  const cim = CIM_TIME.exec(plain);
  if (cim !== null) return cimTime(cim);
  for (const pattern of WHOLE) {
    const groups = pattern.exec(plain)?.groups;
    if (groups !== undefined) return decidedByWeekday(stampOf(groups), plain);
  }
  return null;
}

/** Finds the first time inside a file name or a line (cut at 400 characters): `netstat_2026-03-02_10-15-00.txt`. */
export function findStamp(text: string): Stamp | null {
  const plain = normalised(text.length > 400 ? text.slice(0, 400) : text);
  for (const pattern of ANYWHERE) {
    const match = pattern.exec(plain);
    if (match?.groups === undefined) continue;
    const stamp = stampOf(match.groups);
    if (stamp === null || !isOfThisCentury(stamp)) continue;
    const weekday = WEEKDAY_BEFORE.exec(plain.slice(0, match.index));
    return weekday === null ? stamp : decidedByWeekday(stamp, weekday[0]);
  }
  return null;
}

const WEEKDAY_BEFORE = /(?<!\p{L})(?:sun|mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?[ ,._-]*$/iu;
const EPOCH_SECONDS = /(?<!\d)\d{10}(?!\d)/;

/** The time that a file's path names; there, a number of ten digits may be seconds since 1970: `netstat_1772498700.txt`. */
export function stampInName(path: string): Stamp | null {
  const seconds = EPOCH_SECONDS.exec(path)?.[0];
  const stamp = findStamp(path);
  if (stamp !== null || seconds === undefined) return stamp;
  const instant: Stamp = { kind: 'instant', epochMs: Number(seconds) * 1000, offsetMinutes: null };
  return isOfThisCentury(instant) ? instant : null;
}

const MONTHS = 12;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `Mon 03/02/2026`, as English Windows prints %date%: only one of the two readings is a Monday. */
function decidedByWeekday(stamp: Stamp | null, text: string): Stamp | null {
  if (stamp?.kind !== 'ambiguous') return stamp;
  const word = /^(sun|mon|tue|wed|thu|fri|sat)[a-z]*(?![a-z])/i.exec(text)?.[1]?.toLowerCase();
  const weekday = WEEKDAYS.findIndex((name) => name === word);
  const readings = [stamp.monthFirstMs, stamp.dayFirstMs].filter((ms) => new Date(ms).getUTCDay() === weekday);
  const [only] = readings;
  return only !== undefined && readings.length === 1 ? { kind: 'local', localMs: only } : stamp;
}

/** No-break and narrow blanks (before AM in newer .NET) become blanks, direction marks go. */
export function normalised(text: string): string {
  return text.replace(/[\u200e\u200f]/g, '').replace(/[\t\u00a0\u2009\u202f]/g, ' ');
}

type Groups = Readonly<Record<string, string | undefined>>;

function stampOf(groups: Groups): Stamp | null {
  const clockMs = timeOfDay(groups);
  if (clockMs === null) return null;
  const days = dayOf(groups);
  if (days === null) return null;
  if (days.length === 2) return { kind: 'ambiguous', monthFirstMs: days[0] + clockMs, dayFirstMs: days[1] + clockMs };
  const localMs = days[0] + clockMs;
  const { zulu, sign, zoneHours, zoneMinutes } = groups;
  if (zulu !== undefined) return { kind: 'instant', epochMs: localMs, offsetMinutes: null };
  // `10-15-00-02.txt` counts copies: a bare two-digit offset is one only after `+` or a time with colons.
  if (sign === undefined || (zoneMinutes === undefined && sign === '-' && groups['colon'] !== ':'))
    return local(localMs, orderShown(groups));
  const offset = Number(zoneHours) * 60 + Number(zoneMinutes ?? 0);
  if (offset > 14 * 60 || Number(zoneMinutes ?? 0) > 59) return null;
  const offsetMinutes = sign === '-' && offset > 0 ? -offset : offset;
  return { kind: 'instant', epochMs: localMs - offsetMinutes * 60_000, offsetMinutes };
}

function local(localMs: number, order: DateOrder | null): Stamp {
  return order === null ? { kind: 'local', localMs } : { kind: 'local', localMs, order };
}

/** `17/02/2026` can be read one way only; what dots separate has the day first in any case, and shows nothing of other dates. */
function orderShown({ first = '', second = '', slash }: Groups): DateOrder | null {
  if (slash !== '/') return null;
  if (Number(first) > MONTHS) return 'day-first';
  return Number(second) > MONTHS ? 'month-first' : null;
}

function timeOfDay(groups: Groups): number | null {
  let hour = Number(groups['hour'] ?? groups['packedHour']);
  const minute = Number(groups['minute'] ?? groups['packedMinute']);
  const second = Number(groups['sec'] ?? groups['packedSec'] ?? 0);
  const fraction = (groups['fraction'] ?? groups['packedFraction'] ?? '').slice(0, 3);
  const half = groups['half'] ?? groups['halfBefore'];
  if (half !== undefined && hour <= 12) hour = (hour % 12) + (isAfternoon(half) ? 12 : 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Number(fraction.padEnd(3, '0'));
}

function isAfternoon(half: string): boolean {
  return /^(p|下午|午後|오후|μμ)/iu.test(half);
}

/** Midnight of the day as if in UTC; two of them, month first and day first, where both readings are possible and differ. */
function dayOf(groups: Groups): readonly [number] | readonly [number, number] | null {
  const word = groups['monthWord'] ?? groups['wordOfMonth'];
  const month = word === undefined ? (groups['month'] ?? groups['packedMonth']) : monthOf(word);
  if (month !== undefined) {
    const year = groups['year'] ?? groups['packedYear'] ?? groups['wordYear'] ?? groups['yearOfWord'];
    const day = groups['day'] ?? groups['packedDay'] ?? groups['wordDay'] ?? groups['dayOfWord'];
    const only = utcDay(Number(year), Number(month), Number(day));
    return only === null ? null : [only];
  }
  const year = Number(groups['lastYear']);
  const [first = '', second = ''] = [groups['first'], groups['second']];
  const monthFirst = utcDay(year, Number(first), Number(second));
  const dayFirst = utcDay(year, Number(second), Number(first));
  if (monthFirst === null || dayFirst === null) {
    const only = monthFirst ?? dayFirst;
    return only === null ? null : [only];
  }
  if (monthFirst === dayFirst || groups['slash'] === '.') return [dayFirst];
  // AM and PM with M/d is American; `2/03/2026 1:02:03 PM`, the second part alone padded, is how Australia writes d/MM.
  const american = /^[ap]m$/i.test(groups['half'] ?? '') && !(first.length === 1 && second.startsWith('0'));
  return american ? [monthFirst] : [monthFirst, dayFirst];
}

export function monthOf(word: string): number | undefined {
  const lower = word.toLowerCase();
  return MONTH_WORDS.find(([beginnings]) => beginnings.split(' ').some((start) => lower.startsWith(start)))?.[1];
}

export function utcDay(year: number, month: number, day: number): number | null {
  // West of Greenwich the zero of a FILETIME falls into 1600.
  if (year < 1600 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const ms = Date.UTC(year, month - 1, day);
  return new Date(ms).getUTCDate() === day ? ms : null;
}

function cimTime([, date = '', time = '', micros = '', sign = '', minutes = '']: RegExpExecArray): Stamp | null {
  return cimInstant(parseStamp(`${date}T${time}.${micros}`), Number(`${sign}${minutes}`));
}

function cimInstant(wallClock: Stamp | null, offsetMinutes: number): Stamp | null {
  if (wallClock?.kind !== 'local') return null;
  return { kind: 'instant', epochMs: wallClock.localMs - offsetMinutes * 60_000, offsetMinutes };
}

/** A number that only looks like a date is not taken for a time of capture. */
function isOfThisCentury(stamp: Stamp): boolean {
  const ms = stamp.kind === 'instant' ? stamp.epochMs : stamp.kind === 'local' ? stamp.localMs : stamp.dayFirstMs;
  return ms >= Date.UTC(2000, 0, 1) && ms < Date.UTC(2100, 0, 1);
}
