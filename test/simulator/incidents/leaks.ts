import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, workingDay } from '../rate-curve.js';
import { collect, PLAIN_COLUMNS, STAMPED_COLUMNS } from './collect.js';
import { address, caller } from './clients.js';
import { NOT_SHOWN } from './right-answers.js';
import { about, every, scenarioOn, site } from './site.js';

function leak(
  mechanism: 'bound-leak' | 'close-wait-leak' | 'established-leak',
  culprit: string,
  destination: string | null,
  changes: Partial<RightAnswer> = {},
): RightAnswer {
  return {
    mechanisms: [mechanism],
    undeterminedIsHonest: false,
    highestConfidence: 'high',
    exhaustion: ['shown'],
    culprit,
    destination,
    settingsHelp: mechanism === 'established-leak' ? ['buys-time'] : ['no'],
    ...changes,
  };
}

const BIND = { allocation: 'bind-first', ending: 'bound-for-ever', regular: false } as const;

/** Ports taken and never given back. */
export const LEAKS: readonly Incident[] = [
  {
    id: 'bound-leak-netstat-q',
    story: 'netstat -anoq every twenty minutes shows Bound sockets grow until the pool is empty.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-netstat-q');
      const image = at.images[0];
      const remote = at.backend(8_444);
      const clients = [
        caller('leak', { image }, constantRate(about(at, 3)), [remote], BIND),
        caller('uplink', { image }, constantRate(0.2), [remote], {
          allocation: 'bind-first',
          twin: 'same-family',
          lifetime: { kind: 'exponential', meanSeconds: 30 },
        }),
      ];
      const scenario = scenarioOn(at, 7_200, every(1_200, 600, 6), clients);
      return label(scenario, seed, 'bound-leak', leak('bound-leak', image, null), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-anoq', series: true } }),
      );
    },
  },
  {
    id: 'bound-leak-growing',
    story: 'The leak is found before it hurts: no event yet, a straight line of Bound sockets over six hours.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-growing');
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(about(at, 0.12)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 22_000, every(1_800, 1_000, 12), clients);
      const right = leak('bound-leak', image, null, {
        exhaustion: ['refuted', 'cannot-tell'],
        highestConfidence: 'medium',
      });
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS, series: true } }),
      );
    },
  },
  {
    id: 'bound-leak-blind-netstat',
    story: 'netstat -ano without -q: the log says 4231, the dumps show an almost empty pool.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-blind-netstat');
      const clients = [caller('leak', { image: at.images[0] }, constantRate(about(at, 4)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 6_000, [4_900, 5_200, 5_500], clients);
      const right: RightAnswer = {
        ...NOT_SHOWN,
        mechanisms: ['undetermined', 'bound-leak'],
        settingsHelp: ['cannot-tell', 'no'],
      };
      return label(scenario, seed, 'bound-leak', right, (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'bound-leak-single-csv',
    story: 'One unfiltered CSV with every column, saved while nothing works: the ages of the rows tell the rate.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-single-csv');
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(about(at, 1.6)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 12_500, [12_400], clients);
      return label(scenario, seed, 'bound-leak', leak('bound-leak', image, null), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv' } }),
      );
    },
  },
  {
    id: 'bound-leak-semicolon-utf16',
    story: 'The same leak in a German CSV with semicolons, written as UTF-16.',
    make: (seed) => {
      const clock = { culture: 'de-DE', standardMinutes: 60, zoneName: 'W. Europe Standard Time' } as const;
      const at = site(seed, 'bound-leak-semicolon-utf16', { clock });
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(about(at, 3)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 7_000, every(1_500, 800, 5), clients);
      return label(scenario, seed, 'bound-leak', leak('bound-leak', image, null), (outcome) =>
        collect(outcome, seed, {
          clock,
          tables: { as: 'csv', columns: PLAIN_COLUMNS, delimiter: ';', encoding: 'utf-16le' },
        }),
      );
    },
  },
  {
    id: 'bound-leak-until-restart',
    story:
      'The host is restarted and everything works: uptime and the second boot are in the log, the leak begins anew.',
    make: (seed) => {
      const at = site(seed, 'bound-leak-until-restart');
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(about(at, 4)), [at.backend(443)], BIND)];
      const scenario = scenarioOn(at, 9_000, [600, 2_100, 3_600, 5_200, 6_200, 7_400, 8_600], clients, {
        reboots: [{ atSeconds: 5_400, downSeconds: 180 }],
      });
      return label(scenario, seed, 'bound-leak', leak('bound-leak', image, null), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'close-wait-leak-client',
    story: 'The peer closes, the program never does: thousands of CLOSE_WAIT on dynamic ports.',
    make: (seed) => {
      const at = site(seed, 'close-wait-leak-client');
      const image = at.images[0];
      const remote = at.backend(8_080);
      const clients = [
        caller('leak', { image }, constantRate(about(at, 3.2)), [remote], {
          ending: 'close-wait-for-ever',
          lifetime: { kind: 'exponential', meanSeconds: 60 },
        }),
      ];
      const scenario = scenarioOn(at, 7_000, every(1_000, 500, 7), clients);
      return label(scenario, seed, 'close-wait-leak', leak('close-wait-leak', image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'close-wait-leak-csv',
    story: 'The same to three servers of one name, by CSV, with healthy programs beside it.',
    make: (seed) => {
      const at = site(seed, 'close-wait-leak-csv', { perSecond: 1.5 });
      const [image, second] = at.images;
      const remotes = [11, 12, 13].map((last) => ({ address: `198.51.100.${String(last)}`, port: 443 }));
      const clients = [
        caller('leak', { image }, constantRate(about(at, 4)), remotes, {
          ending: 'close-wait-for-ever',
          lifetime: { kind: 'uniform', low: 5, high: 90 },
          twin: 'same-family',
          allocation: 'bind-first',
        }),
        caller('healthy', { image: second }, constantRate(4), [at.backend(443)]),
      ];
      const scenario = scenarioOn(at, 5_400, every(900, 400, 6), clients);
      return label(scenario, seed, 'close-wait-leak', leak('close-wait-leak', image, null), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
  {
    id: 'established-leak',
    story: 'Connections are opened for every order and never closed by anybody: they grow by night and day.',
    make: (seed) => {
      const at = site(seed, 'established-leak');
      const image = at.images[0];
      const remote = at.backend(5_672);
      const clients = [caller('leak', { image }, constantRate(about(at, 1.9)), [remote], { ending: 'never' })];
      const scenario = scenarioOn(at, 10_800, every(1_800, 900, 6), clients);
      return label(scenario, seed, 'established-leak', leak('established-leak', image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
      );
    },
  },
  {
    id: 'established-leak-working-day',
    story: 'The leak follows the working hours, so that it looks like load; old connections never go.',
    make: (seed) => {
      const at = site(seed, 'established-leak-working-day', { perSecond: 0.2 });
      const image = at.images[0];
      const remote = at.backend(61_616);
      const clients = [
        caller('leak', { image }, workingDay(0.05, about(at, 0.75), 5, 14), [remote], {
          ending: 'never',
          twin: 'same-family',
          allocation: 'bind-first',
        }),
      ];
      const scenario = scenarioOn(at, 50_000, every(7_200, 3_600, 7), clients);
      return label(scenario, seed, 'established-leak', leak('established-leak', image, address(remote)), (outcome) =>
        collect(outcome, seed, { clock: at.clock, tables: { as: 'csv', columns: STAMPED_COLUMNS } }),
      );
    },
  },
];
