import { bound, connections, type TableRow } from '../../support/capture.js';
import { csvs, dumps, FIRST_PORT as P, type HypothesisCase } from '../case.js';

const EXHAUSTED = { time: '09:40:00', id: 4231 };
const closeWait = (count: number, pid = 3120): TableRow[] => connections('CLOSE_WAIT', P, count, { pid });
const live = (count: number, pid = 3120): TableRow[] => connections('ESTABLISHED', P, count, { pid });
/** Three tables a quarter of an hour apart. */
const series = (rows: (count: number) => TableRow[], a: number, b: number, c: number) => ({
  '09:00:00': rows(a),
  '09:15:00': rows(b),
  '09:30:00': rows(c),
});

export const BOUND_LEAK: readonly HypothesisCase[] = [
  {
    name: 'a full pool, half of it Bound without a connection',
    files: csvs({ '09:40:02': [...bound(P, 450), ...connections('TIME_WAIT', P + 450, 450)] }, [EXHAUSTED]),
    outcome: 'confirmed',
    for: ['leak.for.held'],
    against: [],
    missing: [],
  },
  {
    name: 'a full pool, one port less than half of it Bound',
    files: csvs({ '09:40:02': [...bound(P, 449), ...connections('TIME_WAIT', P + 449, 451)] }, [EXHAUSTED]),
    outcome: 'cannot-tell',
    for: ['leak.for.held'],
    against: [],
    missing: ['leak.missing.series'],
  },
  {
    name: 'Bound ports of one process that keep growing and have reached a tenth of the pool',
    files: csvs(
      series((count) => bound(P, count), 20, 60, 100),
      [],
    ),
    outcome: 'likely',
    for: ['leak.for.growth', 'leak.for.held'],
    against: [],
    missing: [],
  },
  {
    name: 'Bound ports that keep growing below a tenth of the pool',
    files: csvs(
      series((count) => bound(P, count), 20, 60, 99),
      [],
    ),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['leak.missing.series'],
  },
  {
    name: 'Bound ports that stay as they are, a twentieth of the pool',
    files: csvs(
      series((count) => bound(P, count), 50, 50, 50),
      [],
    ),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['leak.missing.series'],
  },
  {
    name: 'fewer Bound ports than a twentieth of the pool',
    files: csvs(
      series((count) => bound(P, count), 49, 49, 49),
      [],
    ),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
  {
    name: 'few Bound ports within the hour after an onset: a leak would still be there',
    files: csvs({ '10:39:00': bound(P, 10) }, [EXHAUSTED]),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
  {
    name: 'few Bound ports more than an hour after an onset',
    files: csvs({ '10:41:00': bound(P, 10) }, [EXHAUSTED]),
    outcome: 'cannot-tell',
    for: [],
    against: ['leak.against.small'],
    missing: ['leak.missing.near'],
  },
  {
    name: 'netstat without -q, which never shows Bound ports',
    files: dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [EXHAUSTED]),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['leak.missing.unseen'],
  },
  {
    name: 'Bound twins of live connections',
    files: csvs({ '09:40:02': [...live(900), ...bound(P, 900)] }, []),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
];

export const CLOSE_WAIT_LEAK: readonly HypothesisCase[] = [
  {
    name: 'a full pool, half of it in CLOSE_WAIT on the client side',
    files: dumps({ '09:40:02': [...closeWait(450), ...connections('TIME_WAIT', P + 450, 450)] }, [EXHAUSTED]),
    outcome: 'confirmed',
    for: ['leak.for.held'],
    against: [],
    missing: [],
  },
  {
    name: 'CLOSE_WAIT ports that keep growing and have reached a tenth of the pool',
    files: dumps(
      series((count) => closeWait(count), 20, 60, 100),
      [],
    ),
    outcome: 'likely',
    for: ['leak.for.growth', 'leak.for.held'],
    against: [],
    missing: [],
  },
  {
    name: 'CLOSE_WAIT on a listening port: the server side holds no dynamic port',
    files: dumps({ '09:40:02': Array.from({ length: 900 }, (_, at) => closeWaitOnServer(at)).flat() }, []),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
  {
    name: 'a table filtered to TIME_WAIT',
    files: { ...csvs({}, [EXHAUSTED]), 'netstat.txt': filteredToTimeWait() },
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['leak.missing.unseen'],
  },
];

export const ESTABLISHED_LEAK: readonly HypothesisCase[] = [
  {
    name: 'live connections that keep growing until the pool is full',
    files: dumps(
      series((count) => live(count), 300, 600, 900),
      [EXHAUSTED],
    ),
    outcome: 'confirmed',
    for: ['leak.for.growth', 'established.for.stay'],
    against: [],
    missing: [],
  },
  {
    name: 'live connections that double to a tenth of the pool',
    files: dumps(
      series((count) => live(count), 50, 75, 100),
      [],
    ),
    outcome: 'likely',
    for: ['leak.for.growth', 'established.for.stay'],
    against: [],
    missing: [],
  },
  {
    name: 'a crowd that grows and turns over: other connections each time',
    files: dumps(
      {
        '09:30:00': connections('ESTABLISHED', P, 100, { pid: 3120 }),
        '09:35:00': connections('ESTABLISHED', P + 90, 200, { pid: 3120 }),
        '09:40:00': connections('ESTABLISHED', P + 280, 300, { pid: 3120 }),
      },
      [],
    ),
    outcome: 'ruled-out',
    for: ['leak.for.growth'],
    against: ['established.against.turnover'],
    missing: [],
  },
  {
    name: 'live connections that grow and do not double',
    files: dumps(
      series((count) => live(count), 51, 75, 101),
      [],
    ),
    outcome: 'ruled-out',
    for: [],
    against: ['established.against.no-growth'],
    missing: [],
  },
  {
    name: 'few live connections, no event and free ports',
    files: dumps({ '09:30:00': live(49) }, []),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
  {
    name: 'a crowd of live connections seen once',
    files: dumps({ '09:30:00': live(900) }, []),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['leak.missing.series'],
  },
  {
    name: 'a table filtered to TIME_WAIT',
    files: { ...csvs({}, [EXHAUSTED]), 'netstat.txt': filteredToTimeWait() },
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['leak.missing.unseen'],
  },
];

function closeWaitOnServer(index: number): TableRow[] {
  return connections('CLOSE_WAIT', 445, 1, { remote: `10.20.5.9:${String(40_000 + index)}`, pid: 4 });
}

function filteredToTimeWait(): string {
  const rows = connections('TIME_WAIT', P, 100).map(
    ({ local, remote }) => `"2026-03-03T09:50:00Z","${split(local)}","${split(remote)}","TimeWait","0"`,
  );
  const head = '"Timestamp","LocalAddress","LocalPort","RemoteAddress","RemotePort","State","OwningProcess"';
  return [head, ...rows, ''].join('\r\n');
}

function split(endpoint: string): string {
  return endpoint.replace(':', '","');
}
