import { ENCODINGS, type Encoding } from '../model/encodings.js';
import { FEWEST_DYNAMIC_PORTS, MAX_PORT, lastPort, type PortRange } from '../model/port.js';
import { UserError } from './user-error.js';
import { ACCEPTED_DELAY_SECONDS } from '../model/legal-delay.js';

/** `START:COUNT`, as netsh counts. */
export function parseRange(value: string): PortRange {
  const match = /^(\d{1,5}):(\d{1,5})$/.exec(value);
  const what = `--range ${value}`;
  if (match === null) {
    throw new UserError(what, 'not START:COUNT', 'write for example 49152:16384, as netsh shows it');
  }
  const range = { start: Number(match[1]), count: Number(match[2]) };
  if (range.start < 1 || range.start > MAX_PORT) {
    throw new UserError(what, `a range starts at a port from 1 to ${String(MAX_PORT)}`, 'check the start port');
  }
  if (lastPort(range) > MAX_PORT) {
    throw new UserError(
      what,
      `the range would end at ${String(lastPort(range))}, behind the last port ${String(MAX_PORT)}`,
      `the second number is how many ports, not the last one; here at most ${String(MAX_PORT - range.start + 1)}`,
    );
  }
  if (range.count < FEWEST_DYNAMIC_PORTS) {
    throw new UserError(
      what,
      `Windows allows no range of fewer than ${String(FEWEST_DYNAMIC_PORTS)} ports`,
      'check the count',
    );
  }
  return range;
}

/** The names of one encoding that people know beside those of the report; `cp` and `windows-` may be left out. */
const ENCODING_NAMES: ReadonlyMap<string, Encoding> = new Map([
  ['utf8', 'utf-8'],
  ['utf-16', 'utf-16le'],
  ['utf16', 'utf-16le'],
  ['unicode', 'utf-16le'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['latin1', 'windows-1252'],
  ['iso-8859-1', 'windows-1252'],
  ['shift_jis', 'cp932'],
  ['gbk', 'cp936'],
  ['gb2312', 'cp936'],
  ['euc-kr', 'cp949'],
  ['big5', 'cp950'],
]);

/** What files may be said to be written in: everything that is told of a file but that nothing is known. */
const NAMED_ENCODINGS: readonly Encoding[] = ENCODINGS.filter((one) => one !== '8-bit, undecided');

export function parseEncoding(value: string): Encoding {
  const name = value.toLowerCase();
  const page = /^(?:cp|windows-|oem)?(\d{3,4})$/.exec(name)?.[1] ?? name;
  const known = NAMED_ENCODINGS.find((one) => one === name || one === `cp${page}` || one === `windows-${page}`);
  const found = known ?? ENCODING_NAMES.get(name);
  if (found !== undefined) return found;
  const names = NAMED_ENCODINGS.join(', ');
  throw new UserError(`--encoding ${value}`, 'not an encoding that is read', `write one of ${names}`);
}

export function parseTimeWait(value: string): number {
  const seconds = /^\d+$/.test(value) ? Number(value) : NaN;
  if (seconds >= ACCEPTED_DELAY_SECONDS.low && seconds <= ACCEPTED_DELAY_SECONDS.high) return seconds;
  throw new UserError(
    `--time-wait ${value}`,
    `not a whole number of seconds from ${String(ACCEPTED_DELAY_SECONDS.low)} to ${String(ACCEPTED_DELAY_SECONDS.high)}`,
    'write for example 120',
  );
}

/** A share of the usable pool as `0.7`, `70` or `70%`. */
export function parseHeadroom(value: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(value);
  const written = match === null ? NaN : Number(match[1]);
  const share = match?.[2] === '%' || written > 1 ? written / 100 : written;
  // Between 1 and 5 nobody can know whether percent was meant, and no plan leaves 95 % of a pool idle.
  if (share >= 0.05 && share <= 1) return share;
  throw new UserError(
    `--headroom ${value}`,
    'not a share of the pool between 5 % and 100 %',
    'write for example 0.7, 70 or 70%',
  );
}
