import {
  bound,
  connections,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  systemLog,
  TASKS,
  tcpCsv,
  type TableRow,
} from '../support/capture.js';

export const COLLISION = { time: '09:14:38', id: 4227 };

/** A host whose pool is full of TIME_WAIT towards one SQL Server, in the range given. */
export function churn(start = 49_152, count = 16_384, more: readonly TableRow[] = []) {
  const rows = [
    ...connections('ESTABLISHED', start, 40),
    ...connections('TIME_WAIT', start + 40, Math.min(count, 65_536 - start) - 40 - more.length),
  ];
  return {
    'netstat.txt': netstat('09:14:40', [...LISTENERS, ...more, ...rows]),
    'System.xml': systemLog([COLLISION]),
    'netsh.txt': netshRange(start, count),
    'excluded.txt': netshExclusions(),
    'tasklist.csv': TASKS,
  };
}

/** A host whose agent holds all ports Bound. */
export function leak() {
  return {
    'tcp.csv': tcpCsv('09:14:40', [...LISTENERS, ...bound(49_152, 16_384)]),
    'System.xml': systemLog([{ time: '09:14:38', id: 4231 }]),
    'netsh.txt': netshRange(),
    'excluded.txt': netshExclusions(),
    'tasklist.csv': TASKS,
  };
}

/** A listener on every address. */
export function listener(port: number, pid: number): TableRow {
  return { transport: 'TCP', local: `0.0.0.0:${String(port)}`, remote: '0.0.0.0:0', state: 'LISTENING', pid };
}
