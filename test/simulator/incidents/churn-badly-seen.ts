import { label, type Incident } from '../incident.js';
import { burst, ramp } from '../rate-curve.js';
import { collect, STAMPED_COLUMNS } from './collect.js';
import { address, caller } from './clients.js';
import { churn, NOT_SHOWN } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

/** The same mechanism, seen too late, too seldom, with a wrong clock or not at all. */
export const CHURN_BADLY_SEEN: readonly Incident[] = [
  {
    id: 'churn-late-snapshots',
    story: 'Everything was saved half an hour after the burst: the pool is empty again.',
    make: (seed) => {
      const at = site(seed, 'churn-late-snapshots');
      const clients = [caller('calls', { image: at.images[0] }, burst(0, about(at, 190), 300, 800), [at.backend(443)])];
      const scenario = scenarioOn(at, 3_000, [2_600, 2_720, 2_840], clients);
      return label(scenario, seed, 'time-wait-churn', NOT_SHOWN, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'churn-between-polls',
    story: 'Polled every ten minutes, the burst falls between two polls and only the log knows it.',
    make: (seed) => {
      const at = site(seed, 'churn-between-polls');
      const clients = [caller('calls', { image: at.images[0] }, burst(0, about(at, 260), 700, 790), [at.backend(443)])];
      const scenario = scenarioOn(at, 2_500, every(600, 600, 4), clients);
      return label(scenario, seed, 'time-wait-churn', NOT_SHOWN, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'churn-ramp-only',
    story: 'The dumps stop half a minute before the pool is full; 4227 follows in the log.',
    make: (seed) => {
      const at = site(seed, 'churn-ramp-only');
      const image = at.images[0];
      const remote = at.backend(1_433);
      const clients = [caller('calls', { image }, ramp(2, 200, 300, 540), [remote])];
      const scenario = scenarioOn(at, 1_500, [320, 350, 380, 410, 440, 470], clients);
      const right = churn(image, address(remote), {
        undeterminedIsHonest: true,
        highestConfidence: 'medium',
        exhaustion: ['shown', 'cannot-tell'],
        settingsHelp: ['yes', 'cannot-tell'],
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'churn-wrong-clock',
    story: 'The dumps carry the time of a clock that runs seventeen minutes fast; the log does not.',
    make: (seed) => {
      const at = site(seed, 'churn-wrong-clock');
      const image = at.images[0];
      const remote = at.backend(443);
      const clients = [caller('calls', { image }, ramp(2, about(at, 180), 400, 700), [remote])];
      const scenario = scenarioOn(at, 1_500, every(120, 420, 8), clients);
      const right = churn(image, address(remote), { highestConfidence: 'high' });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, {
          clock: { ...at.clock, fastSeconds: 1_020 },
          tables: { as: 'netstat', switches: '-ano', series: true },
          log: { clock: at.clock },
        }),
      );
    },
  },
  {
    id: 'churn-events-only',
    story: 'Nothing but the System log was saved.',
    make: (seed) => {
      const at = site(seed, 'churn-events-only');
      const clients = [caller('calls', { image: at.images[0] }, ramp(2, about(at, 190), 300, 600), [at.backend(443)])];
      const scenario = scenarioOn(at, 2_400, [], clients);
      return label(
        scenario,
        seed,
        'time-wait-churn',
        { ...NOT_SHOWN, exhaustion: ['cannot-tell', 'shown'] },
        (outcome) =>
          collect(outcome, seed, {
            clock: at.clock,
            tables: false,
            netsh: false,
            log: { style: 'to-xml', fractionDigits: 7 },
          }),
      );
    },
  },
  {
    id: 'churn-time-wait-filter-in-time',
    story: 'Only TIME_WAIT rows were saved, but while the pool was full: who closed them is not in the list.',
    make: (seed) => {
      const at = site(seed, 'churn-time-wait-filter-in-time');
      const remote = at.backend(443);
      const clients = [caller('calls', { image: at.images[0] }, ramp(2, about(at, 185), 300, 600), [remote])];
      const scenario = scenarioOn(at, 1_200, [1_000], clients);
      const right = churn(null, address(remote), {
        undeterminedIsHonest: true,
        highestConfidence: 'medium',
        exhaustion: ['shown', 'cannot-tell'],
        settingsHelp: ['yes', 'cannot-tell'],
      });
      return label(scenario, seed, 'time-wait-churn', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'time-wait-csv' } }),
      );
    },
  },
];
