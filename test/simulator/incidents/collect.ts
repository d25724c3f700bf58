import type { CaptureFile, Shown, SnapshotKind, Written } from '../incident.js';
import type { LogRecord } from '../log-record.js';
import type { Outcome } from '../simulation.js';
import type { Snapshot } from '../snapshot.js';
import { systemLog, type SystemLogOptions } from '../system-log.js';
import { encodeText, type Encoding } from '../writers/encode.js';
import { fileNameTime, stampWithOffset, type HostClock } from '../writers/host-clock.js';
import { netTcpSetting } from '../writers/net-tcp-setting.js';
import { netshDynamicPort, netshExcludedPortRange } from '../writers/netsh.js';
import { netstat, netstatSeries, type NetstatLanguage, type NetstatSwitches } from '../writers/netstat.js';
import { getProcessCsv, tasklistCsv, tasklistServices, tasklistTable } from '../writers/process-list.js';
import { regExport, regQuery, type RegistryValues, rpcInternetQuery } from '../writers/registry.js';
import { tcpConnectionCsv, type CsvColumn } from '../writers/tcp-connection-csv.js';
import { udpEndpointCsv } from '../writers/udp-endpoint-csv.js';

/** What somebody saved. */
export interface Evidence {
  readonly clock: HostClock;
  readonly log?: Partial<SystemLogOptions> | false;
  readonly tables: Tables | false;
  /** `netsh … show dynamicport tcp`; true when absent. */
  readonly netsh?: boolean;
  /** `netsh … show dynamicport udp`; false when absent. */
  readonly netshUdp?: boolean;
  /** `Get-NetTCPSetting`, which alone shows the auto-reuse range. */
  readonly tcpSetting?: boolean;
  readonly excluded?: boolean;
  readonly registry?: { readonly values: RegistryValues; readonly as: 'export' | 'query' };
  /** Ports of the key `Rpc\Internet`, as `reg query` prints it. */
  readonly rpcPorts?: string;
  readonly processes?: 'table' | 'csv' | 'services' | 'get-process' | false;
  /** Snapshot of which the process list is, counted from 0; the first when absent. */
  readonly processesOf?: number;
  readonly udpCsv?: boolean;
}

export type Tables =
  | {
      readonly as: 'netstat';
      readonly switches: NetstatSwitches;
      readonly language?: NetstatLanguage;
      /** One file with `echo %date% %time%` lines instead of a file a moment. */
      readonly series?: boolean;
      readonly encoding?: Encoding;
    }
  | {
      readonly as: 'csv';
      readonly columns?: readonly CsvColumn[];
      /** All moments in one file, told apart by their Timestamp. */
      readonly series?: boolean;
      readonly delimiter?: ',' | ';';
      readonly encoding?: Encoding;
    }
  | { readonly as: 'time-wait-csv' };

export const STAMPED_COLUMNS: readonly CsvColumn[] = [
  'Timestamp',
  'HostName',
  'State',
  'CreationTime',
  'LocalAddress',
  'LocalPort',
  'RemoteAddress',
  'RemotePort',
  'OwningProcess',
];
export const PLAIN_COLUMNS: readonly CsvColumn[] = STAMPED_COLUMNS.slice(2);

/** The files that somebody saved of a run. */
export function collect(outcome: Outcome, seed: number, evidence: Evidence): Written {
  const { clock, tables } = evidence;
  const { host } = outcome.scenario;
  const files: CaptureFile[] = [];
  if (evidence.log !== false) {
    files.push({
      name: 'System.xml',
      bytes: systemLog(outcome, seed, { clock, style: 'event-viewer', ...evidence.log }),
    });
  }
  const written = tables === false ? { files: [], shown: [] } : writeTables(outcome, tables, clock);
  files.push(...written.files);
  if (evidence.netsh !== false) {
    files.push({ name: 'netsh-tcp.txt', bytes: encodeText(netshDynamicPort(host.range, 'tcp'), 'cp850') });
  }
  if (evidence.netshUdp === true && host.udpRange !== undefined) {
    files.push({ name: 'netsh-udp.txt', bytes: encodeText(netshDynamicPort(host.udpRange, 'udp'), 'cp850') });
  }
  if (evidence.tcpSetting === true) {
    const text = netTcpSetting(host);
    files.push({ name: 'Get-NetTCPSetting.txt', bytes: encodeText(text, 'utf-16le') });
  }
  if (evidence.excluded === true) {
    const ranges = (host.exclusions ?? []).map(([first, last]) => ({ first, last }));
    files.push({ name: 'excluded-tcp.txt', bytes: encodeText(netshExcludedPortRange(ranges, 'tcp'), 'cp850') });
  }
  if (evidence.registry !== undefined) {
    const { values, as } = evidence.registry;
    files.push(
      as === 'export'
        ? { name: 'tcpip.reg', bytes: encodeText(regExport(values), 'utf-16le') }
        : { name: 'tcpip-query.txt', bytes: encodeText(regQuery(values), 'cp850') },
    );
  }
  if (evidence.rpcPorts !== undefined) {
    files.push({ name: 'rpc-internet.txt', bytes: encodeText(rpcInternetQuery(evidence.rpcPorts), 'cp850') });
  }
  const listed = outcome.snapshots[evidence.processesOf ?? 0];
  if (evidence.processes !== false && listed !== undefined) {
    files.push(processFile(evidence.processes ?? 'table', listed, clock, host.name, host.startMs));
  }
  const listsDatagrams = tables !== false && tables.as === 'netstat' && tables.switches !== '-anoi';
  if (evidence.udpCsv !== true) return { ...written, files, datagrams: listsDatagrams ? written.shown : [] };
  const file = `${host.name}_udp.csv`;
  files.push({ name: file, bytes: encodeText(udpEndpointCsv(outcome.snapshots, clock, host.name), 'ascii') });
  const datagrams = outcome.snapshots.map((snapshot) => ({ file, kind: 'udp-only' as const, snapshot }));
  return { files, shown: tables === false ? datagrams : written.shown, datagrams };
}

