import { connections, type TableRow } from '../../support/capture.js';
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

export const ENDPOINT_COLLISION: readonly HypothesisCase[] = [
  {
    name: '4227, a nearly empty pool and one tuple closed and opened again twice',
    files: dumps(IN_TURNS, [COLLISION]),
    outcome: 'confirmed',
    for: ['collision.for.events', 'collision.for.tuple', 'collision.for.empty'],
    against: [],
    missing: [],
  },
  {
    name: 'a tuple opened again only once: that may be chance',
    files: dumps(Object.fromEntries(Object.entries(IN_TURNS).slice(0, 3)), [COLLISION]),
    outcome: 'cannot-tell',
    for: ['collision.for.events', 'collision.for.empty'],
    against: [],
    missing: ['collision.missing.tuple'],
  },
  {
    name: 'a tuple opened again in a pool half full, where chance does that',
    files: dumps(inTurns(most), [COLLISION]),
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
