import { largest, smallest } from '../../model/extremes.js';
import { grouped } from '../../model/grouped.js';
import type { ReportInput } from '../../model/report.js';
import type { Stamp } from '../../model/stamp.js';
import { stampInName } from '../../parsers/text/parse-stamp.js';
import { instantsInOrder, type ClockReading } from '../clock/appended-order.js';
import type { DateOrder } from '../../model/stamp.js';
import { readByFileTime } from '../clock/file-time.js';
import { readingOf, type HostClock } from '../clock/host-clock.js';
import type { SnapshotSurvey } from '../survey/snapshot-survey.js';
import type { FileSurvey } from '../survey/survey-file.js';
import { ALWAYS, inWindow, type Window } from './window.js';

/** A file name or a stamp in a file is written by the second or the minute; the dump itself takes some seconds. */
const IN_FILE_ERROR_SECONDS = 2;
const FILE_NAME_ERROR_SECONDS = 60;
/** Copies and checkouts reset modification times: a day either way. */
const MODIFICATION_ERROR_SECONDS = 86_400;
/** Unpacked or copied together, files are this near to one another; a series that was saved as it was taken is not. */
const COPIED_TOGETHER_MS = 2000;
/** A log is exported after the last table, or within half an hour before it. */
const AFTER_LOG_MS = 30 * 60_000;
/** Five connections opened this near to one another are a host at work; the table was taken about then, or later. */
const LONGEST_CREATION_SPREAD_SECONDS = 60;

/** A snapshot with its place in time, before its rows are read. */
export interface PlannedSnapshot {
  readonly file: FileSurvey;
  readonly survey: SnapshotSurvey;
  readonly host: string;
  /** Of a modification time: where to put it among the others, never a reason to decide anything. */
  readonly atMs: number | null;
  readonly clockErrorSeconds: number;
  readonly timeSource: ReportInput['timeSource'];
}

/** True where something surer than a modification time dates it. */
export function isDated({ timeSource }: Pick<PlannedSnapshot, 'timeSource'>): boolean {
  return timeSource === 'in-file' || timeSource === 'file-name';
}

type Place = Pick<PlannedSnapshot, 'atMs' | 'clockErrorSeconds' | 'timeSource'>;
const NOWHERE: Place = { atMs: null, clockErrorSeconds: 0, timeSource: 'unknown' };

/** What is known of a host when its snapshots are put in order. */
export interface Placing {
  readonly clock: HostClock;
  /** First and last event of its logs (UTC milliseconds); null without one. */
  readonly logged: { readonly fromMs: number; readonly toMs: number } | null;
  /** What is asked for of it. */
  readonly window: Window;
}

/** The snapshots of all files: dated ones in time order, then those that only a modification time arranges, then the rest. */
export function planSnapshots(
  files: readonly FileSurvey[],
  hostOf: (file: FileSurvey, hostText: string | null) => string,
  orderOf: (file: FileSurvey) => DateOrder,
  placing: ReadonlyMap<string, Placing>,
): PlannedSnapshot[] {
  const placed = files.flatMap((file) => {
    const inOrder = instantsOf(file, hostOf, orderOf(file), placing);
    return file.snapshots.map((survey, index): PlannedSnapshot => {
      const host = hostOf(file, survey.hostText);
      const clock = placing.get(host)?.clock;
      const place = clock === undefined ? NOWHERE : placeOf(file, survey, clock, orderOf(file), inOrder[index] ?? null);
      return { file, survey, host, ...place };
    });
  });
  const byHost = grouped(placed.map((snapshot) => [snapshot.host, snapshot] as const));
  const misdated = new Set(
    [...byHost].flatMap(([host, own]) => meaninglessTimes(own, placing.get(host)?.logged ?? null)),
  );
  const corrected = placed.map((one) => (misdated.has(one) ? { ...one, ...NOWHERE } : one));
  return withoutOthers(corrected, placing).sort(
    (a, b) =>
      Number(isDated(b)) - Number(isDated(a)) ||
      (a.atMs ?? Infinity) - (b.atMs ?? Infinity) ||
      compareText(a.file.file.path, b.file.file.path) ||
      a.survey.line - b.survey.line,
  );
}

/** Those that are asked for, each once; what is left out, and what has no sure time, is said of its file. */
function withoutOthers(placed: readonly PlannedSnapshot[], placing: ReadonlyMap<string, Placing>): PlannedSnapshot[] {
  const seen = new Set<string>();
  return placed.filter((snapshot) => {
    const { file, survey, host, atMs, timeSource } = snapshot;
    if (isDated(snapshot) && atMs !== null && !inWindow(atMs, placing.get(host)?.window ?? ALWAYS)) {
      file.problems.addProblem('outside-window', survey.line, '');
      return false;
    }
    if (survey.areSeveralCaptures) {
      file.problems.addProblem('several-captures', survey.line, '');
      return false;
    }
    const identity = `${host}|${String(atMs)}|${survey.hash.toString()}`;
    if (atMs !== null && seen.has(identity)) {
      file.problems.addProblem('duplicate-snapshot', survey.line, '');
      return false;
    }
    seen.add(identity);
    if (timeSource === 'unknown') file.problems.addOnce('no-time');
    if (timeSource === 'modified-time') file.problems.addOnce('clock-from-modification-time');
    return true;
  });
}

