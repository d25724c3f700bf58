import type { EventGroup } from '../../model/event-group.js';
import { isRealTime, type Stamp } from '../../model/stamp.js';
import type { ClockReading } from './appended-order.js';
import type { DateOrder } from '../../model/stamp.js';
import { HOUR_MS, MINUTE_MS } from '../../model/durations.js';
import { writtenZones, zoneRules, type OffsetAt } from './written-zone.js';
import { isInRepeatedHour, offsetByRules } from './zone-rules.js';

/** A zone offset is a multiple of a quarter of an hour, and never beyond 14 hours. */
const OFFSET_STEP_MINUTES = 15;
export const UNKNOWN_ZONE_ERROR_SECONDS = 14 * 3600;
export const SUMMER_TIME_ERROR_SECONDS = 3600;
/** EventLog 6013 is written at local noon, a few seconds after it at most (33 real records). */
const NOON_MINUTES = 12 * 60;
const NOON_TOLERANCE_MINUTES = 3;
/** The record is daily: a log that goes on has the next noon within a day, and half a day more lets one be late. */
const NOON_REACH_MS = 36 * HOUR_MS;

/** The offset in force on the day of a 6013 that was written at noon. */
interface Noon {
  readonly atMs: number;
  readonly offset: number;
}

export type ClockBasis = 'option' | 'stamp-offset' | 'uptime-event' | 'zone-rules' | 'standard-offset' | 'unknown';

/** Turns a host's wall clock into UTC, and says how far it may be off. */
export interface HostClock {
  readonly basis: ClockBasis;
  /** Seconds by which a wall-clock stamp converted to this instant may be off; 0 where the offset is certain. */
  errorSeconds(utcMs: number): number;
  /** Offset in minutes at an instant; null when nothing tells it. */
  offsetMinutes(utcMs: number): number | null;
  /** Offsets that may be in force at an instant, the earlier one first: two only where the clocks were set on that day or night. */
  possibleOffsets(utcMs: number): readonly number[];
  /** UTC milliseconds of a stamp; NaN for one that is no time, such as the zero of a FILETIME. */
  toUtc(stamp: Stamp, order: DateOrder): number;
}

export interface ClockEvidence {
  /** `--timezone`: `+02:00` or an IANA name; null when not given. */
  readonly timezone: string | null;
  /** Offsets written beside stamps, in minutes. */
  readonly stampOffsets: ReadonlySet<number>;
  /** Standard offsets from the 1601 sentinel, in minutes. */
  readonly sentinelOffsets: ReadonlySet<number>;
  /** EventLog 6013 records. */
  readonly uptimeEvents: readonly EventGroup[];
  /** (wall clock, modification time) pairs: they only choose between two candidates an hour apart. */
  readonly modificationTimes: readonly { readonly localMs: number; readonly modifiedMs: number }[];
}

/** Decides by the surest of what the host left behind; sets of offsets that disagree give the standard offset or one hour more. */
export function decideClock(evidence: ClockEvidence): HostClock {
  if (evidence.timezone !== null) return zoneClock(evidence.timezone);
  const rules = zoneRules(evidence.uptimeEvents);
  const noon = noonOffsets(evidence.uptimeEvents);
  if (noon.length > 0) return noonClock(noon, rules);
  const [stampOffset, ...otherOffsets] = ascending(evidence.stampOffsets);
  if (stampOffset !== undefined) {
    const offset =
      otherOffsets.length === 0 ? stampOffset : nearerToModification(stampOffset, evidence.modificationTimes);
    return clockOf(
      'stamp-offset',
      () => (otherOffsets.length === 0 ? 0 : SUMMER_TIME_ERROR_SECONDS),
      () => offset,
    );
  }
  if (rules !== null) return rulesClock('zone-rules', rules);
  const [standard] = [
    ...ascending(evidence.sentinelOffsets),
    ...writtenZones(evidence.uptimeEvents).map((zone) => zone.standard),
  ];
  if (standard !== undefined) {
    const offset = nearerToModification(standard, evidence.modificationTimes);
    return clockOf(
      'standard-offset',
      () => SUMMER_TIME_ERROR_SECONDS,
      () => offset,
    );
  }
  return clockOf(
    'unknown',
    () => UNKNOWN_ZONE_ERROR_SECONDS,
    () => null,
  );
}

