import { UserError } from './user-error.js';
import { DAY_MS, MINUTE_MS } from '../model/durations.js';

const OFFSET = /^([+-])(\d{2}):?(\d{2})$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
/** The widest offset in use, Kiribati; anything beyond is a slip. */
const WIDEST_OFFSET_MINUTES = 14 * 60;

/** The value of `--timezone`: an offset as `+02:00`, or an IANA name as typed. */
export function parseZone(value: string): string {
  const zone = zoneOf(value);
  if (zone !== null) return zone;
  throw new UserError(
    `--timezone ${value}`,
    'neither an offset nor a zone name',
    'write for example +02:00, Z or Europe/Paris (the IANA name, not the Windows one)',
  );
}

function zoneOf(value: string): string | null {
  if (/^(?:z|utc)$/i.test(value)) return '+00:00';
  const offset = OFFSET.exec(value);
  if (offset === null) return isZoneName(value) ? value : null;
  const [, sign = '', hours = '', minutes = ''] = offset;
  const fits = Number(minutes) < 60 && Number(hours) * 60 + Number(minutes) <= WIDEST_OFFSET_MINUTES;
  return fits ? `${sign}${hours}:${minutes}` : null;
}

function isZoneName(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return /^[A-Za-z]/.test(value);
  } catch {
    return false;
  }
}

/** What stands for no zone in a time of the command line. */
export function withoutZone(given: string, why = 'the time has no zone'): UserError {
  return new UserError(given, why, 'end it with Z or an offset such as +02:00, or give --timezone');
}

/** The same as `parseMoment` reads on a clock of UTC, of a time without an offset; null of one that has one. */
export function parseWallClock(option: '--from' | '--to', value: string): number | null {
  const offset = MOMENT.exec(value.trim())?.[3];
  return offset === undefined ? parseMoment(option, value, '+00:00') : null;
}

/**
 * UTC milliseconds of `2026-03-02T09:40`, `2026-03-02 09:40:12Z` or `2026-03-02`; without an offset the zone decides. A date
 * alone means its first moment for `--from`, its last for `--to`.
 */
export function parseMoment(option: '--from' | '--to', value: string, zone: string | null): number {
  const match = MOMENT.exec(value.trim());
  const [, date = '', time, offset] = match ?? [];
  const wallMs = Date.parse(`${date}T${time ?? '00:00'}Z`);
  const where = offset === undefined ? zone : zoneOf(offset);
  // Date.parse takes 31 February for 3 March.
  const isDate = match !== null && !Number.isNaN(wallMs) && new Date(wallMs).toISOString().startsWith(date);
  if (!isDate || (offset !== undefined && where === null)) {
    throw new UserError(`${option} ${value}`, 'not a date and time', 'write for example 2026-03-02T09:40:00Z');
  }
  if (where === null) throw withoutZone(`${option} ${value}`);
  if (option === '--from') return Math.min(...instantsOf(wallMs, where));
  const endMs = time === undefined ? wallMs + DAY_MS : wallMs;
  return Math.max(...instantsOf(endMs, where)) - (time === undefined ? 1 : 0);
}

/** The instants at which a clock in the zone shows `wallMs`: two in the hour that summer time repeats. */
function instantsOf(wallMs: number, zone: string): number[] {
  const around = [wallMs - DAY_MS, wallMs + DAY_MS].map((nearMs) => wallMs - offsetMs(zone, nearMs));
  const real = around.filter((instantMs) => instantMs + offsetMs(zone, instantMs) === wallMs);
  // None in the hour that summer time skips: the clock stood just before or after it.
  return real.length > 0 ? real : around;
}

function offsetMs(zone: string, instantMs: number): number {
  const fixed = OFFSET.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return (fixed[1] === '-' ? -minutes : minutes) * MINUTE_MS;
  }
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(instantMs);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  // `GMT+01:00`, and plain `GMT` for zero.
  const match = /([+-])(\d{2}):(\d{2})/.exec(name);
  return match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * MINUTE_MS;
}
