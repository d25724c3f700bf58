import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, ramp, type RateCurve } from '../rate-curve.js';
import { encodeText } from '../writers/encode.js';
import { getProcessCsv } from '../writers/process-list.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { about, every, scenarioOn, site } from './site.js';

const SHOWN = { undeterminedIsHonest: false, highestConfidence: 'high', exhaustion: ['shown'] } as const;
const BIND = { allocation: 'bind-first', ending: 'bound-for-ever' } as const;

/** A load of twelve minutes. */
function spell(from: number, perSecond: number): RateCurve {
  return [
    [0, 0],
    [from, 0],
    [from + 60, perSecond],
    [from + 720, perSecond],
    [from + 730, 0],
  ];
}

/** What fills the pool is only half of it: a second program, a second outage, a range that was made too small. */
export const SECOND_CAUSES: readonly Incident[] = [
  {
    id: 'two-outages-one-morning',
    story:
      'Ninety minutes apart two programs exhaust the pool, one each; between them the tables show it nearly empty for an hour.',
    make: (seed) => {
      const at = site(seed, 'two-outages-one-morning', { perSecond: 0.2 });
      const [first, second] = at.images;
      const clients = [
        caller('first', { image: first }, spell(600, about(at, 180)), [at.backend(443)]),
        caller('second', { image: second }, spell(6_000, about(at, 180)), [at.backend(1_433)]),
      ];
      const moments = [500, 640, 720, 900, 1_200, 1_800, 2_700, 3_600, 4_500, 5_400, 5_900, 6_040, 6_120, 6_300, 6_600];
      const scenario = scenarioOn(at, 7_600, [...moments, 7_400], clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['time-wait-churn'],
        culprit: null,
        destination: null,
        settingsHelp: ['yes'],
        incidents: [['time-wait-churn'], ['time-wait-churn']],
        incidentCulprits: [first, second],
      };
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'two-leaks',
    story: 'One program leaks Bound ports, another never closes what its server has closed; each holds about half.',
    make: (seed) => {
      const at = site(seed, 'two-leaks', { perSecond: 0.2 });
      const [binding, waiting] = at.images;
      const clients = [
        caller('binds', { image: binding }, constantRate(about(at, 1.75, 0.03)), [at.backend(8_444)], BIND),
        caller('waits', { image: waiting }, constantRate(about(at, 1.45, 0.03)), [at.backend(8_080)], {
          ending: 'close-wait-for-ever',
          lifetime: { kind: 'exponential', meanSeconds: 20 },
        }),
      ];
      const scenario = scenarioOn(at, 6_000, every(900, 500, 7), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['bound-leak', 'close-wait-leak'],
        contributing: ['bound-leak', 'close-wait-leak'],
        culprit: binding,
        alsoAtFault: [waiting],
        destination: null,
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'bound-leak-restarting',
    story:
      'The leaking service restarts itself every three hours, so that the ports come back each time: the slope is that of one life.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-restarting', { perSecond: 0.1 });
      const image = at.images[0];
      const perHour = 3_240;
      const process = { image, services: ['Agent'], restartsSeconds: [10_800, 21_600] };
      const clients = [
        caller('leak', process, constantRate(perHour / 3_600), [at.backend(443)], { ...BIND, regular: true }),
      ];
      const scenario = scenarioOn(at, 30_000, every(1_800, 1_200, 16), clients);
      const right: RightAnswer = {
        mechanisms: ['bound-leak'],
        undeterminedIsHonest: false,
        highestConfidence: 'medium',
        exhaustion: ['refuted', 'cannot-tell'],
        culprit: image,
        destination: null,
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) => {
        const tables = { as: 'csv', columns: STAMPED_COLUMNS } as const;
        const written = collect(outcome, seed, { clock: at.clock, tables, processes: false });
        // Each life has its own PID, and the collector lists the processes with every table.
        const list = getProcessCsv(outcome.snapshots, at.clock, at.host.name, at.host.startMs);
        return { ...written, files: [...written.files, { name: 'processes.csv', bytes: encodeText(list, 'ascii') }] };
      });
    },
  },
  {
    id: 'bound-leak-in-small-range',
    story: 'Somebody has shrunk the range to a thousand ports; a leak fills it in an hour, as it would fill any range.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-in-small-range', {
        perSecond: 0.1,
        host: { range: { start: 10_000, count: 1_000 } },
      });
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(about(at, 0.3)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 4_500, every(600, 300, 7), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['bound-leak'],
        mayContribute: ['undersized-range'],
        culprit: image,
        destination: null,
        settingsHelp: ['no', 'buys-time'],
        advised: 'stop-the-leak',
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'undersized-by-winnat-blocks',
    story:
      'The NAT of the containers has reserved 154 blocks of a hundred ports, nearly all of the default range; a load that the range would carry does not fit.',
    make: (seed) => {
      const exclusions = Array.from({ length: 154 }, (_, index): [number, number] => [
        50_060 + index * 100,
        50_159 + index * 100,
      ]);
      const at = site(seed, 'undersized-by-winnat-blocks', { host: { exclusions } });
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, ramp(2, about(at, 40), 300, 900), [remote])];
      const scenario = scenarioOn(at, 2_000, every(180, 280, 8), clients);
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['undersized-range'],
        contributing: ['time-wait-churn'],
        culprit: null,
        innocent: [image],
        destination: address(remote),
        settingsHelp: ['yes'],
        advised: 'exclusion',
      };
      return label(scenario, seed, 'undersized-range', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          excluded: true,
          tables: { as: 'netstat', switches: '-anoq', series: true },
        }),
      );
    },
  },
  {
    id: 'udp-small-range',
    story: 'The UDP range has three hundred ports; a relay opens and closes its sockets all the time and needs more.',
    make: (seed) => {
      const at = site(seed, 'udp-small-range', { host: { udpRange: { start: 50_000, count: 300 } } });
      const udp = [
        ...at.udp,
        {
          name: 'relay',
          process: { image: 'MediaRelay.exe' },
          address: '0.0.0.0',
          port: 'dynamic',
          rate: ramp(5, about(at, 20), 300, 900),
          lifetime: { kind: 'exponential', meanSeconds: 20 },
        } as const,
      ];
      const scenario = scenarioOn(at, 2_400, every(240, 280, 9), [], { udp });
      const right: RightAnswer = {
        ...SHOWN,
        mechanisms: ['udp-exhaustion'],
        mayContribute: ['undersized-range'],
        culprit: null,
        destination: null,
        settingsHelp: ['yes'],
      };
      return label(scenario, seed, 'udp-exhaustion', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          netshUdp: true,
          tables: { as: 'netstat', switches: '-ano', series: true },
        }),
      );
    },
  },
];