function ascending(values: ReadonlySet<number>): number[] {
  return [...values].sort((a, b) => a - b);
}

function clockOf(
  basis: ClockBasis,
  errorSeconds: (utcMs: number) => number,
  offsetMinutes: (utcMs: number) => number | null,
  possibleOffsets = (utcMs: number): readonly number[] => [offsetMinutes(utcMs) ?? 0],
): HostClock {
  return {
    basis,
    errorSeconds,
    offsetMinutes,
    possibleOffsets,
    toUtc(stamp, order) {
      if (stamp.kind === 'instant') return isRealTime(stamp.epochMs) ? stamp.epochMs : NaN;
      const localMs = wallClock(stamp, order);
      if (!isRealTime(localMs)) return NaN;
      const first = localMs - (offsetMinutes(localMs) ?? 0) * MINUTE_MS;
      // The offset is asked for at the instant itself: on the two days a year when it changes, the first guess may be an hour off.
      return localMs - (offsetMinutes(first) ?? 0) * MINUTE_MS;
    },
  };
}

/** The wall clock of a stamp, read in one order. */
export function wallClock(stamp: Exclude<Stamp, { kind: 'instant' }>, order: DateOrder): number {
  if (stamp.kind === 'local') return stamp.localMs;
  return order === 'month-first' ? stamp.monthFirstMs : stamp.dayFirstMs;
}

/** What a stamp may mean by the host's offsets: two instants where the clocks were set; null for one that is no time. */
export function readingOf(clock: HostClock, stamp: Stamp, order: DateOrder): ClockReading | null {
  const atMs = clock.toUtc(stamp, order);
  if (Number.isNaN(atMs)) return null;
  if (stamp.kind === 'instant') return { beforeMs: atMs, afterMs: atMs };
  const localMs = wallClock(stamp, order);
  const fitting = (pick: (offsets: readonly number[]) => number | undefined): number[] =>
    [atMs - HOUR_MS, atMs, atMs + HOUR_MS].filter(
      (ms) => ms + (pick(clock.possibleOffsets(ms)) ?? NaN) * MINUTE_MS === localMs,
    );
  // In the hour that a zone's rules repeat, the offset before is the one of the earlier instant.
  const before = fitting((offsets) => offsets[0])[0] ?? atMs;
  const after = fitting((offsets) => offsets.at(-1)).at(-1) ?? atMs;
  return { beforeMs: before, afterMs: after };
}

function zoneClock(timezone: string): HostClock {
  const fixed = /^([+-])(\d{2}):?(\d{2})$/.exec(timezone);
  const certain = (): number => 0;
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return clockOf('option', certain, () => (fixed[1] === '-' ? -minutes : minutes));
  }
  if (timezone === 'Z') return clockOf('option', certain, () => 0);
  return rulesClock('option', offsetByRules(timezone));
}

function rulesClock(basis: ClockBasis, offsetMinutes: OffsetAt): HostClock {
  return clockOf(
    basis,
    (utcMs) => (isInRepeatedHour(offsetMinutes, utcMs) ? SUMMER_TIME_ERROR_SECONDS : 0),
    offsetMinutes,
  );
}