function writeTables(outcome: Outcome, tables: Tables, clock: HostClock): { files: CaptureFile[]; shown: Shown[] } {
  const { snapshots } = outcome;
  const { name } = outcome.scenario.host;
  const each = (
    kind: SnapshotKind,
    fileName: (snapshot: Snapshot) => string,
    text: (snapshot: Snapshot) => string,
    encoding: Encoding,
  ): { files: CaptureFile[]; shown: Shown[] } => ({
    files: snapshots.map((snapshot) => ({ name: fileName(snapshot), bytes: encodeText(text(snapshot), encoding) })),
    shown: snapshots.map((snapshot) => ({ file: fileName(snapshot), kind, snapshot })),
  });
  switch (tables.as) {
    case 'netstat': {
      const { switches, language = 'en', encoding = 'cp850' } = tables;
      const kind = switches === '-anoq' ? 'full' : 'without-bound';
      if (tables.series === true) {
        const bytes = encodeText(netstatSeries(snapshots, switches, clock, language), encoding);
        return {
          files: [{ name: 'netstat.txt', bytes }],
          shown: snapshots.map((snapshot) => ({ file: 'netstat.txt', kind, snapshot })),
        };
      }
      return each(
        kind,
        (snapshot) => `${name}_netstat_${fileNameTime(clock, snapshot.atMs)}.txt`,
        (snapshot) => netstat(snapshot, switches, language),
        encoding,
      );
    }
    case 'csv': {
      const { columns, delimiter = ',', encoding = 'ascii' } = tables;
      const options = { clock, delimiter, hostName: name, ...(columns === undefined ? {} : { columns }) };
      if (tables.series === true) {
        const file = `${name}_connections.csv`;
        return {
          files: [{ name: file, bytes: encodeText(tcpConnectionCsv(snapshots, options), encoding) }],
          shown: snapshots.map((snapshot) => ({ file, kind: 'full', snapshot })),
        };
      }
      return each(
        'full',
        (snapshot) => `${name}_connections_${stampWithOffset(clock, snapshot.atMs)}.csv`,
        (snapshot) => tcpConnectionCsv([snapshot], options),
        encoding,
      );
    }
    case 'time-wait-csv':
      return each(
        'time-wait-only',
        (snapshot) => `${name}_timewait_${fileNameTime(clock, snapshot.atMs)}.csv`,
        (snapshot) => tcpConnectionCsv([snapshot], { clock, states: ['TimeWait'] }),
        'ascii',
      );
  }
}

function processFile(
  as: 'table' | 'csv' | 'services' | 'get-process',
  snapshot: Snapshot,
  clock: HostClock,
  host: string,
  startMs: number,
): CaptureFile {
  switch (as) {
    case 'table':
      return { name: 'tasklist.txt', bytes: encodeText(tasklistTable(snapshot), 'cp850') };
    case 'csv':
      return { name: 'tasklist.csv', bytes: encodeText(tasklistCsv(snapshot), 'utf-16le') };
    case 'services':
      return { name: 'tasklist-svc.txt', bytes: encodeText(tasklistServices(snapshot), 'cp850') };
    case 'get-process':
      return { name: 'processes.csv', bytes: encodeText(getProcessCsv([snapshot], clock, host, startMs), 'ascii') };
  }
}

/** A log record from elsewhere, `seconds` after the simulation's start. */
export function atSeconds(outcome: Outcome, seconds: number, make: (atMs: number) => LogRecord): LogRecord {
  return make(outcome.scenario.host.startMs + Math.round(seconds * 1000));
}
