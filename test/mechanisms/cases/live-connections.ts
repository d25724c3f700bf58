import { connections, netshExclusions, type TableRow } from '../../support/capture.js';
import { dumps, FIRST_PORT as P, type HypothesisCase } from '../case.js';

const EXHAUSTED = { time: '09:40:00', id: 4231 };
const live = (count: number, far = 7): TableRow[] =>
  connections('ESTABLISHED', P, count, { pid: 5000, remote: `10.1.7.${String(far)}:1433` });
const waiting = (from: number, count: number, far = 7): TableRow[] =>
  connections('TIME_WAIT', P + from, count, { remote: `10.1.7.${String(far)}:1433` });
const syn = (count: number): TableRow[] => connections('SYN_SENT', P, count, { remote: '203.0.113.9:443', pid: 5000 });
const steady = (rows: readonly TableRow[]) => ({ '09:10:00': rows, '09:25:00': rows, '09:40:02': rows });
/** The same live connections in every table; nothing waits for a quarter of an hour. */
const crowdBesideWaiting = (crowd: number, count: number) => ({
  '09:10:00': [...live(crowd), ...waiting(crowd, count, 1)],
  '09:25:00': [...live(crowd), ...waiting(crowd, count, 2)],
  '09:40:02': [...live(crowd), ...waiting(crowd, count, 3)],
});

export const CONNECTION_SATURATION: readonly HypothesisCase[] = [
  {
    name: 'a crowd of live connections that come and go in three tables of a full pool',
    files: dumps({ '09:10:00': live(900, 1), '09:25:00': live(900, 2), '09:40:02': live(900, 3) }, [EXHAUSTED]),
    outcome: 'confirmed',
    for: ['saturation.for.full'],
    against: [],
    missing: [],
  },
  {
    name: 'the same live connections in three tables of a full pool, which may as well be a leak',
    files: dumps(steady(live(900)), [EXHAUSTED]),
    outcome: 'likely',
    for: ['saturation.for.full'],
    against: [],
    missing: ['saturation.missing.turnover'],
  },
  {
    name: 'nine tenths of the pool in use without an event that says that it ran out',
    files: dumps({ '09:10:00': live(900, 1), '09:25:00': live(900, 2), '09:40:02': live(900, 3) }, []),
    outcome: 'likely',
    for: ['saturation.for.full'],
    against: [],
    missing: [],
  },
  {
    name: 'the same in one table',
    files: dumps({ '09:40:02': live(900) }, [EXHAUSTED]),
    outcome: 'likely',
    for: ['saturation.for.full'],
    against: [],
    missing: ['leak.missing.series', 'saturation.missing.turnover'],
  },
  {
    name: 'seven tenths of the pool in use, half of it live',
    files: dumps(crowdBesideWaiting(350, 350), []),
    outcome: 'likely',
    for: ['saturation.for.full'],
    against: [],
    missing: ['saturation.missing.turnover'],
  },
  {
    name: 'one port less than seven tenths in use',
    files: dumps(crowdBesideWaiting(349, 350), []),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
  {
    name: 'a crowd that keeps growing: that is a leak',
    files: dumps({ '09:10:00': live(300), '09:25:00': live(600), '09:40:02': live(900) }, [EXHAUSTED]),
    outcome: 'cannot-tell',
    for: ['saturation.for.full'],
    against: ['saturation.against.growing'],
    missing: ['saturation.missing.turnover'],
  },
  {
    name: 'a full pool with few live connections in it',
    files: dumps({ '09:40:02': [...live(10), ...waiting(10, 890)] }, [EXHAUSTED]),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
];

export const SYN_SENT_PILEUP: readonly HypothesisCase[] = [
  {
    name: 'a full pool, half of it in SYN_SENT',
    files: dumps({ '09:40:02': [...syn(450), ...waiting(450, 450)] }, [EXHAUSTED]),
    outcome: 'confirmed',
    for: ['syn-sent.for.held'],
    against: [],
    missing: [],
  },
  {
    name: 'a tenth of the pool in SYN_SENT',
    files: dumps({ '09:40:02': syn(100) }, []),
    outcome: 'likely',
    for: ['syn-sent.for.held'],
    against: [],
    missing: [],
  },
  {
    name: 'less than a tenth of the pool in SYN_SENT',
    files: dumps({ '09:40:02': syn(99) }, []),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['syn-sent.missing.while'],
  },
  {
    name: 'less than a twentieth in SYN_SENT and no event',
    files: dumps({ '09:40:02': syn(49) }, []),
    outcome: 'ruled-out',
    for: [],
    against: ['leak.against.small'],
    missing: [],
  },
  {
    name: 'as few without a log: attempts between two tables would leave no trace',
    files: dumps({ '09:40:02': syn(49) }),
    outcome: 'cannot-tell',
    for: [],
    against: ['leak.against.small'],
    missing: ['syn-sent.missing.while'],
  },
  {
    name: 'a table far from the event: attempts time out within seconds',
    files: dumps({ '09:50:00': syn(49) }, [EXHAUSTED]),
    outcome: 'cannot-tell',
    for: [],
    against: ['leak.against.small'],
    missing: ['syn-sent.missing.while'],
  },
  {
    name: 'none of the no ports that exclusions leave',
    files: { ...dumps({ '09:40:02': syn(49) }), 'excluded.txt': netshExclusions([P, P + 999]) },
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['syn-sent.missing.while'],
  },
];
