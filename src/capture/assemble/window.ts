import { UnknownZoneError, type AnalysisOptions } from '../../model/analysis.js';
import type { Stamp } from '../../model/stamp.js';
import { readingOf, type HostClock } from '../clock/host-clock.js';

/** What is asked for of a host: both ends belong to it (UTC milliseconds), null is no end. */
export interface Window {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export const ALWAYS: Window = { fromMs: null, toMs: null };

/** The window that the options ask for, by the clock of the host where they name no zone. Throws UnknownZoneError where it tells none. */
export function windowOf(
  host: string,
  clock: HostClock,
  { fromMs, toMs, localWindow = ALWAYS }: AnalysisOptions,
): Window {
  if (localWindow.fromMs === null && localWindow.toMs === null) return { fromMs, toMs };
  if (clock.basis === 'unknown') throw new UnknownZoneError(host);
  return {
    fromMs: localWindow.fromMs === null ? fromMs : instants(clock, localWindow.fromMs).beforeMs,
    toMs: localWindow.toMs === null ? toMs : instants(clock, localWindow.toMs).afterMs,
  };
}

export function inWindow(ms: number, { fromMs, toMs }: Window): boolean {
  return (fromMs === null || ms >= fromMs) && (toMs === null || ms <= toMs);
}

/** In the hour that summer time repeats both are meant. */
function instants(clock: HostClock, localMs: number): { readonly beforeMs: number; readonly afterMs: number } {
  const stamp: Stamp = { kind: 'local', localMs };
  return readingOf(clock, stamp, 'day-first') ?? { beforeMs: localMs, afterMs: localMs };
}
