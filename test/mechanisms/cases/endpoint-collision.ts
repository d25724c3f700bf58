import { bound, connections, type TableRow } from '../../support/capture.js';
import { dumps, FIRST_PORT as P, type HypothesisCase } from '../case.js';

const COLLISION = { time: '09:10:00', id: 4227 };
/** One tuple, pinned below the range, alive and waiting in turns. */
const alive = connections('ESTABLISHED', 2101, 1, { remote: '10.20.9.21:102', pid: 4312 });
const waiting = connections('TIME_WAIT', 2101, 1, { remote: '10.20.9.21:102' });
const few = connections('ESTABLISHED', P, 20);
const most = connections('ESTABLISHED', P, 500);

const inTurns = (others: readonly TableRow[]) => ({
  '09:10:05': [...alive, ...others],
  '09:10:15': [...waiting, ...others],
  '09:14:05': [...alive, ...others],
  '09:14:15': [...waiting, ...others],
  '09:18:05': [...alive, ...others],
});
const IN_TURNS = inTurns(few);
const inside = (state: string): TableRow[] =>
  connections(state, P + 900, 1, { remote: '10.20.9.21:102', ...(state === 'TIME_WAIT' ? {} : { pid: 4312 }) });
const insideRange = (others: readonly TableRow[]) => ({
  '09:10:05': [...inside('ESTABLISHED'), ...others],
  '09:10:15': [...inside('TIME_WAIT'), ...others],
  '09:14:05': [...inside('ESTABLISHED'), ...others],
  '09:14:15': [...inside('TIME_WAIT'), ...others],
  '09:18:05': [...inside('ESTABLISHED'), ...others],
});
/** One Bound row shows that the tables list them. */
const WITH_BOUND = inTurns([...few, ...bound(P + 100, 1)]);
const firstOf = (tables: Readonly<Record<string, readonly TableRow[]>>, count: number) =>
  Object.fromEntries(Object.entries(tables).slice(0, count));

export const ENDPOINT_COLLISION: readonly HypothesisCase[] = [
  {
    name: '4227, a nearly empty pool and one pair of a port outside the range closed and opened again',
    files: dumps(firstOf(WITH_BOUND, 3), [COLLISION]),
    outcome: 'confirmed',
    for: ['collision.for.events', 'collision.for.tuple', 'collision.for.empty'],
    against: [],
    missing: [],
  },
  {
    name: 'the same in tables that do not list Bound ports, which may have filled the pool',
    files: dumps(IN_TURNS, [COLLISION]),
    outcome: 'likely',
    for: ['collision.for.events', 'collision.for.tuple', 'collision.for.empty'],
    against: [],
    missing: ['leak.missing.unseen'],
  },
  {
    name: 'one port outside the range towards two far ends of one service in one table',
    files: dumps(
      {
        '09:10:05': [
          ...alive,
          ...connections('ESTABLISHED', 2101, 1, { remote: '10.20.9.22:102', pid: 4312 }),
          ...few,
          ...bound(P + 100, 1),
        ],
      },
      [COLLISION],
    ),
    outcome: 'confirmed',
    for: ['collision.for.events', 'collision.for.port', 'collision.for.empty'],
    against: [],
    missing: [],
  },
  {
    name: 'one live connection from a port outside the range: the port was chosen, and was not seen to come again',
    files: dumps({ '09:10:05': [...alive, ...few, ...bound(P + 100, 1)] }, [COLLISION]),
    outcome: 'likely',
    for: ['collision.for.events', 'collision.for.port', 'collision.for.empty'],
    against: [],
    missing: ['collision.missing.tuple'],
  },
  {
    name: 'a server whose listener was stopped: its port is in no range, and its clients’ ports differ',
    files: dumps(
      {
        '09:10:05': [
          ...connections('ESTABLISHED', 8080, 1, { remote: '10.20.9.21:1044', pid: 4312 }),
          ...connections('ESTABLISHED', 8080, 1, { remote: '10.20.9.22:50102', pid: 4312 }),
          ...few,
          ...bound(P + 100, 1),
        ],
      },
      [COLLISION],
    ),
    outcome: 'cannot-tell',
    for: ['collision.for.events', 'collision.for.empty'],
    against: [],
    missing: ['collision.missing.tuple'],
  },
  {
    name: 'a tuple of the range opened again in a pool half full, where chance does that',
    files: dumps(insideRange(most), [COLLISION]),
    outcome: 'cannot-tell',
    for: ['collision.for.events'],
    against: [],
    missing: ['collision.missing.tuple'],
  },
  {
    name: '4227 beside a full pool, where any port chosen was used before',
    files: dumps({ '09:10:05': connections('TIME_WAIT', P, 900) }, [COLLISION]),
    outcome: 'ruled-out',
    for: ['collision.for.events'],
    against: ['collision.against.full'],
    missing: [],
  },
  {
    name: 'a log over the time without 4227',
    files: dumps(IN_TURNS, []),
    outcome: 'ruled-out',
    for: [],
    against: ['collision.against.no-event'],
    missing: [],
  },
  {
    name: 'no log',
    files: dumps(IN_TURNS),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['missing.log'],
  },
  {
    name: '4227 and no port table',
    files: dumps({}, [COLLISION]),
    outcome: 'cannot-tell',
    for: ['collision.for.events'],
    against: [],
    missing: ['churn.missing.snapshot'],
  },
];