/** By the noons; far from all of them by the rules of the zone, where no noon contradicts these: a host may not follow them. */
function noonClock(noon: readonly Noon[], rules: OffsetAt | null): HostClock {
  const isFollowed = rules !== null && noon.every(({ atMs, offset }) => rules(atMs) === offset);
  const isOpen = (utcMs: number): boolean => noonError(noon, utcMs) > 0 && offsetsOfTheDay(noon, utcMs).length === 1;
  const byRules = isFollowed ? rulesClock('uptime-event', rules) : null;
  return clockOf(
    'uptime-event',
    (utcMs) => (byRules !== null && isOpen(utcMs) ? byRules.errorSeconds(utcMs) : noonError(noon, utcMs)),
    (utcMs) => (byRules !== null && isOpen(utcMs) ? byRules.offsetMinutes(utcMs) : nearest(noon, utcMs).offset),
    (utcMs) => (byRules !== null && isOpen(utcMs) ? byRules.possibleOffsets(utcMs) : offsetsOfTheDay(noon, utcMs)),
  );
}

/** 6013 is written at local noon, so its UTC time tells the offset in force that day: standard or one hour more. */
function noonOffsets(events: readonly EventGroup[]): Noon[] {
  const [zone] = writtenZones(events);
  if (zone === undefined) return [];
  const { standard } = zone;
  return events.flatMap((event) => {
    const atMs = event.sample.atMs;
    const minuteOfDay = (atMs / MINUTE_MS) % 1440;
    for (const offset of [standard, standard + 60]) {
      const local = (minuteOfDay + offset + 2880) % 1440;
      if (Math.abs(local - NOON_MINUTES) <= NOON_TOLERANCE_MINUTES) return [{ atMs, offset }];
    }
    return [];
  });
}

/**
 * A noon tells the offset of its own day. Between two noons that agree nothing changed; where they differ, or where the next noon
 * is further than the daily rhythm explains, the clocks may have been set in between.
 */
function noonError(noon: readonly Noon[], utcMs: number): number {
  const before = noon.filter(({ atMs }) => atMs <= utcMs);
  const after = noon.filter(({ atMs }) => atMs > utcMs);
  if (before.length > 0 && after.length > 0) {
    return offsetsBetween(noon, utcMs).length === 1 ? 0 : SUMMER_TIME_ERROR_SECONDS;
  }
  return Math.abs(nearest(noon, utcMs).atMs - utcMs) <= NOON_REACH_MS ? 0 : SUMMER_TIME_ERROR_SECONDS;
}

/** Both offsets only between two noons of one day and night: of a longer gap any table out of order would look like a change. */
function offsetsOfTheDay(noon: readonly Noon[], utcMs: number): number[] {
  const between = noon.filter(({ atMs }) => Math.abs(atMs - utcMs) < NOON_REACH_MS);
  const offsets = offsetsBetween(between, utcMs);
  return offsets.length > 0 ? offsets : [nearest(noon, utcMs).offset];
}

/** The offsets of the noon before and of the noon after, once where they are alike or where one of them is missing. */
function offsetsBetween(noon: readonly Noon[], utcMs: number): number[] {
  const sides = [noon.filter(({ atMs }) => atMs <= utcMs), noon.filter(({ atMs }) => atMs > utcMs)];
  const known = sides.filter(({ length }) => length > 0);
  return [...new Set(known.map((side) => nearest(side, utcMs).offset))];
}

function nearest<T extends { atMs: number }>(values: readonly T[], atMs: number): T {
  return values.reduce((best, value) => (Math.abs(value.atMs - atMs) < Math.abs(best.atMs - atMs) ? value : best));
}

function nearerToModification(standard: number, pairs: ClockEvidence['modificationTimes']): number {
  let votesForSummer = 0;
  for (const { localMs, modifiedMs } of pairs) {
    const shown = (localMs - modifiedMs) / MINUTE_MS;
    if (Math.abs(shown - standard - 60) < OFFSET_STEP_MINUTES) votesForSummer += 1;
    else if (Math.abs(shown - standard) < OFFSET_STEP_MINUTES) votesForSummer -= 1;
  }
  return votesForSummer > 0 ? standard + 60 : standard;
}
