import { isRealTime } from '../../model/stamp.js';

// What the tools print for one instant:
//   2019-01-16T02:01:10.611477100Z     Windows 7 to Server 2019, nine digits
//   2024-06-09T04:10:45.6208539Z       recent Windows, seven
//   2022-02-28 14:57:08.319382         python-evtx: no T, no Z, still UTC; a whole second has no fraction
//   2026-06-09 07:00:00.056051+00:00   newer python-evtx
const DASH = 0x2d;
const COLON = 0x3a;
const DOT = 0x2e;
const FRACTION_DIGITS_MAX = 9;
const NO_DIGITS = -1_000_000;

/** Reads SystemTime values; it remembers the last day, since neighbouring events share it. */
export class EventClock {
  #dayKey = -1;
  #dayMs = NaN;

  /** UTC milliseconds of the value at [from, to), cut (not rounded) to whole ones; NaN for anything that is no time from 1980 to 2099. */
  readTime(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < 19) return NaN;
    const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
    const month = pair(bytes, from + 5);
    const day = pair(bytes, from + 8);
    const hour = pair(bytes, from + 11);
    const minute = pair(bytes, from + 14);
    const second = pair(bytes, from + 17);
    const between = bytes[from + 10];
    const isSeparated =
      bytes[from + 4] === DASH &&
      bytes[from + 7] === DASH &&
      (between === 0x54 || between === 0x74 || between === 0x20) &&
      bytes[from + 13] === COLON &&
      bytes[from + 16] === COLON;
    if (!isSeparated || year < 0 || month < 0 || day < 0) return NaN;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return NaN;

    let at = from + 19;
    let fractionMs = 0;
    if (at < to && bytes[at] === DOT) {
      const first = ++at;
      let weight = 100;
      while (at < to && isDigit(bytes[at])) {
        fractionMs += ((bytes[at] ?? 0) - 0x30) * weight;
        weight = weight > 1 ? weight / 10 : 0;
        at++;
      }
      if (at === first || at - first > FRACTION_DIGITS_MAX) return NaN;
    }
    const offsetMs = zoneOffsetMs(bytes, at, to);
    const time = this.#day(year, month, day) + hour * 3_600_000 + minute * 60_000 + second * 1000 + fractionMs;
    return isRealTime(time - offsetMs) ? time - offsetMs : NaN;
  }

  #day(year: number, month: number, day: number): number {
    const key = year * 10_000 + month * 100 + day;
    if (key !== this.#dayKey) {
      const midnight = new Date(Date.UTC(year, month - 1, day));
      const exists = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
      this.#dayKey = key;
      this.#dayMs = exists ? midnight.getTime() : NaN;
    }
    return this.#dayMs;
  }
}

/** Nothing and `Z` mean UTC; else `+hh:mm`, `-hhmm`. */
function zoneOffsetMs(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return 0;
  const sign = bytes[from];
  if (sign === 0x5a || sign === 0x7a) return to - from === 1 ? 0 : NaN;
  if (sign !== 0x2b && sign !== DASH) return NaN;
  const hasColon = bytes[from + 3] === COLON;
  if (to - from !== (hasColon ? 6 : 5)) return NaN;
  const hours = pair(bytes, from + 1);
  const minutes = pair(bytes, from + (hasColon ? 4 : 3));
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return NaN;
  return (hours * 60 + minutes) * 60_000 * (sign === DASH ? -1 : 1);
}

/** Two digits, or a number so negative that nothing makes it valid again. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGITS;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
