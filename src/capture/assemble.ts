import type { AnalysisOptions } from '../model/analysis.js';
import type { EventGroup } from '../model/event-group.js';
import type { SettingRecord } from '../model/setting.js';
import { stampInName } from '../parsers/stamp.js';
import { groupMoments } from './event-groups.js';
import { decideDateOrder, type DateOrder, type LoggedSpan } from './date-order.js';
import { markBrokenOffDumps } from './broken-off-dumps.js';
import { noteConflicts } from './conflicting-settings.js';
import { foreignTables } from './foreign-tables.js';
import { decideClock, wallClock, type HostClock } from './host-clock.js';
import { HostNames, UNKNOWN_HOST } from './host-names.js';
import { hostLogs, type HostLog } from './host-logs.js';
import type { LogCoverage } from './log-coverage.js';
import { LoggedConnections } from './logged-connections.js';
import { inWindow, planSnapshots, type PlannedSnapshot, type Placing } from './planned-snapshots.js';
import { ProcessDirectory } from './process-directory.js';
import type { FileSurvey } from './survey-file.js';

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
  /** Every host of the evidence, whichever was asked for. */
  readonly hostNames: readonly string[];
  readonly orderOf: (file: FileSurvey) => DateOrder;
  readonly hostOf: (file: FileSurvey, hostText: string | null) => string;
  readonly planned: readonly PlannedSnapshot[];
  readonly duplicateOf: ReadonlyMap<FileSurvey, string>;
}

/** Puts the surveyed files on one clock and sorts them by host. */
export function assemble(files: readonly FileSurvey[], options: AnalysisOptions): Capture {
  const duplicateOf = findDuplicates(files);
  // An earlier report is no evidence; not even its modification time says anything of the others.
  const used = files.filter((file) => !duplicateOf.has(file) && file.format !== 'portmortem-report');
  const names = new HostNames();
  for (const file of used) for (const name of namesIn(file)) names.add(name);
  const named = (file: FileSurvey, hostText: string | null): string =>
    hostText === null || hostText === '' ? names.ofPath(file.file.path) : names.canonical(hostText);
  const foreign = foreignTables(used, named);
  for (const file of foreign) file.problems.add('other-addresses', 1, '');
  const hostOf = (file: FileSurvey, hostText: string | null): string =>
    foreign.has(file) ? UNKNOWN_HOST : named(file, hostText);
  markBrokenOffDumps(used, hostOf);

  noteConflicts(used, (file) => hostOf(file, null));
  const newestMs = newestKnown(used, options);
  const logged = loggedSpan(used);
  const orders = new Map<FileSurvey, DateOrder>();
  for (const file of used) {
    const fromName = stampInName(file.file.path);
    const samples = fromName === null ? file.stampSamples : [...file.stampSamples, fromName];
    const decided = decideDateOrder(samples, file.language, newestMs, logged);
    if (decided.needed && !decided.certain) file.problems.add('ambiguous-date', 1, '');
    orders.set(file, decided.order);
  }
  const orderOf = (file: FileSurvey): DateOrder => orders.get(file) ?? 'month-first';

  const hostNames = [...new Set(used.flatMap((file) => hostsOf(file, hostOf)))].sort();
  const clocks = new Map(hostNames.map((host) => [host, clockFor(host, used, hostOf, orderOf, options)]));
  const placing = new Map(
    [...clocks].map(([host, clock]) => [host, { clock, logged: loggedTime(host, used, hostOf) }]),
  );
  const planned = planSnapshots(used, hostOf, orderOf, placing, options);

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
  return { hosts, hostNames, orderOf, hostOf, planned, duplicateOf };
}

function loggedOf(host: string, files: readonly FileSurvey[], hostOf: Capture['hostOf']): LoggedConnections {
  const all = new LoggedConnections();
  for (const file of files) {
    for (const [text, connections] of file.loggedConnections) if (hostOf(file, text) === host) all.addAll(connections);
  }
  return all;
}

function loggedTime(host: string, files: readonly FileSurvey[], hostOf: Capture['hostOf']): Placing['logged'] {
  const logs = files.flatMap((file) => file.coverage.filter((log) => hostOf(file, log.host) === host));
  if (logs.length === 0) return null;
  return { fromMs: Math.min(...logs.map(({ fromMs }) => fromMs)), toMs: Math.max(...logs.map(({ toMs }) => toMs)) };
}

function findDuplicates(files: readonly FileSurvey[]): Map<FileSurvey, string> {
  const first = new Map<string, string>();
  const duplicates = new Map<FileSurvey, string>();
  for (const file of files) {
    // Nothing is like nothing: neither empty files nor those that could not be read are copies of one another.
    if (file.bytesRead === 0) continue;
    // Undated tables under names with different times may be alike because nothing had changed.
    const isUndated = file.snapshots.some(({ stamp }) => stamp === null);
    const key = `${file.sha256}|${isUndated ? JSON.stringify(stampInName(file.file.path)) : ''}`;
    const original = first.get(key);
    if (original === undefined) first.set(key, file.file.path);
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

/** What the logs of the capture cover together; null without any. */
function loggedSpan(files: readonly FileSurvey[]): LoggedSpan | null {
  const logs = files.flatMap((file) => file.coverage);
  if (logs.length === 0) return null;
  return {
    fromMs: Math.min(...logs.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...logs.map(({ toMs }) => toMs)),
  };
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
      const stamp = snapshot.stamp ?? stampInName(file.file.path);
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
