import { label, type Incident } from '../incident.js';
import { constantRate } from '../rate-curve.js';
import { caller } from './clients.js';
import { collect } from './collect.js';
import { BIND, CSV, HALF_A_PORT, leak, NETSTAT, saved, smallSite, twoWays } from './growing-site.js';
import { every, scenarioOn } from './site.js';

/** Leaks beside one another, and what is alike without being one. */
export const SEVERAL_LEAKS: readonly Incident[] = [
  {
    id: 'two-leaks-still-growing',
    story: 'Two programs leak, a third of the pool is left: how long it lasts depends on both.',
    make: (seed) => {
      const at = smallSite(seed, 'two-leaks-still-growing');
      const [binding, waiting] = at.images;
      const clients = [
        caller('binds', { image: binding }, constantRate(0.15), [at.backend(8_444)], BIND),
        caller('waits', { image: waiting }, constantRate(0.12), [at.backend(8_080)], {
          ending: 'close-wait-for-ever',
          lifetime: { kind: 'exponential', meanSeconds: 20 },
        }),
      ];
      const scenario = scenarioOn(at, 7_500, every(1_200, 1_200, 6), clients);
      const right = leak('bound-leak', binding, {
        mechanisms: ['bound-leak', 'close-wait-leak'],
        highestConfidence: 'medium',
        exhaustion: ['refuted', 'cannot-tell'],
        alsoAtFault: [waiting],
        settingsHelp: ['no'],
      });
      return saved({ at, seed, scenario, cause: 'bound-leak', right }, NETSTAT);
    },
  },
  {
    id: 'two-established-leaks',
    story: 'Two programs keep every connection they open, one of them slowly: how long the pool lasts depends on both.',
    make: (seed) => {
      const at = smallSite(seed, 'two-established-leaks');
      const [fast, slow] = at.images;
      const keeps = { ending: 'never' } as const;
      const clients = [
        caller('fast', { image: fast }, constantRate(0.18), [at.backend(8_444)], keeps),
        caller('slow', { image: slow }, constantRate(0.09), [at.backend(8_080)], keeps),
      ];
      const scenario = scenarioOn(at, 7_500, every(1_200, 1_200, 6), clients);
      const right = leak('established-leak', fast, {
        highestConfidence: 'medium',
        exhaustion: ['refuted', 'cannot-tell'],
        alsoAtFault: [slow],
        settingsHelp: ['buys-time'],
      });
      return saved({ at, seed, scenario, cause: 'established-leak', right }, NETSTAT);
    },
  },
  {
    id: 'two-bound-leaks',
    story:
      'Two programs bind ports and keep them, one half as fast as the other, until the pool is full: both are at fault.',
    make: (seed) => {
      const at = smallSite(seed, 'two-bound-leaks');
      const [fast, slow] = at.images;
      const clients = [
        caller('fast', { image: fast }, constantRate(0.8), [at.backend(8_444)], BIND),
        caller('slow', { image: slow }, constantRate(0.4), [at.backend(8_080)], BIND),
      ];
      const scenario = scenarioOn(at, 7_500, every(600, 600, 12), clients);
      const right = leak('bound-leak', fast, { alsoAtFault: [slow], settingsHelp: ['no'] });
      return saved({ at, seed, scenario, cause: 'bound-leak', right }, NETSTAT);
    },
  },
  {
    id: 'two-close-wait-leaks-in-one-table',
    story: 'Two programs never close what their servers have closed; the only table was taken when the pool was full.',
    make: (seed) => {
      const at = smallSite(seed, 'two-close-wait-leaks-in-one-table');
      const [fast, slow] = at.images;
      const waits = { ending: 'close-wait-for-ever', lifetime: { kind: 'exponential', meanSeconds: 20 } } as const;
      const clients = [
        caller('fast', { image: fast }, constantRate(0.9), [at.backend(8_444)], waits),
        caller('slow', { image: slow }, constantRate(0.5), [at.backend(8_080)], waits),
      ];
      const scenario = scenarioOn(at, 7_500, [7_200], clients);
      const right = leak('close-wait-leak', fast, { alsoAtFault: [slow], settingsHelp: ['no'] });
      return saved({ at, seed, scenario, cause: 'close-wait-leak', right }, NETSTAT);
    },
  },
  {
    id: 'bound-leak-hidden-at-last',
    story:
      'A leak of Bound ports in five tables of netstat -anoq; the newest are netstat -ano, which has no Bound rows.',
    make: (seed) => {
      const at = smallSite(seed, 'bound-leak-hidden-at-last');
      const image = at.images[0];
      const clients = [caller('leak', { image }, constantRate(0.25), [at.backend(443)], BIND)];
      const seen = every(900, 900, 5);
      const scenario = scenarioOn(at, 7_000, [...seen, 5_600, 6_600], clients);
      const right = leak('bound-leak', image, {
        highestConfidence: 'medium',
        exhaustion: ['refuted', 'cannot-tell'],
        settingsHelp: ['no'],
      });
      return label(scenario, seed, 'bound-leak', right, (outcome) => {
        const [shown, hidden] = [outcome.snapshots.slice(0, seen.length), outcome.snapshots.slice(seen.length)];
        const first = collect({ ...outcome, snapshots: shown }, seed, { clock: at.clock, tables: NETSTAT });
        const later = collect({ ...outcome, snapshots: hidden }, seed, {
          clock: at.clock,
          log: false,
          netsh: false,
          processes: false,
          tables: { as: 'netstat', switches: '-ano' },
        });
        return {
          files: [...first.files, ...later.files],
          shown: [...first.shown, ...later.shown],
          datagrams: [...(first.datagrams ?? []), ...(later.datagrams ?? [])],
        };
      });
    },
  },
  {
    id: 'established-leak-one-full-table',
    story: 'The same in one table: a crowd whose connections all live for two hours would look alike.',
    make: (seed) => {
      const at = smallSite(seed, 'established-leak-one-full-table');
      const image = at.images[0];
      const scenario = scenarioOn(at, 6_100, [6_000], twoWays(at, image, 'never', HALF_A_PORT));
      const right = leak('established-leak', image, {
        mechanisms: ['established-leak', 'connection-saturation', 'undersized-range'],
        mayContribute: ['undersized-range', 'connection-saturation', 'established-leak'],
        undeterminedIsHonest: true,
        highestConfidence: 'medium',
        culprit: null,
        settingsHelp: ['buys-time', 'yes', 'cannot-tell'],
      });
      return saved({ at, seed, scenario, cause: 'established-leak', right }, CSV);
    },
  },
  {
    id: 'crowd-of-equal-lives-in-full-pool',
    story: 'Two tables of a full pool whose connections all live for an hour: for each that comes the oldest goes.',
    make: (seed) => {
      const at = smallSite(seed, 'crowd-of-equal-lives-in-full-pool');
      const image = at.images[0];
      const clients = [
        caller('sessions', { image }, constantRate(0.9), [at.backend(5_672)], {
          ending: 'peer-closes',
          lifetime: { kind: 'constant', seconds: 3_600 },
        }),
      ];
      const scenario = scenarioOn(at, 9_200, [8_400, 9_000], clients);
      const right = leak('connection-saturation', null, {
        mechanisms: ['connection-saturation', 'undersized-range'],
        mayContribute: ['undersized-range', 'connection-saturation'],
        settingsHelp: ['yes'],
      });
      return saved({ at, seed, scenario, cause: 'connection-saturation', right }, CSV);
    },
  },
];
