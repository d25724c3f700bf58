import { grouped } from '../../model/grouped.js';
import type { SettingRecord } from '../../model/setting.js';
import type { DateOrder } from '../../model/stamp.js';
import type { ClientPorts } from '../survey/client-ports.js';
import type { EventMoment } from '../survey/event-groups.js';
import type { WordedEvent } from '../survey/events-in-words.js';
import type { LogCoverage } from '../survey/log-coverage.js';
import type { LoggedConnections } from '../survey/logged-connections.js';
import type { SnapshotSurvey } from '../survey/snapshot-survey.js';
import type { SeenProcess } from '../survey/seen-processes.js';
import type { FileSurvey } from '../survey/survey-file.js';

/** What the files hold, sorted by host, each list in the order of the files. */
export interface FilesByHost {
  readonly snapshots: ReadonlyMap<string, readonly { readonly file: FileSurvey; readonly survey: SnapshotSurvey }[]>;
  readonly coverage: ReadonlyMap<string, readonly (LogCoverage & { readonly file: string })[]>;
  readonly events: ReadonlyMap<string, readonly EventMoment[]>;
  readonly eventsInWords: ReadonlyMap<string, readonly WordedEvent[]>;
  readonly processes: ReadonlyMap<
    string,
    readonly (SeenProcess & { readonly file: string; readonly order: DateOrder })[]
  >;
  /** By the host of the file. */
  readonly settings: ReadonlyMap<string, readonly { readonly file: string; readonly record: SettingRecord }[]>;
  readonly loggedConnections: ReadonlyMap<string, readonly LoggedConnections[]>;
  readonly listeners: ReadonlyMap<string, readonly ReadonlySet<number>[]>;
  readonly clientPorts: ReadonlyMap<string, readonly ClientPorts[]>;
}

/** Goes through the files once, however many hosts they name: a log that was forwarded may name any number. */
export function filesByHost(
  files: readonly FileSurvey[],
  hostOf: (file: FileSurvey, hostText: string | null) => string,
  orderOf: (file: FileSurvey) => DateOrder,
): FilesByHost {
  const sorted = <Value>(entriesOf: (file: FileSurvey) => Iterable<readonly [string | null, Value]>) =>
    grouped(
      files.flatMap((file) => Array.from(entriesOf(file), ([text, value]) => [hostOf(file, text), value] as const)),
    );
  return {
    snapshots: sorted((file) => file.snapshots.map((survey) => [survey.hostText, { file, survey }] as const)),
    coverage: sorted((file) => file.coverage.map((log) => [log.host, { ...log, file: file.file.path }] as const)),
    events: sorted((file) => file.events.map((moment) => [moment.sample.host, moment] as const)),
    eventsInWords: sorted((file) => file.eventsInWords.map((worded) => [worded.event.host, worded] as const)),
    processes: sorted((file) =>
      file.processes.map((seen) => [seen.hostText, { ...seen, file: file.file.path, order: orderOf(file) }] as const),
    ),
    settings: sorted((file) => file.settings.map((record) => [null, { file: file.file.path, record }] as const)),
    loggedConnections: sorted((file) => file.loggedConnections),
    listeners: sorted((file) => file.listeners),
    // A table that shows no listener does not tell who connected to whom.
    clientPorts: sorted((file) => [...file.clientPorts].filter(([host]) => file.listeners.has(host))),
  };
}
