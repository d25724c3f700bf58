import type { AnalysisOptions } from '../model/analysis.js';
import type { EventGroup } from '../model/event-group.js';
import type { SettingRecord } from '../model/setting.js';
import type { ReportInput } from '../model/report.js';
import type { Stamp } from '../model/stamp.js';
import { findStamp } from '../parsers/stamp.js';
import { groupMoments } from './event-groups.js';
import { decideDateOrder, type DateOrder } from './date-order.js';
import { noteConflicts } from './conflicting-settings.js';
import { decideClock, wallClock, type HostClock } from './host-clock.js';
import { HostNames } from './host-names.js';
import { hostLogs, type HostLog } from './host-logs.js';
import type { LogCoverage } from './log-coverage.js';
import { LoggedConnections } from './logged-connections.js';
import { ProcessDirectory } from './process-directory.js';
import type { FileSurvey, SnapshotSurvey } from './survey-file.js';

/** A file name or a stamp in a file is written by the second or the minute; the dump itself takes some seconds. */
const IN_FILE_ERROR_SECONDS = 2;
const FILE_NAME_ERROR_SECONDS = 60;
/** Copies and checkouts reset modification times: a day either way. */
const MODIFICATION_ERROR_SECONDS = 86_400;

/** A snapshot with its place in time, before its rows are read. */
export interface PlannedSnapshot {
  readonly file: FileSurvey;
  readonly survey: SnapshotSurvey;
  readonly host: string;
  readonly atMs: number | null;
  readonly clockErrorSeconds: number;
  readonly timeSource: ReportInput['timeSource'];
}

/** Everything about one host that fits in memory; the rows of its snapshots are read in the second pass. */
export interface HostEvidence {
  readonly host: string;
  readonly clock: HostClock;
  /** In time order, undated ones last in file order. */
  readonly snapshots: readonly PlannedSnapshot[];
  readonly events: readonly EventGroup[];
  readonly coverage: readonly (LogCoverage & { readonly file: string })[];
  /** The same by channel, each put together from all its files. */
  readonly logs: readonly HostLog[];
  readonly processes: ProcessDirectory;
  readonly settings: readonly { readonly file: string; readonly record: SettingRecord }[];
  /** Outgoing connections that Sysmon or Security logs name with their process. */
  readonly loggedConnections: LoggedConnections;
  /** Local TCP ports that listened in any snapshot. */
  readonly listeners: ReadonlySet<number>;
}

export interface Capture {
  readonly hosts: readonly HostEvidence[];
  readonly orderOf: (file: FileSurvey) => DateOrder;
  readonly hostOf: (file: FileSurvey, hostText: string | null) => string;
  readonly planned: readonly PlannedSnapshot[];
  readonly duplicateOf: ReadonlyMap<FileSurvey, string>;
}

