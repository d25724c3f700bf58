import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import type { Destination } from '../scenario.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { churn, NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

const RANGE = { start: 40_000, count: 8_000 } as const;
/** As many ports as the dynamic range has. */
const LARGE_RANGE = { start: 30_000, count: 16_384 } as const;

/** `count` web servers of other people. */
function webServers(count: number): Destination[] {
  return Array.from({ length: count }, (_, index) => ({
    address: `${index < 200 ? '198.51.100' : '203.0.113'}.${String(20 + (index % 200))}`,
    port: 443,
  }));
}

/** Hosts with an auto-reuse range beside the dynamic one: two pools, each filled by other programs and in another way. */
export const AUTO_REUSE: readonly Incident[] = [
  {
    id: 'auto-reuse-bind-first-churn',
    story:
      'A program that binds before it connects fills the dynamic range; the auto-reuse range beside it is nearly empty.',
    make: (seed) => {
      const at = site(seed, 'auto-reuse-bind-first-churn', { host: { autoReuse: RANGE } });
      const image = at.images[0];
      const remote = at.backend(8_080);
      const clients = [
        caller('calls', { image }, ramp(4, about(at, 175), 500, 1_000), [remote], {
          allocation: 'bind-first',
          twin: 'same-family',
        }),
      ];
      const scenario = scenarioOn(at, 1_800, every(150, 450, 7), clients);
      return label(scenario, seed, 'time-wait-churn', churn(image, address(remote)), (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tcpSetting: true,
          tables: { as: 'csv', columns: STAMPED_COLUMNS },
        }),
      );
    },
  },
  {
    id: 'auto-reuse-many-destinations',
    story:
      'A proxy serves four hundred servers out of an auto-reuse range of eight thousand: every port is in use many times over, and nothing is refused.',
    make: (seed) => {
      const at = site(seed, 'auto-reuse-many-destinations', { host: { autoReuse: RANGE } });
      const clients = [
        caller('proxy', { image: at.images[0] }, ramp(10, about(at, 170), 300, 700), webServers(400), {
          allocation: 'reuse-unicastport',
        }),
      ];
      const scenario = scenarioOn(at, 1_500, every(100, 420, 8), clients);
      return label(scenario, seed, 'none', { ...NOTHING_WRONG, range: 'auto-reuse' }, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tcpSetting: true,
          tables: { as: 'netstat', switches: '-ano', series: true },
        }),
      );
    },
  },
  {
    id: 'auto-reuse-one-destination',
    story:
      'One web service takes every port of the auto-reuse range in TIME_WAIT: 4227 with a nearly empty dynamic range, and other servers are reached as before.',
    make: (seed) => {
      const at = site(seed, 'auto-reuse-one-destination', { host: { autoReuse: LARGE_RANGE } });
      const [image, second] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('calls', { image }, ramp(5, about(at, 180), 400, 900), [remote]),
        caller('others', { image: second }, constantRate(about(at, 12)), webServers(60)),
      ];
      const scenario = scenarioOn(at, 2_000, every(120, 420, 9), clients);
      const right = churn(image, address(remote), { range: 'auto-reuse' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tcpSetting: true,
          tables: { as: 'netstat', switches: '-ano', series: true },
        }),
      );
    },
  },
  {
    id: 'auto-reuse-range-too-small',
    story:
      'Somebody gave the auto-reuse range a thousand ports: a load to one server that the dynamic range would carry no longer fits.',
    make: (seed) => {
      const autoReuse = { start: 40_000, count: 1_000 };
      const at = site(seed, 'auto-reuse-range-too-small', { host: { autoReuse } });
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [
        caller('calls', { image }, ramp(2, about(at, 20), 300, 900), [remote], { allocation: 'reuse-unicastport' }),
      ];
      const scenario = scenarioOn(at, 2_400, every(180, 280, 10), clients);
      const right: RightAnswer = {
        ...churn(null, address(remote)),
        mechanisms: ['undersized-range'],
        contributing: ['time-wait-churn'],
        innocent: [image],
        range: 'auto-reuse',
      };
      return label(scenario, seed, 'undersized-range', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tcpSetting: true,
          tables: { as: 'netstat', switches: '-anoq', series: true },
        }),
      );
    },
  },
  {
    id: 'auto-reuse-beside-bound-leak',
    story:
      'Bound sockets leak until the dynamic range is empty; what connects without binding goes on out of a healthy auto-reuse range.',
    make: (seed) => {
      const at = site(seed, 'auto-reuse-beside-bound-leak', { host: { autoReuse: RANGE } });
      const [image, second] = at.images;
      const clients = [
        caller('leak', { image }, constantRate(about(at, 3)), [at.backend(8_444)], {
          allocation: 'bind-first',
          ending: 'bound-for-ever',
        }),
        caller('uplink', { image }, constantRate(0.2), [at.backend(8_444)], {
          allocation: 'bind-first',
          twin: 'same-family',
          lifetime: { kind: 'exponential', meanSeconds: 30 },
        }),
        caller('healthy', { image: second }, constantRate(about(at, 15)), webServers(80)),
      ];
      const scenario = scenarioOn(at, 7_200, every(1_200, 600, 6), clients);
      const right: RightAnswer = {
        ...churn(image, null),
        mechanisms: ['bound-leak'],
        settingsHelp: ['no'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tcpSetting: true,
          tables: { as: 'netstat', switches: '-anoq', series: true },
        }),
      );
    },
  },
];
