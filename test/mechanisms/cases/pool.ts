import { connections, netshExclusions, netshRange, udp } from '../../support/capture.js';
import { dumps, FIRST_PORT as P, type HypothesisCase } from '../case.js';

const EXHAUSTED = { time: '09:40:00', id: 4231 };
const UDP_EXHAUSTED = { time: '09:40:00', id: 4266 };
const UPTIME = (days: number) => ({
  time: '07:00:00',
  id: 6013,
  provider: 'EventLog',
  data: ['', '', '', '', String(days * 86_400), '60', '0 Coordinated Universal Time'],
});
const STARTED = (day: string): string => `System Boot Time:          ${day}, 07:00:00\r\n`;
const FROM_FILES = { range: null } as const;
/** So many ports in TIME_WAIT for each of three servers, always the same ones. */
const staying = (count: number) =>
  [0, 1, 2].flatMap((server) =>
    connections('TIME_WAIT', P + server * 300, count, { remote: `10.20.7.${String(31 + server)}:1433` }),
  );
/** A full pool to one server with five live connections from a port on. */
const turning = (from: number) => [
  ...connections('TIME_WAIT', P, from),
  ...connections('ESTABLISHED', P + from, 5),
  ...connections('TIME_WAIT', P + from + 5, 895 - from),
];
const load = (count: number, from = P) => connections('ESTABLISHED', from, count);

export const UNDERSIZED_RANGE: readonly HypothesisCase[] = [
  {
    name: 'a full range of 1,000 ports, which the default would hold',
    files: {
      ...dumps({ '09:40:02': load(900, 10_000) }, [EXHAUSTED]),
      'netsh.txt': netshRange(10_000, 1000),
      'excluded.txt': netshExclusions(),
    },
    options: FROM_FILES,
    outcome: 'confirmed',
    for: ['undersized.for.small', 'undersized.for.full'],
    against: [],
    missing: [],
  },
  {
    name: 'the default range with all but 1,000 ports excluded, full',
    files: {
      ...dumps({ '09:40:02': load(900, 49_152) }, [EXHAUSTED]),
      'netsh.txt': netshRange(),
      'excluded.txt': netshExclusions([50_152, 65_535, '*']),
    },
    options: FROM_FILES,
    outcome: 'confirmed',
    for: ['undersized.for.small', 'undersized.for.full'],
    against: [],
    missing: [],
  },
  {
    name: 'a small range under pressure and not full',
    files: { ...dumps({ '09:40:02': load(700, 10_000) }, []), 'netsh.txt': netshRange(10_000, 1000) },
    options: FROM_FILES,
    outcome: 'likely',
    for: ['undersized.for.small'],
    against: ['undersized.against.free'],
    missing: ['undersized.missing.exclusions', 'undersized.missing.full'],
  },
  {
    name: 'a small range with ports to spare and no event',
    files: { ...dumps({ '09:40:02': load(699, 10_000) }, []), 'netsh.txt': netshRange(10_000, 1000) },
    options: FROM_FILES,
    outcome: 'ruled-out',
    for: ['undersized.for.small'],
    against: ['undersized.against.free'],
    missing: [],
  },
  {
    name: 'one port less than the default, with ports to spare and an event',
    files: {
      ...dumps({ '09:50:02': load(100, 49_153) }, [EXHAUSTED]),
      'netsh.txt': netshRange(49_153, 16_383),
      'excluded.txt': netshExclusions(),
    },
    options: FROM_FILES,
    outcome: 'cannot-tell',
    for: ['undersized.for.small'],
    against: ['undersized.against.free'],
    missing: ['undersized.missing.full'],
  },
  {
    name: 'the default range with its exclusions captured',
    files: {
      ...dumps({ '09:50:02': load(100) }, [EXHAUSTED]),
      'netsh.txt': netshRange(),
      'excluded.txt': netshExclusions([5985, 5985]),
    },
    options: FROM_FILES,
    outcome: 'ruled-out',
    for: [],
    against: ['undersized.against.large'],
    missing: [],
  },
  {
    name: 'a range nobody captured, full at exactly the ports that the list of exclusions leaves',
    files: {
      ...dumps({ '09:40:02': load(1000, 49_152) }, [EXHAUSTED]),
      'excluded.txt': netshExclusions([50_152, 65_535]),
    },
    options: FROM_FILES,
    outcome: 'confirmed',
    for: ['undersized.for.small', 'undersized.for.full'],
    against: [],
    missing: [],
  },
  {
    name: 'the same with ports to spare, so that the range may be another one',
    files: {
      ...dumps({ '09:40:02': load(950, 49_152) }, [EXHAUSTED]),
      'excluded.txt': netshExclusions([50_152, 65_535]),
    },
    options: FROM_FILES,
    outcome: 'likely',
    for: ['undersized.for.small', 'undersized.for.full'],
    against: [],
    missing: [],
  },
  {
    name: 'a range nobody captured, from which nothing is excluded',
    files: { ...dumps({ '09:40:02': load(900) }, [EXHAUSTED]), 'excluded.txt': netshExclusions() },
    options: FROM_FILES,
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['undersized.missing.range'],
  },
  {
    name: 'a range nobody captured',
    files: dumps({ '09:40:02': load(900) }, [EXHAUSTED]),
    options: FROM_FILES,
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['undersized.missing.range'],
  },
];

