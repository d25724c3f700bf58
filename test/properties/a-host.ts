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

/** Captures of a churn seen by netstat, a leak seen by CSVs, and a healthy host, whose rows a property may change. */
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
