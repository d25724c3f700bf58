import type { ClockReading } from './appended-order.js';

/** A table is written within minutes: an hour with thousands of sockets and the names of their programs takes no longer. */
const LONGEST_WRITING_MS = 15 * 60_000;
/** File systems cut times to two seconds, and a name is often made a moment after the file was opened. */
const EARLIEST_MS = 2000;

/**
 * What a file's wall clock means by the time at which the file was last written, where that fits one of two instants an hour apart. It
 * never fits both; where it fits neither, as in a copy made later, nothing is decided.
 */
export function readByFileTime(reading: ClockReading, modifiedMs: number): ClockReading {
  const { beforeMs, afterMs } = reading;
  const fits = (ms: number): boolean => modifiedMs >= ms - EARLIEST_MS && modifiedMs <= ms + LONGEST_WRITING_MS;
  if (fits(beforeMs) === fits(afterMs)) return reading;
  const atMs = fits(beforeMs) ? beforeMs : afterMs;
  return { beforeMs: atMs, afterMs: atMs };
}
