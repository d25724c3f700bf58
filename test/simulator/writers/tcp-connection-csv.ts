import type { Snapshot, StateWord, TableRow } from '../snapshot.js';
import { csvRecord } from './csv.js';
import { cultureDateTime, stampWithOffset, zeroFileTime, type HostClock } from './host-clock.js';

/** Every property of Get-NetTCPConnection in the order of `Format-List *`. */
const ALL_COLUMNS = [
  'Caption',
  'Description',
  'ElementName',
  'InstanceID',
  'CommunicationStatus',
  'DetailedStatus',
  'HealthState',
  'InstallDate',
  'Name',
  'OperatingStatus',
  'OperationalStatus',
  'PrimaryStatus',
  'Status',
  'StatusDescriptions',
  'AvailableRequestedStates',
  'EnabledDefault',
  'EnabledState',
  'OtherEnabledState',
  'RequestedState',
  'TimeOfLastStateChange',
  'TransitioningToState',
  'AggregationBehavior',
  'Directionality',
  'CreationTime',
  'LocalAddress',
  'LocalPort',
  'OwningProcess',
  'AppliedSetting',
  'OffloadState',
  'RemoteAddress',
  'RemotePort',
  'State',
  'PSComputerName',
] as const;

export type CsvColumn = (typeof ALL_COLUMNS)[number] | 'Timestamp' | 'HostName' | 'Protocol' | 'Process';

export interface CsvOptions {
  readonly clock: HostClock;
  readonly delimiter?: ',' | ';';
  /** All columns under a `#TYPE` line when absent. */
  readonly columns?: readonly CsvColumn[];
  readonly hostName?: string;
  /** What `-State` let through. */
  readonly states?: readonly StateWord[];
}

const TYPE_LINE = '#TYPE Microsoft.Management.Infrastructure.CimInstance#ROOT/StandardCimv2/MSFT_NetTCPConnection';

/** `Get-NetTCPConnection | Export-Csv` of one or more moments, lines ended by `\n`. */
export function tcpConnectionCsv(snapshots: readonly Snapshot[], options: CsvOptions): string {
  const { columns = ALL_COLUMNS, delimiter = ',', states, clock } = options;
  const lines = options.columns === undefined ? [TYPE_LINE] : [];
  lines.push(csvRecord(columns, delimiter));
  const zero = zeroFileTime(clock);
  for (const snapshot of snapshots) {
    const stamp = stampWithOffset(clock, snapshot.atMs);
    for (const row of snapshot.rows) {
      if (row.transport !== 'tcp' || row.state === null) continue;
      if (states !== undefined && !states.includes(row.state)) continue;
      const value = (column: CsvColumn): string | null =>
        column === 'Process' ? nameOf(row.pid, snapshot) : cell(column, row, options, zero, stamp);
      lines.push(csvRecord(columns.map(value), delimiter));
    }
  }
  return lines.join('\n') + '\n';
}

/** `@{n='Process';e={(Get-Process -Id $_.OwningProcess).Name}}`: PID 0 is called Idle. */
function nameOf(pid: number, { processes }: Snapshot): string {
  if (pid === 0) return 'Idle';
  return processes.find((process) => process.pid === pid)?.spec.image.replace(/\.exe$/i, '') ?? '';
}

function cell(column: CsvColumn, row: TableRow, options: CsvOptions, zero: string, stamp: string): string | null {
  const connected = row.state !== 'Listen' && row.state !== 'Bound' && row.state !== 'TimeWait';
  switch (column) {
    case 'Timestamp':
      return stamp;
    case 'HostName':
      return options.hostName ?? '';
    case 'Protocol':
      return 'TCP';
    case 'State':
      return row.state;
    case 'CreationTime':
      return row.state === 'TimeWait' ? zero : cultureDateTime(options.clock, row.createdMs);
    case 'LocalAddress':
      return row.localAddress;
    case 'LocalPort':
      return String(row.localPort);
    case 'RemoteAddress':
      return row.remoteAddress;
    case 'RemotePort':
      return String(row.remotePort);
    case 'OwningProcess':
      return String(row.pid);
    case 'InstanceID':
      return `${row.localAddress}++${String(row.localPort)}++${row.remoteAddress}++${String(row.remotePort)}`;
    case 'AppliedSetting':
      return connected ? 'Internet' : null;
    case 'OffloadState':
      return 'InHost';
    case 'EnabledDefault':
      return '2';
    case 'RequestedState':
      return '5';
    case 'TransitioningToState':
      return '12';
    default:
      return null;
  }
}
