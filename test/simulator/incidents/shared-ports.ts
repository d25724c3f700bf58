import { label, type Incident } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import { address, caller } from './clients.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** Ports that carry connections of several programs: once none is free, a port that waits for one endpoint is lent to another. */
export const SHARED_PORTS: readonly Incident[] = [
  {
    id: 'shared-ports-seventy-thirty',
    story:
      'Two programs call one server each, 70 : 30; together they want more ports than there are, and a third of the ports carry a connection of both.',
    make: (seed) => {
      const at = site(seed, 'shared-ports-seventy-thirty');
      const [first, second] = at.images;
      const all = about(at, 180, 0.04);
      const remote = at.backend(8_080);
      const clients = [
        caller('first', { image: first }, ramp(3, all * 0.7, 300, 600), [remote]),
        caller('second', { image: second }, ramp(2, all * 0.3, 300, 600), [at.backend(1_433)]),
      ];
      const scenario = scenarioOn(at, 1_300, every(100, 290, 8), clients);
      const right = churn(first, address(remote), { contributingProcesses: [second] });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'shared-ports-several-servers',
    story:
      'One program calls three servers, the other one: a port may carry two connections of the first and one of the second. By CSV.',
    make: (seed) => {
      const at = site(seed, 'shared-ports-several-servers');
      const [first, second] = at.images;
      const all = about(at, 215, 0.04);
      const servers = [8_080, 8_081, 8_082].map(at.backend);
      const clients = [
        caller('first', { image: first }, ramp(3, all * 0.66, 300, 600), servers),
        caller('second', { image: second }, ramp(2, all * 0.34, 300, 600), [at.backend(1_433)]),
      ];
      const scenario = scenarioOn(at, 1_300, every(150, 290, 6), clients);
      const right = churn(first, null, { contributingProcesses: [second] });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'shared-ports-live-over-waiting',
    story:
      'The ports that wait for one program’s server are lent to the long calls of another: what stopping that one frees at once is far less than it has connections.',
    make: (seed) => {
      const at = site(seed, 'shared-ports-live-over-waiting');
      const [first, second] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('first', { image: first }, ramp(3, about(at, 130, 0.03), 250, 500), [remote]),
        caller('second', { image: second }, ramp(2, about(at, 60, 0.03), 60, 240), [at.backend(5_672)], {
          lifetime: { kind: 'exponential', meanSeconds: 120 },
          ending: 'peer-closes',
        }),
      ];
      const scenario = scenarioOn(at, 1_500, every(110, 290, 10), clients);
      const right = churn(first, address(remote), {
        contributingProcesses: [second],
        mayContribute: ['connection-saturation'],
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true } }),
      );
    },
  },
  {
    id: 'shared-ports-small-neighbour',
    story:
      'The same with a neighbour that opens an eighth of the connections: it is seen on thousands of ports, and is no cause.',
    make: (seed) => {
      const at = site(seed, 'shared-ports-small-neighbour');
      const [first, second] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('first', { image: first }, ramp(3, about(at, 150, 0.03), 300, 600), [remote]),
        caller('second', { image: second }, ramp(2, about(at, 20, 0.03), 300, 600), [at.backend(1_433)]),
      ];
      const scenario = scenarioOn(at, 1_300, every(100, 290, 8), clients);
      const right = churn(first, address(remote), { contributingProcesses: [], innocent: [second] });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'churn-beside-standing-pool',
    story:
      'A program keeps five thousand connections for days and harms nobody until another begins to churn: without the crowd the pool would not have filled.',
    make: (seed) => {
      const at = site(seed, 'churn-beside-standing-pool');
      const [image, keeper] = at.images;
      const remote = at.backend(443);
      const clients = [
        caller('calls', { image }, ramp(3, about(at, 108, 0.03), 300, 600), [remote], { allocation: 'bind-first' }),
        caller('pool', { image: keeper }, constantRate(0), [at.backend(5_672), at.backend(5_671)], {
          standing: 5_200,
          ending: 'never',
          allocation: 'bind-first',
        }),
      ];
      const scenario = scenarioOn(at, 1_300, every(120, 290, 7), clients);
      const right = churn(image, address(remote), {
        contributingProcesses: [keeper],
        mayContribute: ['connection-saturation'],
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
];
