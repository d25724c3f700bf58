import type { AnalysisOptions } from '../../model/analysis.js';
import type { AddressFamily } from '../../model/endpoint.js';
import type { EventGroup } from '../../model/event-group.js';
import { largest, smallest } from '../../model/extremes.js';
import { STARTED_IDS } from '../../model/event-role.js';
import { grouped } from '../../model/grouped.js';
import type { SettingRecord } from '../../model/setting.js';
import { stampInName } from '../../parsers/text/parse-stamp.js';
import { ClientPorts } from '../survey/client-ports.js';
import { groupMoments, type EventMoment } from '../survey/event-groups.js';
import { decideDateOrder, type LoggedSpan } from '../clock/date-order.js';
import type { DateOrder } from '../../model/stamp.js';
import { withoutCopies } from './copied-tables.js';
import { markBrokenOffDumps } from './broken-off-dumps.js';
import { noteConflicts } from './conflicting-settings.js';
import { filesByHost, type FilesByHost } from './files-by-host.js';
import { decideClock, wallClock, type HostClock } from '../clock/host-clock.js';
import { eventsInTime, newestShown, type Surroundings } from './events-in-time.js';
import { joinedCoverage, type LogCoverage } from '../survey/log-coverage.js';
import type { HostNames } from './host-names.js';
import { filesOfHosts } from './files-of-hosts.js';
import { ALWAYS, inWindow, windowOf, type Window } from './window.js';
import type { HostNaming } from './host-naming.js';
import { hostLogs, type HostLog } from './host-logs.js';
import { LoggedConnections } from '../survey/logged-connections.js';
import { planSnapshots, type Placing, type PlannedSnapshot } from './planned-snapshots.js';
import { ProcessDirectory } from './process-directory.js';
import type { FileSurvey } from '../survey/survey-file.js';

/** Everything about one host that fits in memory; the rows of its snapshots are read in the second pass. */
export interface HostEvidence {
  readonly host: string;
  readonly naming: HostNaming;
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
  /** Local TCP ports from which it connected to service ports, in order. */
  readonly clientPorts: Readonly<Record<AddressFamily, readonly number[]>>;
  /** Those of them that show TIME_WAIT or SYN_SENT. */
  readonly passingPorts: HostEvidence['clientPorts'];
}

export interface Capture {
  readonly hosts: readonly HostEvidence[];
  /** Every host of the evidence, whichever was asked for. */
  readonly hostNames: readonly string[];
  /** False where none of them is the one that was asked for. */
  readonly hasAsked: boolean;
  readonly orderOf: (file: FileSurvey) => DateOrder;
  readonly hostOf: (file: FileSurvey, hostText: string | null) => string;
  readonly planned: readonly PlannedSnapshot[];
  readonly plannedIn: ReadonlyMap<FileSurvey, readonly PlannedSnapshot[]>;
  /** What a file tells in words and no other does, by host. */
  readonly eventsInWords: ReadonlyMap<FileSurvey, ReadonlyMap<string, readonly EventMoment[]>>;
  readonly duplicateOf: ReadonlyMap<FileSurvey, string>;
}

/** Puts the surveyed files on one clock and sorts them by host. */
export function assemble(files: readonly FileSurvey[], options: AnalysisOptions): Capture {
  const { used, duplicateOf, names, hostOf, namingOf } = filesOfHosts(files, options);
  markBrokenOffDumps(used, hostOf);
  noteConflicts(used, (file) => hostOf(file, null));
  const orders = dateOrders(used, options);
  const orderOf = (file: FileSurvey): DateOrder => orders.get(file) ?? 'month-first';

  const byHost = filesByHost(used, hostOf, orderOf);
  const hostNames = hostsIn(byHost);
  const clocks = clocksOf(hostNames, byHost, orderOf, options);
  const asked = new Set(hostNames.filter((host) => isAskedFor(host, options.host, names)));
  const placing = placingOf(clocks, byHost, (host, clock) =>
    asked.has(host) ? windowOf(host, clock, options) : ALWAYS,
  );
  const eventsInWords = wordsInTime(used, { hostOf, orderOf, clocks, logged: byHost.events }, options);
  const planned = withoutCopies(planSnapshots(used, hostOf, orderOf, placing), placing, byHost.events);
  const plannedOf = grouped(planned.map((snapshot) => [snapshot.host, snapshot] as const));
  // What belongs to no host by name belongs to the only one.
  const onlySettings = hostNames.length === 1 ? settingsIn(used) : null;
  const hosts = [...placing]
    .filter(([host]) => asked.has(host))
    .map(([host, { clock, window }]): HostEvidence => ({
      ...evidenceOf(host, clock, byHost, wordsOf(host, eventsInWords), window),
      naming: namingOf(host),
      snapshots: plannedOf.get(host) ?? [],
      settings: onlySettings ?? byHost.settings.get(host) ?? [],
    }))
    .filter((host) => host.snapshots.length > 0 || host.events.length > 0 || host.coverage.length > 0);
  const plannedIn = grouped(planned.map((snapshot) => [snapshot.file, snapshot] as const));
  const told = hostNames.filter((host) => !names.isSetAside(host));
  const inTime = { planned, plannedIn, eventsInWords };
  return { hosts, hostNames: told, hasAsked: asked.size > 0, orderOf, hostOf, ...inTime, duplicateOf };
}

