import type { YearlessTime } from '../../model/log-event.js';
import { monthOf, normalised, utcDay } from './parse-stamp.js';

// Jan 15 21:01   janv. 15 2...   Mrz 15 21:01   1月 15 21:01
// The column has thirteen letters: of a month written with five the hour is cut off.
const DAY_WITHOUT_YEAR =
  /^(?:(?<word>\p{L}{3,10})\.?|(?<number>\d{1,2}) ?[月월]) (?<day>\d{1,2})(?: (?<hour>\d{2}):(?<minute>\d{2})| \S{0,2}(?:\.\.\.|…))$/u;
/** The year is not known, so that it may have a 29 February. */
const LEAP_YEAR = 2000;

/** Reads a day and a time without a year, as a table of Get-EventLog shows it in any language; null for any other text. */
export function dayWithoutYear(text: string): YearlessTime | null {
  const groups = DAY_WITHOUT_YEAR.exec(normalised(text).trim())?.groups;
  if (groups === undefined) return null;
  const { word, number, day, hour = '0', minute = '0' } = groups;
  const month = word === undefined ? Number(number) : monthOf(word);
  if (month === undefined || utcDay(LEAP_YEAR, month, Number(day)) === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return { kind: 'yearless', month, day: Number(day), minuteOfDay: Number(hour) * 60 + Number(minute) };
}
