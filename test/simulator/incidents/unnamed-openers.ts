import { label, type Incident } from '../incident.js';
import { ramp } from '../rate-curve.js';
import { address, caller } from './clients.js';
import { collect } from './collect.js';
import { churn } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** Whoever opens the connections is in no table; what was saved has to say how to catch it the next time. */
const UNNAMED = { unnamedIsHonest: true, undeterminedIsHonest: true, missing: ['lacking.opener'] } as const;

/** A pool filled by somebody whom no file names. */
export const UNNAMED_OPENERS: readonly Incident[] = [
  {
    id: 'unnamed-netstat-an',
    story: 'netstat -an: the pool is full of TIME_WAIT towards one endpoint and no row has an owner.',
    make: (seed) => {
      const at = site(seed, 'unnamed-netstat-an');
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image: at.images[0] }, ramp(3, about(at, 180), 180, 240), [remote])];
      const scenario = scenarioOn(at, 480, every(60, 230, 5), clients);
      return label(scenario, seed, 'time-wait-churn', churn(null, address(remote), UNNAMED), (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          tables: { as: 'netstat', switches: '-an', series: true },
          processes: false,
        }),
      );
    },
  },
  {
    id: 'unnamed-filtered-list',
    story: 'Only the TIME_WAIT rows were saved; all of them belong to nobody.',
    make: (seed) => {
      const at = site(seed, 'unnamed-filtered-list');
      const remote = at.backend(443);
      const clients = [caller('calls', { image: at.images[0] }, ramp(3, about(at, 180), 150, 200), [remote])];
      const scenario = scenarioOn(at, 440, [330], clients);
      return label(scenario, seed, 'time-wait-churn', churn(null, address(remote), UNNAMED), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'time-wait-csv' } }),
      );
    },
  },
  {
    id: 'unnamed-short-lived',
    story: 'A tool is started for every call and gone before any table meets it alive; no list names it.',
    make: (seed) => {
      const at = site(seed, 'unnamed-short-lived');
      const remote = at.backend(445);
      const clients = [
        caller('tool', { image: 'curl.exe', perCall: true }, ramp(3, about(at, 180), 180, 240), [remote], {
          lifetime: { kind: 'uniform', low: 0.001, high: 0.004 },
        }),
      ];
      const scenario = scenarioOn(at, 480, every(60, 230, 5), clients);
      return label(scenario, seed, 'time-wait-churn', churn(null, address(remote), UNNAMED), (outcome) =>
        collect(outcome, seed, {
          clock: at.clock,
          processes: false,
          tables: { as: 'netstat', switches: '-anoq', series: true },
        }),
      );
    },
  },
];
