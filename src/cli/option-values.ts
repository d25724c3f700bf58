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
