import { bound, connections, HOST, LISTENERS, netstat, tcpCsv } from '../../support/capture.js';
import { csvs, dumps, FIRST_PORT as P, type HypothesisCase } from '../case.js';

const COLLISION = { time: '09:14:38', id: 4227 };
const FULL = [...connections('ESTABLISHED', P, 10), ...connections('TIME_WAIT', P + 10, 890)];
const EXHAUSTED = { time: '09:14:38', id: 4231 };
const STILL_WAITING = [...connections('ESTABLISHED', P, 10), ...connections('TIME_WAIT', P + 10, 790)];
const NOT_QUITE_FULL = [...connections('ESTABLISHED', P, 10), ...connections('TIME_WAIT', P + 10, 889)];

/** So many ports in TIME_WAIT for each of three servers, always the same ones. */
const staying = (count: number) =>
  [0, 1, 2].flatMap((server) =>
    connections('TIME_WAIT', P + server * 300, count, { remote: `10.20.7.${String(31 + server)}:1433` }),
  );

export const TIME_WAIT_CHURN: readonly HypothesisCase[] = [
  {
    name: 'nine tenths of the pool in use, most of it in TIME_WAIT, beside a 4227',
    files: dumps({ '09:14:40': FULL }, [COLLISION]),
    outcome: 'confirmed',
    for: ['churn.for.full', 'churn.for.collisions'],
    against: [],
    missing: [],
  },
  {
    name: 'a pool full of connections to three servers that were in TIME_WAIT for six minutes and more while it filled',
    files: dumps({ '09:02:40': staying(100), '09:08:40': staying(200), '09:14:40': staying(300) }, [COLLISION]),
    outcome: 'ruled-out',
    for: ['churn.for.full', 'churn.for.collisions'],
    against: ['churn.against.never-expires'],
    missing: [],
  },
  {
    name: 'one port less than nine tenths in use half a minute after a 4227, when the pool may have been full',
    files: dumps({ '09:15:08': NOT_QUITE_FULL }, [COLLISION]),
    outcome: 'likely',
    for: ['churn.for.full', 'churn.for.collisions'],
    against: [],
    missing: [],
  },
  {
    name: 'one port less than nine tenths in use two seconds after a 4227, when it cannot have been',
    files: dumps({ '09:14:40': NOT_QUITE_FULL }, [COLLISION]),
    outcome: 'cannot-tell',
    for: ['churn.for.full', 'churn.for.collisions'],
    against: [],
    missing: ['churn.missing.had-ports'],
  },
  {
    name: 'one port less than nine tenths in use and no event in a log that covers the time',
    files: dumps({ '09:14:40': NOT_QUITE_FULL }, []),
    outcome: 'cannot-tell',
    for: ['churn.for.full'],
    against: [],
    missing: ['missing.unseen'],
  },
  {
    name: 'a pool at 85 % of something else and no event in a log that covers the time',
    files: dumps({ '09:14:40': connections('ESTABLISHED', P, 850) }, []),
    outcome: 'ruled-out',
    for: [],
    against: ['churn.against.other'],
    missing: [],
  },
  {
    name: 'few TIME_WAIT ports and an event that is of UDP alone in a log that covers the time',
    files: dumps({ '09:14:40': connections('TIME_WAIT', P, 40) }, [{ time: '09:15:00', id: 4266 }]),
    outcome: 'ruled-out',
    for: [],
    against: ['churn.against.low'],
    missing: [],
  },
  {
    name: 'four fifths of the pool in TIME_WAIT half a minute after a 4231, when it may have been full',
    files: dumps({ '09:15:08': STILL_WAITING }, [EXHAUSTED]),
    outcome: 'likely',
    for: ['churn.for.full', 'churn.for.drained'],
    against: [],
    missing: [],
  },
  {
    name: 'the same two seconds after it, when it cannot have been',
    files: dumps({ '09:14:40': STILL_WAITING }, [EXHAUSTED]),
    outcome: 'cannot-tell',
    for: ['churn.for.full'],
    against: [],
    missing: ['churn.missing.had-ports'],
  },
  {
    name: 'a full pool with 4231 beside 4227: a program that binds first, not another mechanism',
    files: dumps({ '09:14:40': FULL }, [COLLISION, { time: '09:15:10', id: 4231 }]),
    outcome: 'confirmed',
    for: ['churn.for.full', 'churn.for.collisions', 'churn.for.exhausted'],
    against: [],
    missing: [],
  },
  {
    name: 'a full pool of something else',
    files: csvs({ '09:14:40': [...bound(P, 890), ...connections('TIME_WAIT', P + 890, 10)] }, [COLLISION]),
    outcome: 'ruled-out',
    for: ['churn.for.collisions'],
    against: ['churn.against.other'],
    missing: [],
  },
  {
    name: '4227 and, within half of the shortest delay, a table that is nearly empty',
    files: dumps({ '09:15:30': connections('TIME_WAIT', P, 100) }, [COLLISION]),
    outcome: 'ruled-out',
    for: ['churn.for.collisions'],
    against: ['churn.against.witness'],
    missing: [],
  },
  {
    name: '4227 and a nearly empty table after half of the shortest delay',
    files: dumps({ '09:15:42': connections('TIME_WAIT', P, 100) }, [COLLISION]),
    outcome: 'cannot-tell',
    for: ['churn.for.collisions'],
    against: ['churn.against.low'],
    missing: ['churn.missing.late', 'missing.unseen'],
  },
  {
    name: '4227 and a nearly empty table that was filtered to TIME_WAIT, minutes later',
    files: { ...dumps({}, [COLLISION]), 'netstat.txt': tcpCsv('09:24:38', connections('TIME_WAIT', P, 100), HOST) },
    outcome: 'cannot-tell',
    for: ['churn.for.collisions'],
    against: ['churn.against.low'],
    missing: ['churn.missing.late', 'missing.unseen'],
  },
  {
    name: 'few TIME_WAIT ports and a log without an event over the time',
    files: dumps({ '09:14:40': connections('TIME_WAIT', P, 100) }, []),
    outcome: 'ruled-out',
    for: [],
    against: ['churn.against.low'],
    missing: [],
  },
  {
    name: 'few TIME_WAIT ports and no log',
    files: dumps({ '09:14:40': connections('TIME_WAIT', P, 100) }),
    outcome: 'cannot-tell',
    for: [],
    against: ['churn.against.low'],
    missing: ['missing.log'],
  },
  {
    name: 'events and no port table',
    files: dumps({}, [COLLISION]),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['churn.missing.snapshot'],
  },
  {
    name: 'a full pool whose TIME_WAIT ports may all be the far side’s',
    files: dumps({ '09:14:40': connections('TIME_WAIT', P, 900, { remote: '10.20.9.9:51000' }) }, [COLLISION]),
    outcome: 'likely',
    for: ['churn.for.full', 'churn.for.collisions'],
    against: [],
    missing: ['churn.missing.direction'],
  },
  {
    name: 'a nearly empty table whose time nobody knows, beside a 4227',
    files: {
      ...dumps({}, [COLLISION]),
      'netstat.txt': netstat('', [...LISTENERS, ...connections('TIME_WAIT', P, 100)]).replace('2026-03-03 ', ''),
    },
    outcome: 'cannot-tell',
    for: ['churn.for.collisions'],
    against: ['churn.against.low'],
    missing: ['churn.missing.dated', 'missing.unseen'],
  },
];
