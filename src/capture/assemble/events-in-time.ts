import { DAY_MS, MINUTE_MS } from '../../model/durations.js';
import { largest } from '../../model/extremes.js';
import { grouped } from '../../model/grouped.js';
import type { EventInWords, EventTime, LogEvent } from '../../model/log-event.js';
import type { DateOrder, Stamp } from '../../model/stamp.js';
import {
  SUMMER_TIME_ERROR_SECONDS,
  UNKNOWN_ZONE_ERROR_SECONDS,
  wallClock,
  type HostClock,
} from '../clock/host-clock.js';
import type { EventMoment } from '../survey/event-groups.js';
import type { WordedEvent } from '../survey/events-in-words.js';
import type { FileSurvey } from '../survey/survey-file.js';
import { EventsTold, type TimedMoment } from './events-told.js';
import { offsetOfSameEvents } from './same-events.js';

/** What is known when the events of texts are put in time. */
export interface Surroundings {
  readonly hostOf: (file: FileSurvey, hostText: string | null) => string;
  readonly orderOf: (file: FileSurvey) => DateOrder;
  readonly clocks: ReadonlyMap<string, HostClock>;
  /** Events in UTC, by host. */
  readonly logged: ReadonlyMap<string, readonly EventMoment[]>;
  /** The newest instant that anything tells: nothing happened after it. */
  readonly newestMs: number;
  /** The newest time that stands in any file; null without one. */
  readonly shownMs: number | null;
  /** The user has named the zone of whatever has none. */
  readonly isZoneGiven: boolean;
}

/** A host whose name and events stand in a text, with the file. */
interface Told {
  readonly file: FileSurvey;
  readonly host: string;
  readonly events: readonly WordedEvent[];
}

/**
 * The events of texts by the file that tells them, each once: what a log in UTC or another text tells too is left out. A wall clock is
 * that of whoever made the text. It is known where the user names it, and where the same events stand in UTC elsewhere; else it is taken
 * for the host's, and may be off by any zone.
 */
export function eventsInTime(
  files: readonly FileSurvey[],
  around: Surroundings,
): ReadonlyMap<FileSurvey, ReadonlyMap<string, readonly EventMoment[]>> {
  const told = new EventsTold();
  for (const [host, moments] of around.logged) told.addLog(host, moments);
  const placed = new Map<FileSurvey, Map<string, readonly EventMoment[]>>();
  for (const part of finestFirst(files, around)) {
    const moments = told.fresh(part.host, momentsOf(part, around));
    const byHost = placed.get(part.file) ?? new Map<string, readonly EventMoment[]>();
    placed.set(part.file, byHost.set(part.host, moments));
  }
  return placed;
}

function finestFirst(files: readonly FileSurvey[], { hostOf }: Surroundings): Told[] {
  const parts = files.flatMap((file) =>
    [...grouped(file.eventsInWords.map((worded) => [hostOf(file, worded.event.host), worded] as const))].map(
      ([host, events]): Told => ({ file, host, events }),
    ),
  );
  const coarseness = ({ events }: Told): number => largest(events.map(({ event }) => event.precisionSeconds));
  return parts.sort((a, b) => coarseness(a) - coarseness(b));
}

function momentsOf({ file, host, events }: Told, around: Surroundings): TimedMoment[] {
  const clock = around.clocks.get(host);
  if (clock === undefined) return [];
  file.problems.addOnce('log-extent-unseen');
  const order = around.orderOf(file);
  const shownMs = newestShown(file, order) ?? around.shownMs ?? file.file.modifiedMs;
  const referenceMs = Math.min(shownMs ?? Infinity, around.newestMs);
  const stamps = events.map(({ event }) => stampOf(event.time, referenceMs, around.newestMs));
  const offset = around.isZoneGiven
    ? null
    : offsetOfSameEvents(wallClocks(events, stamps, order), around.logged.get(host) ?? []);
  return events.flatMap((worded, index): TimedMoment[] => {
    const place = placeOf(stamps[index] ?? null, { clock, order, offset, isZoneGiven: around.isZoneGiven });
    if (place === null) {
      file.problems.addProblem('bad-time', worded.event.line, worded.event.text);
      return [];
    }
    if (place.errorSeconds >= UNKNOWN_ZONE_ERROR_SECONDS) file.problems.addOnce('unknown-zone');
    return [{ moment: momentAt(file, worded, place), precisionSeconds: worded.event.precisionSeconds }];
  });
}

