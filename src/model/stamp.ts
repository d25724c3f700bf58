export type DateOrder = 'month-first' | 'day-first';

/**
 * A time as evidence writes it, before anyone has decided the host's zone.
 * `localMs` is the wall clock read as if it were UTC (milliseconds since 1970).
 */
export type Stamp =
  /** Has Z or an offset: the instant is certain. `offsetMinutes` is the offset written, null for a plain Z. */
  | { readonly kind: 'instant'; readonly epochMs: number; readonly offsetMinutes: number | null }
  /** A wall clock without a zone whose day and month are certain. `order` is set where `17/02/2026` shows in which order they stand. */
  | { readonly kind: 'local'; readonly localMs: number; readonly order?: DateOrder }
  /** A wall clock such as `02/03/2026 10:15`, both readings possible. */
  | { readonly kind: 'ambiguous'; readonly monthFirstMs: number; readonly dayFirstMs: number };

/** 1 January 1601, the zero of a FILETIME: what a TimeWait row prints as CreationTime, shifted by the zone's standard offset. */
export const FILETIME_ZERO_MS = Date.UTC(1601, 0, 1);

/** Anything before 1980 is "unknown", never a real creation time. Source: real Get-NetTCPConnection exports (1 Jan 1601). */
export const OLDEST_REAL_TIME_MS = Date.UTC(1980, 0, 1);

/** Anything from 2100 on is "unknown" too: the last FILETIMEs and DateTime.MaxValue are printed as the year 9999. */
export const END_OF_REAL_TIME_MS = Date.UTC(2100, 0, 1);

/** True for an instant (UTC milliseconds) at which a capture can have been taken, or something in it can have happened. */
export function isRealTime(ms: number): boolean {
  return ms >= OLDEST_REAL_TIME_MS && ms < END_OF_REAL_TIME_MS;
}

/** Two stamps of whole seconds, such as CreationTime and the snapshot's own: the time between them may be off by one. */
export const STAMP_ERROR_SECONDS = 1;