/** Every host with a table or an event. */
function hostsIn({ snapshots, coverage, eventsInWords }: FilesByHost): string[] {
  return [...new Set([...snapshots.keys(), ...coverage.keys(), ...eventsInWords.keys()])].sort();
}

function wordsInTime(
  files: readonly FileSurvey[],
  around: Pick<Surroundings, 'hostOf' | 'orderOf' | 'clocks' | 'logged'>,
  options: AnalysisOptions,
): Capture['eventsInWords'] {
  const newestMs = newestKnown(files, options);
  const shown = files.flatMap((file) => newestShown(file, around.orderOf(file)) ?? []);
  const shownMs = shown.length > 0 ? largest(shown) : null;
  return eventsInTime(files, { ...around, newestMs, shownMs, isZoneGiven: options.timezone !== null });
}

function wordsOf(host: string, inWords: Capture['eventsInWords']): EventMoment[] {
  return [...inWords.values()].flatMap((byHost) => byHost.get(host) ?? []);
}

function placingOf(
  clocks: ReadonlyMap<string, HostClock>,
  byHost: FilesByHost,
  window: (host: string, clock: HostClock) => Window,
): Map<string, Placing> {
  return new Map(
    [...clocks].map(([host, clock]) => {
      const logged = loggedSpan(byHost.coverage.get(host) ?? []);
      return [host, { clock, logged, window: window(host, clock) }];
    }),
  );
}

/** By any of its names; without one, every host but the image that another was made from. */
function isAskedFor(host: string, asked: string | null, names: HostNames): boolean {
  if (asked === null) return !names.isSetAside(host);
  return host.toUpperCase() === names.canonical(asked).toUpperCase();
}

/** Whether day or month comes first in each file; a file that does not tell, and needs to, is said to be ambiguous. */
function dateOrders(files: readonly FileSurvey[], options: AnalysisOptions): Map<FileSurvey, DateOrder> {
  const newestMs = newestKnown(files, options);
  const logged = loggedSpan(files.flatMap(({ coverage }) => coverage));
  const orders = new Map<FileSurvey, DateOrder>();
  for (const file of files) {
    const fromName = stampInName(file.file.path);
    const samples = fromName === null ? file.stampSamples : [...file.stampSamples, fromName];
    const decided = decideDateOrder(samples, file.language, newestMs, logged, file.ordersShown);
    if (decided.needed && !decided.certain) file.problems.addProblem('ambiguous-date', 1, '');
    orders.set(file, decided.order);
  }
  return orders;
}

function settingsIn(files: readonly FileSurvey[]): HostEvidence['settings'] {
  return files.flatMap((file) => file.settings.map((record) => ({ file: file.file.path, record })));
}

/** What stands under the name of a host, but for what needs the other files to be sorted. */
function evidenceOf(
  host: string,
  clock: HostClock,
  byHost: FilesByHost,
  inWords: readonly EventMoment[],
  window: Window,
): Omit<HostEvidence, 'naming' | 'snapshots' | 'settings'> {
  const coverage = byFile(byHost.coverage.get(host) ?? []);
  const events = groupMoments([...(byHost.events.get(host) ?? []), ...inWords]);
  const listeners = new Set((byHost.listeners.get(host) ?? []).flatMap((ports) => [...ports]));
  return {
    host,
    clock,
    events: events.filter(({ fromMs, toMs }) => inWindow(fromMs, window) || inWindow(toMs, window)),
    coverage,
    logs: hostLogs(coverage),
    processes: new ProcessDirectory(byHost.processes.get(host) ?? [], clock, startsIn(events)),
    loggedConnections: loggedOf(byHost.loggedConnections.get(host) ?? []),
    listeners,
    ...portsOf(byHost.clientPorts.get(host) ?? [], listeners),
  };
}