interface Place {
  readonly atMs: number;
  readonly errorSeconds: number;
}

interface Zone {
  readonly clock: HostClock;
  readonly order: DateOrder;
  /** Minutes by which the text is ahead of UTC, where the same events show it. */
  readonly offset: number | null;
  readonly isZoneGiven: boolean;
}

function placeOf(stamp: Stamp | null, { clock, order, offset, isZoneGiven }: Zone): Place | null {
  if (stamp === null) return null;
  const onHostMs = clock.toUtc(stamp, order);
  if (Number.isNaN(onHostMs)) return null;
  if (stamp.kind === 'instant') return { atMs: onHostMs, errorSeconds: 0 };
  if (isZoneGiven) return { atMs: onHostMs, errorSeconds: clock.errorSeconds(onHostMs) };
  const localMs = wallClock(stamp, order);
  // Of two times of one text the clocks may have been set in between.
  if (offset !== null) return { atMs: localMs - offset * MINUTE_MS, errorSeconds: SUMMER_TIME_ERROR_SECONDS };
  return { atMs: onHostMs, errorSeconds: UNKNOWN_ZONE_ERROR_SECONDS + Math.abs(localMs - onHostMs) / 1000 };
}

function momentAt(file: FileSurvey, { role, weight, event }: WordedEvent, { atMs, errorSeconds }: Place): EventMoment {
  const { provider, id, recordId } = event;
  return {
    provider,
    id,
    role,
    weight,
    file: file.file.path,
    fromMs: atMs,
    toMs: atMs,
    count: 1,
    clockErrorSeconds: errorSeconds + event.precisionSeconds,
    sample: loggedAt(event, atMs),
    records: recordId === null ? [] : [{ recordId, atMs }],
  };
}

function loggedAt(event: EventInWords, atMs: number): LogEvent {
  const { host, provider, id, recordId, channel, data, line, text } = event;
  return { host, provider, id, atMs, recordId, channel, data, line, text };
}

function wallClocks(events: readonly WordedEvent[], stamps: readonly (Stamp | null)[], order: DateOrder) {
  return events.flatMap(({ event }, index) => {
    const stamp = stamps[index] ?? null;
    if (stamp === null || stamp.kind === 'instant') return [];
    return [{ event, localMs: wallClock(stamp, order) }];
  });
}

/** The newest time that stands in a file, its zone aside; null without any. */
export function newestShown(file: FileSurvey, order: DateOrder): number | null {
  const shown = file.stampSamples.map((stamp) => (stamp.kind === 'instant' ? stamp.epochMs : wallClock(stamp, order)));
  return shown.length > 0 ? largest(shown) : null;
}

/** A day without a year is that of the year nearest to what else is known, and not one after everything. */
function stampOf(time: EventTime, referenceMs: number, newestMs: number): Stamp | null {
  if (time.kind !== 'yearless') return time;
  const { month, day, minuteOfDay } = time;
  const year = new Date(referenceMs).getUTCFullYear();
  const possible = [year - 1, year, year + 1].flatMap((each) => {
    const midnight = new Date(Date.UTC(each, month - 1, day));
    return midnight.getUTCDate() === day ? [midnight.getTime() + minuteOfDay * MINUTE_MS] : [];
  });
  const [nearest] = possible
    .filter((ms) => ms <= newestMs + DAY_MS)
    .sort((a, b) => Math.abs(a - referenceMs) - Math.abs(b - referenceMs));
  return nearest === undefined ? null : { kind: 'local', localMs: nearest };
}