/** Puts the surveyed files on one clock and sorts them by host. */
export function assemble(files: readonly FileSurvey[], options: AnalysisOptions): Capture {
  const duplicateOf = findDuplicates(files);
  const used = files.filter((file) => !duplicateOf.has(file));
  const names = new HostNames();
  for (const file of used) for (const name of namesIn(file)) names.add(name);
  const hostOf = (file: FileSurvey, hostText: string | null): string =>
    hostText === null || hostText === '' ? names.ofPath(file.file.path) : names.canonical(hostText);

  noteConflicts(used, (file) => hostOf(file, null));
  const newestMs = newestKnown(used, options);
  const orders = new Map<FileSurvey, DateOrder>();
  for (const file of used) {
    const fromName = findStamp(file.file.path);
    const samples = fromName === null ? file.stampSamples : [...file.stampSamples, fromName];
    const decided = decideDateOrder(samples, file.language, newestMs);
    if (decided.needed && !decided.certain) file.problems.add('ambiguous-date', 1, '');
    orders.set(file, decided.order);
  }
  const orderOf = (file: FileSurvey): DateOrder => orders.get(file) ?? 'month-first';

  const hostNames = [...new Set(used.flatMap((file) => hostsOf(file, hostOf)))].sort();
  const clocks = new Map(hostNames.map((host) => [host, clockFor(host, used, hostOf, orderOf, options)]));
  const planned = planSnapshots(used, hostOf, orderOf, clocks, options);

  const hosts = hostNames
    .filter((host) => options.host === null || host.toUpperCase() === names.canonical(options.host).toUpperCase())
    .map((host): HostEvidence => {
      const clock = clocks.get(host) ?? clockFor(host, [], hostOf, orderOf, options);
      const coverage = used.flatMap((file) =>
        file.coverage.filter((log) => hostOf(file, log.host) === host).map((log) => ({ ...log, file: file.file.path })),
      );
      return {
        host,
        clock,
        snapshots: planned.filter((snapshot) => snapshot.host === host),
        events: groupMoments(
          used.flatMap((file) => file.events.filter((moment) => hostOf(file, moment.sample.host) === host)),
        ).filter((group) => inWindow(group.fromMs, options) || inWindow(group.toMs, options)),
        coverage,
        logs: hostLogs(coverage),
        processes: new ProcessDirectory(
          used.flatMap((file) =>
            file.processes
              .filter((seen) => hostOf(file, seen.hostText) === host)
              .map((seen) => ({ ...seen, file: file.file.path, order: orderOf(file) })),
          ),
          clock,
        ),
        settings: used
          .filter((file) => hostOf(file, null) === host || hostNames.length === 1)
          .flatMap((file) => file.settings.map((record) => ({ file: file.file.path, record }))),
        loggedConnections: loggedOf(host, used, hostOf),
        listeners: new Set(
          used.flatMap((file) =>
            [...file.listeners].flatMap(([text, ports]) => (hostOf(file, text) === host ? [...ports] : [])),
          ),
        ),
      };
    })
    .filter((host) => host.snapshots.length > 0 || host.events.length > 0 || host.coverage.length > 0);
  return { hosts, orderOf, hostOf, planned, duplicateOf };
}

function loggedOf(host: string, files: readonly FileSurvey[], hostOf: Capture['hostOf']): LoggedConnections {
  const all = new LoggedConnections();
  for (const file of files) {
    for (const [text, connections] of file.loggedConnections) if (hostOf(file, text) === host) all.addAll(connections);
  }
  return all;
}

function findDuplicates(files: readonly FileSurvey[]): Map<FileSurvey, string> {
  const first = new Map<string, string>();
  const duplicates = new Map<FileSurvey, string>();
  for (const file of files) {
    if (file.file.bytes === 0) continue;
    const original = first.get(file.sha256);
    if (original === undefined) first.set(file.sha256, file.file.path);
    else {
      duplicates.set(file, original);
      file.problems.add('duplicate-file', 1, original);
    }
  }
  return duplicates;
}

function* namesIn(file: FileSurvey): Generator<string> {
  for (const snapshot of file.snapshots) if (snapshot.hostText !== null) yield snapshot.hostText;
  for (const log of file.coverage) if (log.host !== '') yield log.host;
  for (const seen of file.processes) if (seen.hostText !== null) yield seen.hostText;
}

function hostsOf(file: FileSurvey, hostOf: Capture['hostOf']): string[] {
  return [
    ...file.snapshots.map((snapshot) => hostOf(file, snapshot.hostText)),
    ...file.coverage.map((log) => hostOf(file, log.host)),
  ];
}

/** The newest instant that anything in the capture tells: stamps cannot lie beyond it. */
function newestKnown(files: readonly FileSurvey[], options: AnalysisOptions): number {
  const modified = files.flatMap((file) => (file.file.modifiedMs === null ? [] : [file.file.modifiedMs]));
  const logged = files.flatMap((file) => file.coverage.map((log) => log.toMs));
  const newest = Math.max(...modified, ...logged);
  return Number.isFinite(newest) ? Math.min(newest, options.generatedAtMs) : options.generatedAtMs;
}