export const STUCK_TIME_WAIT: readonly HypothesisCase[] = [
  {
    name: 'the same ports in TIME_WAIT for ten minutes on a host up for 497 days',
    files: dumps(
      {
        '09:30:00': connections('TIME_WAIT', P, 900),
        '09:35:00': connections('TIME_WAIT', P, 900),
        '09:40:02': connections('TIME_WAIT', P, 900),
      },
      [UPTIME(497), EXHAUSTED],
    ),
    outcome: 'confirmed',
    for: ['stuck.for.uptime', 'stuck.for.outlived'],
    against: [],
    missing: [],
  },
  {
    name: 'the same ports in TIME_WAIT for ten minutes, of which others had gone within two minutes before the pool was full',
    files: dumps(
      {
        '09:26:00': [],
        '09:27:00': connections('TIME_WAIT', P, 20),
        '09:28:00': [],
        '09:30:00': connections('TIME_WAIT', P, 900),
        '09:35:00': connections('TIME_WAIT', P, 900),
        '09:40:02': connections('TIME_WAIT', P, 900),
      },
      [EXHAUSTED],
    ),
    outcome: 'ruled-out',
    for: [],
    against: ['stuck.against.measured'],
    missing: [],
  },
  {
    name: 'a pool full of the same ports for ten minutes on a host up for 600 days, of which each table has others alive',
    files: dumps(
      {
        '09:30:00': turning(0),
        '09:35:00': turning(5),
        '09:40:02': turning(10),
      },
      [UPTIME(600), EXHAUSTED],
    ),
    outcome: 'ruled-out',
    for: ['stuck.for.uptime'],
    against: ['stuck.against.reopened'],
    missing: [],
  },
  {
    name: 'connections to three servers that stay in TIME_WAIT while the pool fills, uptime unknown',
    files: dumps({ '09:28:00': staying(100), '09:34:00': staying(200), '09:40:02': staying(300) }, [EXHAUSTED]),
    outcome: 'likely',
    for: ['stuck.for.outlived'],
    against: [],
    missing: [],
  },
  {
    name: 'the same ports in TIME_WAIT for ten minutes on a host up for 496 days, which only chimney offload explains',
    files: dumps(
      {
        '09:30:00': connections('TIME_WAIT', P, 900),
        '09:35:00': connections('TIME_WAIT', P, 900),
        '09:40:02': connections('TIME_WAIT', P, 900),
      },
      [UPTIME(496), EXHAUSTED],
    ),
    outcome: 'likely',
    for: ['stuck.for.uptime', 'stuck.for.outlived'],
    against: [],
    missing: [],
  },
  {
    name: 'the same ports in TIME_WAIT for ten minutes, of a pool with room, on a host up for 247 days',
    files: dumps(
      {
        '09:30:00': connections('TIME_WAIT', P, 870),
        '09:35:00': connections('TIME_WAIT', P, 880),
        '09:40:02': connections('TIME_WAIT', P, 890),
      },
      [UPTIME(247), EXHAUSTED],
    ),
    outcome: 'ruled-out',
    for: ['stuck.for.outlived'],
    against: ['stuck.against.uptime'],
    missing: [],
  },
  {
    name: 'a pool full of TIME_WAIT on a host up for 247 days',
    files: dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [UPTIME(247), EXHAUSTED]),
    outcome: 'ruled-out',
    for: [],
    against: ['stuck.against.uptime'],
    missing: [],
  },
  {
    name: 'a pool full of TIME_WAIT on a host up for 248 days, seen once',
    files: dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [UPTIME(248), EXHAUSTED]),
    outcome: 'cannot-tell',
    for: ['stuck.for.uptime'],
    against: [],
    missing: ['stuck.missing'],
  },
  {
    name: 'a pool full of TIME_WAIT on a host that systeminfo shows up for 247 days',
    files: {
      ...dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [EXHAUSTED]),
      'systeminfo.txt': STARTED('6/29/2025'),
    },
    outcome: 'ruled-out',
    for: [],
    against: ['stuck.against.uptime'],
    missing: [],
  },
  {
    name: 'a pool full of TIME_WAIT on a host that systeminfo shows up for 248 days',
    files: {
      ...dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [EXHAUSTED]),
      'systeminfo.txt': STARTED('6/28/2025'),
    },
    outcome: 'cannot-tell',
    for: ['stuck.for.uptime'],
    against: [],
    missing: ['stuck.missing'],
  },
  {
    name: 'a pool full of TIME_WAIT on a host whose start may be of March or of January',
    files: {
      ...dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [EXHAUSTED]),
      'systeminfo.txt': STARTED('1/3/2026'),
    },
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['stuck.missing'],
  },
  {
    name: 'a pool full of TIME_WAIT on a host that the log shows started anew after the start that systeminfo shows',
    files: {
      ...dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [
        { time: '08:00:00', id: 6005, provider: 'EventLog' },
        EXHAUSTED,
      ]),
      'systeminfo.txt': STARTED('6/29/2025'),
    },
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['stuck.missing'],
  },
  {
    name: 'a pool full of TIME_WAIT seen once, uptime unknown',
    files: dumps({ '09:40:02': connections('TIME_WAIT', P, 900) }, [EXHAUSTED]),
    outcome: 'cannot-tell',
    for: [],
    against: [],
    missing: ['stuck.missing'],
  },
];

