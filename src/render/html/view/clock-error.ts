import type { PageWords } from '../../../messages/language.js';

/** Anything up to this goes without saying: a dump is not taken in an instant, a file name has no seconds. */
const WORTH_SAYING_SECONDS = 60;
/** Below the width of all zones and above one hour of summer time, the zone itself is in doubt. */
const ZONE_SECONDS = 7200;
const DAY_SECONDS = 86_400;

/** `± 1 h: whether summer time applied is not known`; empty where the time is certain to the minute. */
export function clockError(seconds: number | null, words: PageWords): string {
  if (seconds === null || seconds <= WORTH_SAYING_SECONDS) return '';
  const { modified, zone, summerTime } = words.clockErrors;
  const why = seconds >= DAY_SECONDS ? modified : seconds >= ZONE_SECONDS ? zone : seconds >= 3600 ? summerTime : '';
  return words.clockOff(seconds, why);
}

/** `± 1 h` alone, for a place where the reason has no room. */
export function clockErrorSize(seconds: number | null, words: PageWords): string {
  return seconds === null || seconds <= WORTH_SAYING_SECONDS ? '' : words.clockOff(seconds, '');
}
