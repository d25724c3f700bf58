import { label, type Incident } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import type { UdpSpec } from '../scenario.js';
import type { Outcome } from '../simulation.js';
import { encodeText } from '../writers/encode.js';
import { getProcessCsv } from '../writers/process-list.js';
import { caller } from './clients.js';
import { collect, type Tables } from './collect.js';
import { BIND, CSV, HALF_A_PORT, leak, NETSTAT, saved, SMALL, smallSite, twoWays } from './growing-site.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site, type Site } from './site.js';

/** A leak of Bound ports, half a port a second, in tables taken at these moments. */
function boundLeak(id: string, story: string, moments: readonly number[], tables: Tables): Incident {
  return {
    id,
    story,
    make: (seed) => {
      const at = smallSite(seed, id);
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(HALF_A_PORT), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, Math.max(...moments) + 60, moments, clients);
      const right = leak('bound-leak', image, { settingsHelp: ['no'] });
      return saved({ at, seed, scenario, cause: 'bound-leak', right }, tables);
    },
  };
}

/** With a list of the processes of every table. */
function namedInEachLife(outcome: Outcome, at: Site, seed: number) {
  const written = collect(outcome, seed, { clock: at.clock, tables: CSV, processes: false });
  const list = getProcessCsv(outcome.snapshots, at.clock, at.host.name, at.host.startMs);
  return { ...written, files: [...written.files, { name: 'processes.csv', bytes: encodeText(list, 'ascii') }] };
}