/** When the host started, in UTC milliseconds. */
function startsIn(events: readonly EventGroup[]): number[] {
  return events.filter(({ role, id }) => role === 'boot' && STARTED_IDS.includes(id)).map(({ fromMs }) => fromMs);
}

/** Each log of each file once, whatever the host was called in it. */
function byFile(coverage: HostEvidence['coverage']): HostEvidence['coverage'] {
  const parts = grouped(coverage.map((log) => [`${log.file}|${log.channel}`, log] as const));
  return [...parts.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...joinedCoverage([first, ...others]), file: first.file }],
  );
}

function portsOf(
  lists: readonly ClientPorts[],
  listeners: ReadonlySet<number>,
): Pick<HostEvidence, 'clientPorts' | 'passingPorts'> {
  const all = new ClientPorts();
  for (const ports of lists) all.addAll(ports);
  return {
    clientPorts: { ipv4: all.list('ipv4', listeners), ipv6: all.list('ipv6', listeners) },
    passingPorts: { ipv4: all.listPassing('ipv4', listeners), ipv6: all.listPassing('ipv6', listeners) },
  };
}

function loggedOf(lists: readonly LoggedConnections[]): LoggedConnections {
  const all = new LoggedConnections();
  for (const connections of lists) all.addAll(connections);
  return all;
}

/** What these logs cover together; null without any. */
function loggedSpan(logs: readonly LogCoverage[]): LoggedSpan | null {
  if (logs.length === 0) return null;
  return { fromMs: smallest(logs.map(({ fromMs }) => fromMs)), toMs: largest(logs.map(({ toMs }) => toMs)) };
}

/** The newest instant that anything in the capture tells: stamps cannot lie beyond it. */
function newestKnown(files: readonly FileSurvey[], options: AnalysisOptions): number {
  const modified = files.flatMap((file) => (file.file.modifiedMs === null ? [] : [file.file.modifiedMs]));
  const logged = files.flatMap((file) => file.coverage.map((log) => log.toMs));
  const newest = Math.max(largest(modified), largest(logged));
  return Number.isFinite(newest) ? Math.min(newest, options.generatedAtMs) : options.generatedAtMs;
}

/** The clock of each host, in the order of the names. */
function clocksOf(
  hostNames: readonly string[],
  byHost: FilesByHost,
  orderOf: Capture['orderOf'],
  { timezone }: AnalysisOptions,
): Map<string, HostClock> {
  // One that was given is the same for all of them.
  const given = timezone === null ? null : decideClock({ timezone, ...NOTHING_SEEN });
  return new Map(hostNames.map((host) => [host, given ?? seenClock(host, byHost, orderOf)]));
}

const NOTHING_SEEN = {
  stampOffsets: new Set<number>(),
  sentinelOffsets: new Set<number>(),
  uptimeEvents: [],
  modificationTimes: [],
};

function seenClock(host: string, byHost: FilesByHost, orderOf: Capture['orderOf']): HostClock {
  const stampOffsets = new Set<number>();
  const sentinelOffsets = new Set<number>();
  const modificationTimes: { localMs: number; modifiedMs: number }[] = [];
  const snapshots = byHost.snapshots.get(host) ?? [];
  for (const file of new Set(snapshots.map((snapshot) => snapshot.file))) {
    for (const offset of file.sentinelOffsets) sentinelOffsets.add(offset);
  }
  for (const { file, survey } of snapshots) {
    const stamp = survey.stamp ?? stampInName(file.file.path);
    if (stamp === null) continue;
    if (stamp.kind === 'instant') {
      if (stamp.offsetMinutes !== null) stampOffsets.add(stamp.offsetMinutes);
    } else if (file.file.modifiedMs !== null) {
      modificationTimes.push({ localMs: wallClock(stamp, orderOf(file)), modifiedMs: file.file.modifiedMs });
    }
  }
  const uptimeEvents = (byHost.events.get(host) ?? []).filter(
    ({ provider, id }) => provider.toLowerCase() === 'eventlog' && id === 6013,
  );
  return decideClock({ timezone: null, stampOffsets, sentinelOffsets, uptimeEvents, modificationTimes });
}
