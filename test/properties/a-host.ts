import {
  bound,
  connections,
  hostOf,
  LISTENERS,
  netshExclusions,
  netstat,
  netshRange,
  regQuery,
  SQL,
  systemLog,
  TASKS,
  tcpCsv,
  udp,
  type TableRow,
} from '../support/capture.js';
import type { HostReport } from '../../src/model/report.js';

type Files = Readonly<Record<string, string>>;

/** A pool of 400 ports keeps the tables short. */
const RANGE = netshRange(50_000, 400);
const SIDE = { 'netsh.txt': RANGE, 'excluded.txt': netshExclusions([5985, 5985]), 'tasklist.csv': TASKS };

/** Rows of every snapshot as they are, or with some changed by a property. */
export type Change = (rows: readonly TableRow[]) => readonly TableRow[];

const churning = (second: number): TableRow[] => [
  ...LISTENERS,
  ...connections('ESTABLISHED', 50_000, 12),
  ...connections('ESTABLISHED', 50_012, 8, { remote: '203.0.113.9:443', pid: 5000 }),
  ...connections('TIME_WAIT', 50_020 + second, 4 * second),
  ...connections('TIME_WAIT', 50_390, 6, { remote: '203.0.113.9:443' }),
  ...udp(51_000, 4),
];

const CHURN_SECONDS = [
  ['09:14:00', 0],
  ['09:14:30', 30],
  ['09:15:00', 60],
  ['09:15:14', 74],
] as const;

/** Live connections, each with its Bound twin in the other family, beside ports that are bound and nothing else. */
const boundRows = (leaked: number): TableRow[] => [
  ...LISTENERS,
  ...connections('ESTABLISHED', 50_000, 40, { pid: 3120 }),
  ...bound(50_000, 40).map((row) => ({ ...row, local: row.local.replace('0.0.0.0', '[::]'), remote: '[::]:0' })),
  ...connections('TIME_WAIT', 50_040, 5, { remote: '203.0.113.9:443' }),
  // As many ports for one program as for the other: no order of rows may decide who comes first.
  ...connections('ESTABLISHED', 50_045, 2, { remote: '203.0.113.20:443', pid: 5000 }),
  ...connections('ESTABLISHED', 50_047, 2, { remote: '203.0.113.10:443', pid: 4312 }),
  ...bound(50_050, leaked),
  ...udp(51_000, 6),
];

const datagramRows = (leaked: number): TableRow[] => [
  ...LISTENERS,
  ...connections('ESTABLISHED', 50_000, 20),
  ...udp(53, 1),
  ...udp(52_000, leaked, 3120),
  ...udp(52_390, 4, 5000),
  ...udp(52_394, 4, 4312),
];

/** The moments of a growing table, as a loop of `netstat` under dated prompts. */
function growing(change: Change, rows: (leaked: number) => TableRow[], leaked: readonly number[]): string {
  const times = ['06:00:00', '07:00:00', '08:00:00', '09:00:30'];
  return leaked.map((count, index) => netstat(times[index] ?? '', [...change(rows(count))])).join('\r\n');
}

/**
 * Captures of a churn seen by netstat, a leak seen by CSVs, one seen by `netstat -q`, a leak of datagram sockets, and a healthy
 * host, whose rows a property may change.
 */
export const CAPTURES: Readonly<Record<string, (change: Change) => Files>> = {
  churn: (change) => ({
    ...SIDE,
    'netstat.txt': CHURN_SECONDS.map(([time, second]) => netstat(time, [...change(churning(second))])).join('\r\n'),
    'System.xml': systemLog([
      { time: '08:40:00', id: 7045, provider: 'Service Control Manager' },
      { time: '09:15:10', id: 4227 },
      { time: '09:15:12', id: 4227 },
      { time: '09:15:40', id: 5719, provider: 'NETLOGON' },
    ]),
    'reg.txt': regQuery({ TcpTimedWaitDelay: 120 }),
  }),
  leak: (change) => ({
    ...SIDE,
    ...Object.fromEntries(
      ['06', '07', '08', '09'].map((hour, index) => [
        `tcp-${hour}.csv`,
        tcpCsv(
          `${hour}:00:00`,
          [
            ...change([...LISTENERS, ...connections('ESTABLISHED', 50_000, 15), ...bound(50_015, 90 * (index + 1))]),
          ].filter(({ transport }) => transport === 'TCP'),
        ),
      ]),
    ),
    'System.xml': systemLog([{ time: '09:00:20', id: 4231 }]),
  }),
  boundSockets: (change) => ({
    ...SIDE,
    'netstat.txt': growing(change, boundRows, [80, 170, 260, 350]),
    'System.xml': systemLog([{ time: '09:00:20', id: 4231 }]),
  }),
  datagrams: (change) => ({
    ...SIDE,
    'netsh-udp.txt': netshRange(52_000, 400, 'udp'),
    'netstat.txt': growing(change, datagramRows, [90, 190, 290, 390]),
    'System.xml': systemLog([{ time: '09:00:20', id: 4266 }]),
  }),
  healthy: (change) => ({
    ...SIDE,
    'netstat.txt': netstat('09:10:00', [
      ...change([...LISTENERS, ...connections('ESTABLISHED', 50_000, 30, { remote: SQL }), ...udp(50_100, 6)]),
    ]),
    'System.xml': systemLog([]),
  }),
};

export const unchanged: Change = (rows) => rows;

/** The host's report without the lines that it leads to. */
export async function reportWithoutSources(files: Files): Promise<HostReport> {
  return withoutSources(await hostOf(files)) as HostReport;
}

function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'sources');
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutSources(inner)]));
}