/** How fast a leak grows, seen through a pool that it has filled: the slope of a full pool is no slope. */
export const GROWTH: readonly Incident[] = [
  boundLeak(
    'bound-leak-mostly-full',
    'One table before the pool is full and nine after: the leak of 1,800 an hour looks as if it stood still.',
    [4_000, ...every(3_600, 7_200, 9)],
    NETSTAT,
  ),
  boundLeak(
    'bound-leak-seen-only-full',
    'Nobody looked before it hurt: every table is full, and none tells when a port was taken.',
    every(900, 10_000, 6),
    NETSTAT,
  ),
  boundLeak(
    'bound-leak-ages-in-full-pool',
    'Every table is full for eight hours, but the creation times of the sockets tell how they came.',
    [36_000, 36_900, 37_800],
    CSV,
  ),
  {
    id: 'bound-leak-eats-time-wait',
    story: 'A churn fills the pool; the leak takes each port that TIME_WAIT gives back, in tables that are all full.',
    make: (seed) => {
      const at = smallSite(seed, 'bound-leak-eats-time-wait');
      const [image, churning] = at.images;
      const clients = [
        caller('calls', { image: churning }, ramp(5, 60, 60, 120), [at.backend(1_433)], { allocation: 'bind-first' }),
        caller('leak', { image }, constantRate(2), [at.backend(443)], BIND),
      ];
      const scenario = scenarioOn(at, 2_000, every(240, 400, 6), clients);
      const right = leak('bound-leak', image, {
        mechanisms: ['undersized-range'],
        contributing: ['bound-leak', 'time-wait-churn'],
        mayContribute: [],
        // Without the leak the pool would be full as well; in the default range it would not be yet.
        culprit: null,
        contributingProcesses: [churning, image],
        settingsHelp: ['buys-time'],
        advised: 'stop-the-leak',
      });
      return saved({ at, seed, scenario, cause: 'bound-leak', right }, NETSTAT);
    },
  },
  {
    id: 'close-wait-leak-mostly-full',
    story: 'Two tables before the pool is full of CLOSE_WAIT, and eight of the day after.',
    make: (seed) => {
      const at = smallSite(seed, 'close-wait-leak-mostly-full');
      const image = at.images[0];
      const clients = twoWays(at, image, 'close-wait-for-ever', HALF_A_PORT);
      const scenario = scenarioOn(at, 40_000, [1_500, 3_300, ...every(3_600, 9_000, 8)], clients);
      return saved(
        { at, seed, scenario, cause: 'close-wait-leak', right: leak('close-wait-leak', image) },
        { as: 'netstat', switches: '-ano', series: true },
      );
    },
  },
  {
    id: 'established-leak-ages-in-full-pool',
    story:
      'Two tables of a full pool: connections that never end, the oldest of them still there in the second, beside many that live for a minute and a half.',
    make: (seed) => {
      const at = smallSite(seed, 'established-leak-ages-in-full-pool');
      const image = at.images[0];
      const clients = twoWays(at, image, 'never', HALF_A_PORT);
      const scenario = scenarioOn(at, 6_100, [5_600, 6_000], clients);
      const right = leak('established-leak', image, {
        highestConfidence: 'medium',
        settingsHelp: ['buys-time'],
      });
      return saved({ at, seed, scenario, cause: 'established-leak', right }, CSV);
    },
  },
  {
    id: 'udp-leak-mostly-full',
    story: 'UDP sockets that are never closed: two tables while there were free ones, six without.',
    make: (seed) => {
      const at = site(seed, 'udp-leak-mostly-full', { perSecond: 0.1, host: { udpRange: SMALL } });
      const image = at.images[0];
      const udp: UdpSpec[] = [
        ...at.udp,
        { name: 'leak', process: { image }, address: '0.0.0.0', port: 'dynamic', rate: constantRate(HALF_A_PORT) },
      ];
      const scenario = scenarioOn(at, 30_000, [2_000, 4_000, ...every(3_600, 8_000, 6)], [], { udp });
      const right = leak('udp-exhaustion', image, { settingsHelp: ['no', 'buys-time', 'yes'] });
      return label(scenario, seed, 'udp-exhaustion', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          netshUdp: true,
          tables: { as: 'netstat', switches: '-ano', series: true },
        }),
      );
    },
  },
  {
    id: 'bound-leak-restarted-twice',
    story: 'The service is started anew before the pool is full, and leaks again each time; the third life fills it.',
    make: (seed) => {
      const at = smallSite(seed, 'bound-leak-restarted-twice');
      const image = at.images[0];
      const process = { image, services: ['Agent'], restartsSeconds: [4_000, 8_000] };
      const clients = [caller('leak', process, constantRate(HALF_A_PORT), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 14_800, every(700, 700, 21), clients);
      const right = leak('bound-leak', image, { settingsHelp: ['no'] });
      return label(scenario, seed, 'bound-leak', right, (outcome) => namedInEachLife(outcome, at, seed));
    },
  },
  {
    id: 'bound-leak-full-then-restarted',
    story:
      'The pool was full all night; since the service was restarted it leaks again, and the last tables show the new life.',
    make: (seed) => {
      const at = smallSite(seed, 'bound-leak-full-then-restarted');
      const image = at.images[0];
      const process = { image, services: ['Agent'], restartsSeconds: [21_600] };
      const clients = [caller('leak', process, constantRate(HALF_A_PORT), [at.backend(443)], BIND)];
      const moments = [3_000, ...every(3_600, 7_200, 4), 22_800, 23_700, 24_600];
      const scenario = scenarioOn(at, 25_000, moments, clients);
      const right = leak('bound-leak', image, { settingsHelp: ['no'] });
      return label(scenario, seed, 'bound-leak', right, (outcome) => namedInEachLife(outcome, at, seed));
    },
  },
  {
    id: 'bound-leak-mended-by-restart',
    story:
      'The service was restarted with a mended release: the newest tables show next to nothing in use, and no end is near.',
    make: (seed) => {
      const at = smallSite(seed, 'bound-leak-mended-by-restart');
      const image = at.images[0];
      const process = { image, endsSeconds: 9_000 };
      const clients = [caller('leak', process, constantRate(HALF_A_PORT), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 16_000, [1_500, 3_000, 4_500, 7_200, 8_600, ...every(1_800, 10_000, 3)], clients);
      return saved(
        { at, seed, scenario, cause: 'bound-leak', right: leak('bound-leak', image, { settingsHelp: ['no'] }) },
        NETSTAT,
      );
    },
  },
  {
    id: 'churn-that-grows-into-the-pool',
    story: 'The callers of a churn hold more live connections with every table: that is load, and nothing leaks.',
    make: (seed) => {
      const at = smallSite(seed, 'churn-that-grows-into-the-pool');
      const image = at.images[0];
      const clients = [
        caller('calls', { image }, ramp(2, about(at, 30, 0.05), 60, 1_800), [at.backend(1_433)], {
          lifetime: { kind: 'exponential', meanSeconds: 4 },
        }),
      ];
      const scenario = scenarioOn(at, 2_400, every(240, 300, 9), clients);
      const right = churn(image, null, {
        mechanisms: ['time-wait-churn', 'undersized-range'],
        mayContribute: ['undersized-range', 'time-wait-churn'],
        unnamedIsHonest: true,
      });
      return saved(
        { at, seed, scenario, cause: 'time-wait-churn', right },
        { as: 'netstat', switches: '-ano', series: true },
      );
    },
  },
];