/** For each snapshot of a file the instant that the order of them and the file's own time prove, where its wall clock meant two. */
function instantsOf(
  file: FileSurvey,
  hostOf: (file: FileSurvey, hostText: string | null) => string,
  order: DateOrder,
  placing: ReadonlyMap<string, Placing>,
): readonly (number | null)[] {
  const { modifiedMs } = file.file;
  const written = file.snapshots.map((survey): ClockReading | null => {
    const stamp = stampOf(file, survey);
    const clock = placing.get(hostOf(file, survey.hostText))?.clock;
    return stamp === null || clock === undefined ? null : readingOf(clock, stamp, order);
  });
  if (!written.some(isOpen)) return [];
  // A file was written last when its last table was.
  const readings = written.map((reading, index) =>
    reading === null || modifiedMs === null || index < written.length - 1
      ? reading
      : readByFileTime(reading, modifiedMs),
  );
  const proven = instantsInOrder(readings);
  return proven.map((atMs, index) => {
    const reading = readings[index] ?? null;
    return isOpen(written[index] ?? null) && reading !== null && !isOpen(reading) ? reading.beforeMs : atMs;
  });
}

/** The time of its own, else the one in the file's name, which is that of the last table in it. */
export function stampOf(file: FileSurvey, survey: SnapshotSurvey): Stamp | null {
  return survey.stamp ?? (survey === file.snapshots.at(-1) ? stampInName(file.file.path) : null);
}

function isOpen(reading: ClockReading | null): boolean {
  return reading !== null && reading.beforeMs !== reading.afterMs;
}

function placeOf(
  file: FileSurvey,
  survey: SnapshotSurvey,
  clock: HostClock,
  order: DateOrder,
  provenMs: number | null,
): Place {
  const resolve = (stamp: Stamp, ownError: number): Pick<Place, 'atMs' | 'clockErrorSeconds'> | null => {
    const atMs = clock.toUtc(stamp, order);
    const zoneError = stamp.kind === 'instant' ? 0 : clock.errorSeconds(atMs);
    return Number.isNaN(atMs) ? null : { atMs, clockErrorSeconds: zoneError + ownError };
  };
  if (provenMs !== null) {
    return survey.stamp === null
      ? { atMs: provenMs, clockErrorSeconds: FILE_NAME_ERROR_SECONDS, timeSource: 'file-name' }
      : { atMs: provenMs, clockErrorSeconds: IN_FILE_ERROR_SECONDS, timeSource: 'in-file' };
  }
  if (survey.stamp !== null) {
    const inFile = resolve(survey.stamp, IN_FILE_ERROR_SECONDS);
    if (inFile !== null) return { ...inFile, timeSource: 'in-file' };
    file.problems.addProblem('bad-time', survey.line, '');
  }
  // A name or a modification time dates the whole file: with several undated dumps in it, only the last is meant.
  const isLast = survey === file.snapshots.at(-1);
  const named = isLast ? stampInName(file.file.path) : null;
  const fromName = named === null ? null : resolve(named, FILE_NAME_ERROR_SECONDS);
  if (fromName !== null) return { ...fromName, timeSource: 'file-name' };
  const created = survey.newest.latest(order);
  if (created !== null && created.spreadSeconds <= LONGEST_CREATION_SPREAD_SECONDS) {
    const fromSockets = resolve(created.stamp, LONGEST_CREATION_SPREAD_SECONDS);
    if (fromSockets !== null) return { ...fromSockets, timeSource: 'in-file' };
  }
  if (!isLast || file.file.modifiedMs === null) return NOWHERE;
  return { atMs: file.file.modifiedMs, clockErrorSeconds: MODIFICATION_ERROR_SECONDS, timeSource: 'modified-time' };
}

/** Snapshots of one host whose modification time is that of a copy: all alike, or outside the time of its log. */
function meaninglessTimes(own: readonly PlannedSnapshot[], logged: Placing['logged']): PlannedSnapshot[] {
  const modified = own.filter(({ timeSource }) => timeSource === 'modified-time');
  const times = modified.map(({ atMs }) => atMs ?? 0);
  if (modified.length > 1 && largest(times) - smallest(times) <= COPIED_TOGETHER_MS) return modified;
  if (logged === null) return [];
  return modified.filter(({ atMs }) => {
    return atMs !== null && (atMs < logged.fromMs || atMs > logged.toMs + AFTER_LOG_MS);
  });
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
