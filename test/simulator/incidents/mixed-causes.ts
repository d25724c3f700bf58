import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, type RateCurve } from '../rate-curve.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { about, every, scenarioOn, site } from './site.js';

const NETSTAT = { as: 'netstat', switches: '-anoq', series: true } as const;
const BIND = { allocation: 'bind-first', ending: 'bound-for-ever' } as const;
const SHOWN = { undeterminedIsHonest: false, highestConfidence: 'high', exhaustion: ['shown'] } as const;

function spell(from: number, perSecond: number): RateCurve {
  return [
    [0, 0],
    [from, 0],
    [from + 60, perSecond],
    [from + 720, perSecond],
    [from + 730, 0],
  ];
}

/** A leak and its restart, a leak beside a churn, a churn with no one destination, and tables with a clock of their own. */
export const MIXED_CAUSES: readonly Incident[] = [
  {
    id: 'leak-before-service-restart',
    story:
      'A service leaks until the pool is full and is restarted; it begins to leak anew. The list of processes is of after the restart.',
    make: (seed) => {
      const at = site(seed, 'leak-before-service-restart', { perSecond: 0.2 });
      const image = at.images[0];
      const clients = [
        caller(
          'leak',
          { image, pid: 4_242, restartsSeconds: [6_600] },
          constantRate(about(at, 3)),
          [at.backend(8_444)],
          BIND,
        ),
      ];
      const moments = [...every(900, 900, 7), 6_900, 7_500, 8_100];
      const scenario = scenarioOn(at, 8_400, moments, clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['bound-leak'],
        culprit: 'PID 4242',
        alsoAtFault: [image],
        destination: null,
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: NETSTAT, processesOf: moments.length - 1 }),
      );
    },
  },
  {
    id: 'leak-before-reboot',
    story: 'A service leaks until the pool is full; the host is restarted and it begins to leak anew.',
    make: (seed) => {
      const at = site(seed, 'leak-before-reboot', { perSecond: 0.2 });
      const image = at.images[0];
      const clients = [
        caller(
          'leak',
          { image, pid: 4_242, endsSeconds: 6_600 },
          [
            [0, about(at, 3)],
            [6_600, 3],
            [6_601, 0],
          ],
          [at.backend(8_444)],
          BIND,
        ),
        caller(
          'leak-again',
          { image, startedSeconds: 6_700 },
          [
            [0, 0],
            [6_700, 0],
            [6_701, 3],
            [9_000, 3],
          ],
          [at.backend(8_444)],
          BIND,
        ),
      ];
      const moments = [...every(900, 900, 7), 7_500, 7_900, 8_300];
      const scenario = scenarioOn(at, 8_400, moments, clients, { reboots: [{ atSeconds: 6_600, downSeconds: 90 }] });
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['bound-leak'],
        culprit: 'PID 4242',
        alsoAtFault: [image],
        destination: null,
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'csv', columns: STAMPED_COLUMNS },
          processesOf: moments.length - 1,
        }),
      );
    },
  },
  {
    id: 'leak-and-churn',
    story: 'A service leaks Bound ports for hours and has most of the pool; a churning poller takes the rest.',
    make: (seed) => {
      const at = site(seed, 'leak-and-churn', { perSecond: 0.2 });
      const [leaking, churning] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('leak', { image: leaking }, constantRate(about(at, 1.6)), [at.backend(8_444)], BIND),
        caller('keeps', { image: leaking }, constantRate(0.02), [at.backend(8_444)], { ending: 'never' }),
        caller('poll', { image: churning }, constantRate(about(at, 60)), [remote]),
      ];
      const scenario = scenarioOn(at, 6_600, every(600, 600, 10), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['bound-leak', 'time-wait-churn'],
        mayContribute: ['bound-leak', 'time-wait-churn'],
        culprit: leaking,
        destination: null,
        settingsHelp: ['no', 'buys-time'],
        alsoAtFault: [churning],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: NETSTAT }),
      );
    },
  },
  {
    id: 'churn-to-many-destinations',
    story:
      'A crawler calls four hundred servers, a connection for each call, and no one of them takes more than a few dozen ports.',
    make: (seed) => {
      const at = site(seed, 'churn-to-many-destinations', { perSecond: 0.4 });
      const image = at.images[0];
      const destinations = Array.from({ length: 400 }, (_, index) => ({
        address: `192.0.2.${String(1 + (index % 200))}`,
        port: index < 200 ? 443 : 80,
      }));
      const clients = [caller('crawl', { image }, spell(600, about(at, 170)), destinations)];
      const scenario = scenarioOn(at, 2_400, [500, 640, 720, 800, 900, 1_000, 1_100, 1_200, 1_400, 2_300], clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['time-wait-churn'],
        culprit: image,
        destination: null,
        settingsHelp: ['yes'],
      };
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: NETSTAT }),
      );
    },
  },
  {
    id: 'tables-hours-ahead-of-the-log',
    story: 'The tables were saved on a machine whose clock is three hours ahead of the log of the host.',
    make: (seed) => {
      const at = site(seed, 'tables-hours-ahead-of-the-log', { perSecond: 0.4 });
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, spell(600, about(at, 185)), [remote])];
      const scenario = scenarioOn(at, 2_400, [500, 640, 720, 800, 900, 1_000, 1_100, 1_200, 1_400, 2_300], clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['time-wait-churn'],
        culprit: image,
        destination: address(remote),
        settingsHelp: ['yes'],
        highestConfidence: 'medium',
      };
      return label(scenario, seed, 'time-wait-churn', right, (outcome) => {
        const log = collect(outcome, seed, { clock: at.clock, tables: false });
        const shiftMs = 11_220_000;
        const ahead = { ...outcome, snapshots: outcome.snapshots.map((one) => ({ ...one, atMs: one.atMs + shiftMs })) };
        const tables = collect(ahead, seed, {
          clock: at.clock,
          log: false,
          netsh: false,
          processes: false,
          tables: NETSTAT,
        });
        return { ...tables, files: [...log.files, ...tables.files] };
      });
    },
  },
];