export const UDP_EXHAUSTION: readonly HypothesisCase[] = [
  {
    name: '4266 beside a UDP pool that is nine tenths full',
    files: dumps({ '09:40:02': udp(49_152, 14_746) }, [UDP_EXHAUSTED]),
    outcome: 'confirmed',
    for: ['udp.for.events', 'udp.for.full'],
    against: [],
    missing: [],
  },
  {
    name: '4266 beside a UDP pool with one port more to spare',
    files: dumps({ '09:40:02': udp(49_152, 14_745) }, [UDP_EXHAUSTED]),
    outcome: 'likely',
    for: ['udp.for.events'],
    against: [],
    missing: ['udp.missing.snapshot'],
  },
  {
    name: '4266 and no table at all',
    files: dumps({}, [UDP_EXHAUSTED]),
    outcome: 'likely',
    for: ['udp.for.events'],
    against: [],
    missing: ['udp.missing.snapshot'],
  },
  {
    name: 'a DNS server with its 2,500 UDP ports and a log without 4266',
    files: dumps({ '09:40:02': udp(49_152, 2500) }, []),
    outcome: 'ruled-out',
    for: [],
    against: ['udp.against.no-event', 'udp.against.low'],
    missing: [],
  },
  {
    name: 'a few UDP ports and no log',
    files: dumps({ '09:40:02': udp(49_152, 20) }),
    outcome: 'cannot-tell',
    for: [],
    against: ['udp.against.low'],
    missing: ['missing.log'],
  },
];