function clockFor(
  host: string,
  files: readonly FileSurvey[],
  hostOf: Capture['hostOf'],
  orderOf: Capture['orderOf'],
  options: AnalysisOptions,
): HostClock {
  const stampOffsets = new Set<number>();
  const sentinelOffsets = new Set<number>();
  const modificationTimes: { localMs: number; modifiedMs: number }[] = [];
  const uptimeEvents: EventGroup[] = [];
  for (const file of files) {
    const mine = file.snapshots.filter((snapshot) => hostOf(file, snapshot.hostText) === host);
    for (const group of file.events) {
      const isUptime = group.provider.toLowerCase() === 'eventlog' && group.id === 6013;
      if (isUptime && hostOf(file, group.sample.host) === host) uptimeEvents.push(group);
    }
    if (mine.length === 0) continue;
    for (const offset of file.sentinelOffsets) sentinelOffsets.add(offset);
    for (const snapshot of mine) {
      const stamp = snapshot.stamp ?? findStamp(file.file.path);
      if (stamp === null) continue;
      if (stamp.kind === 'instant') {
        if (stamp.offsetMinutes !== null) stampOffsets.add(stamp.offsetMinutes);
      } else if (file.file.modifiedMs !== null) {
        modificationTimes.push({ localMs: wallClock(stamp, orderOf(file)), modifiedMs: file.file.modifiedMs });
      }
    }
  }
  return decideClock({ timezone: options.timezone, stampOffsets, sentinelOffsets, uptimeEvents, modificationTimes });
}

function planSnapshots(
  files: readonly FileSurvey[],
  hostOf: Capture['hostOf'],
  orderOf: Capture['orderOf'],
  clocks: ReadonlyMap<string, HostClock>,
  options: AnalysisOptions,
): PlannedSnapshot[] {
  const seen = new Set<string>();
  const planned: PlannedSnapshot[] = [];
  for (const file of files) {
    for (const survey of file.snapshots) {
      const host = hostOf(file, survey.hostText);
      const time = timeOf(file, survey, clocks.get(host), orderOf(file));
      if (time.atMs !== null && !inWindow(time.atMs, options)) {
        file.problems.add('outside-window', survey.line, '');
        continue;
      }
      const identity = `${host}|${String(time.atMs)}|${survey.hash.toString()}`;
      if (time.atMs !== null && seen.has(identity)) {
        file.problems.add('duplicate-snapshot', survey.line, '');
        continue;
      }
      seen.add(identity);
      if (time.timeSource === 'unknown' && !file.problems.has('no-time')) file.problems.add('no-time', 1, '');
      if (time.timeSource === 'modified-time' && !file.problems.has('clock-from-modification-time')) {
        file.problems.add('clock-from-modification-time', 1, '');
      }
      planned.push({ file, survey, host, ...time });
    }
  }
  return planned.sort(
    (a, b) =>
      (a.atMs ?? Infinity) - (b.atMs ?? Infinity) ||
      compareText(a.file.file.path, b.file.file.path) ||
      a.survey.line - b.survey.line,
  );
}

function timeOf(
  file: FileSurvey,
  survey: SnapshotSurvey,
  clock: HostClock | undefined,
  order: DateOrder,
): Pick<PlannedSnapshot, 'atMs' | 'clockErrorSeconds' | 'timeSource'> {
  const resolve = (stamp: Stamp, ownError: number): { atMs: number; clockErrorSeconds: number } | null => {
    if (clock === undefined) return null;
    const atMs = clock.toUtc(stamp, order);
    const zoneError = stamp.kind === 'instant' ? 0 : clock.errorSeconds(atMs);
    return Number.isNaN(atMs) ? null : { atMs, clockErrorSeconds: zoneError + ownError };
  };
  if (survey.stamp !== null) {
    const inFile = resolve(survey.stamp, IN_FILE_ERROR_SECONDS);
    if (inFile !== null) return { ...inFile, timeSource: 'in-file' };
  }
  // A name or a modification time dates the whole file: with several undated dumps in it, only the last is meant.
  if (survey === file.snapshots.at(-1)) {
    const named = findStamp(file.file.path);
    const fromName = named === null ? null : resolve(named, FILE_NAME_ERROR_SECONDS);
    if (fromName !== null) return { ...fromName, timeSource: 'file-name' };
    if (file.file.modifiedMs !== null) {
      return {
        atMs: file.file.modifiedMs,
        clockErrorSeconds: MODIFICATION_ERROR_SECONDS,
        timeSource: 'modified-time',
      };
    }
  }
  return { atMs: null, clockErrorSeconds: 0, timeSource: 'unknown' };
}

function inWindow(ms: number, options: AnalysisOptions): boolean {
  return (options.fromMs === null || ms >= options.fromMs) && (options.toMs === null || ms <= options.toMs);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
