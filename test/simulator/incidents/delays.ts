import { label, type Incident, type RightAnswer } from '../incident.js';
import { constantRate, ramp } from '../rate-curve.js';
import type { PortOrder } from '../scenario.js';
import type { NetstatSwitches } from '../writers/netstat.js';
import { address, caller } from './clients.js';
import { collect } from './collect.js';
import { churn, NOTHING_WRONG } from './right-answers.js';
import { about, every, scenarioOn, site, type Site } from './site.js';

const USABLE = 16_384;

interface Case {
  readonly id: string;
  readonly story: string;
  readonly order: PortOrder;
  readonly delaySeconds: number;
  /** Of the pool that TIME_WAIT would take if every connection were let through. */
  readonly load: number;
  readonly gapSeconds: number;
  readonly tables: number;
  readonly switches?: NetstatSwitches;
  /** How wide the interval may be; absent where the tables tell nothing. */
  readonly widestDelaySeconds?: number;
}

/**
 * One destination has nearly all of TIME_WAIT, and every table is taken long after its load has become steady: its ports come round to
 * it, or seem to, in whatever order the host hands them out.
 */
const CASES: readonly Case[] = [
  {
    id: 'delay-full-latest-freed-first',
    story: 'A full pool gives each freed port straight back to the one destination: its tuples never seem to go.',
    ...{ order: 'most-recently-freed', delaySeconds: 120, load: 1.3, gapSeconds: 30, tables: 7 },
    widestDelaySeconds: 60,
  },
  {
    id: 'delay-full-random-60',
    story: 'A full pool whose ports are handed out at random; TIME_WAIT lasts a minute and nobody wrote it down.',
    ...{ order: 'random', delaySeconds: 60, load: 1.4, gapSeconds: 20, tables: 8 },
    widestDelaySeconds: 40,
  },
  {
    id: 'delay-full-rolling-240',
    story: 'A full pool whose ports are handed out in rolling sequence; TIME_WAIT lasts four minutes.',
    ...{ order: 'rolling', delaySeconds: 240, load: 1.5, gapSeconds: 90, tables: 7 },
    widestDelaySeconds: 180,
  },
  {
    id: 'delay-full-ages-30',
    story:
      'The same with the ages of netstat -i, which a port opened anew cannot spoil; TIME_WAIT lasts half a minute.',
    ...{ order: 'most-recently-freed', delaySeconds: 30, load: 1.3, gapSeconds: 45, tables: 4, switches: '-anoi' },
    widestDelaySeconds: 5,
  },
  {
    id: 'delay-full-two-tables',
    story:
      'Two tables of a full pool, four minutes apart, show the same tuples: nothing tells how long TIME_WAIT lasts.',
    ...{ order: 'most-recently-freed', delaySeconds: 150, load: 1.3, gapSeconds: 240, tables: 2 },
  },
  {
    id: 'delay-half-latest-freed-first',
    story: 'A healthy host that gives out the latest freed port first: an hour later the same tuples are there again.',
    ...{ order: 'most-recently-freed', delaySeconds: 90, load: 0.35, gapSeconds: 40, tables: 8 },
    widestDelaySeconds: 80,
  },
  {
    id: 'delay-half-one-round-apart',
    story:
      'Rolling sequence in half a pool, and every table is taken when the range has just come round: nothing seems to go.',
    ...{ order: 'rolling', delaySeconds: 120, load: 0.5, gapSeconds: 241, tables: 5 },
  },
];

const HIDDEN_LEAK: Incident = {
  id: 'delay-beside-hidden-leak',
  story:
    'Half of the pool is Bound, which netstat -ano does not show: what looks free is not, and the rest comes round at once.',
  make: (seed) => {
    const at = site(seed, 'delay-beside-hidden-leak', { host: { portOrder: 'most-recently-freed' } });
    const [image, leaking] = at.images;
    const remote = at.backend(443);
    const clients = [
      caller('leak', { image: leaking }, constantRate(0), [at.backend(8_444)], {
        standing: USABLE / 2,
        allocation: 'bind-first',
        ending: 'bound-for-ever',
      }),
      caller('calls', { image }, ramp(1, about(at, 90), 40, 60), [remote]),
    ];
    const scenario = scenarioOn(at, 560, every(60, 340, 4), clients);
    const right: RightAnswer = {
      ...churn(null, null),
      mechanisms: ['time-wait-churn', 'bound-leak', 'undetermined'],
      undeterminedIsHonest: true,
      highestConfidence: 'medium',
      exhaustion: ['shown', 'cannot-tell'],
      settingsHelp: ['cannot-tell', 'yes', 'no'],
      widestDelaySeconds: 120,
    };
    return label(scenario, seed, 'bound-leak', right, (outcome) =>
      collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches: '-ano', series: true } }),
    );
  },
};

export const DELAYS: readonly Incident[] = CASES.map((one): Incident => ({
  id: one.id,
  story: one.story,
  make: (seed) => {
    const { order, delaySeconds, load, gapSeconds, tables, switches = '-ano', widestDelaySeconds } = one;
    const timeWaitSeconds = { ipv4: delaySeconds, ipv6: delaySeconds };
    const at = site(seed, one.id, { host: { portOrder: order, timeWaitSeconds } });
    const perSecond = about(at, (load * USABLE) / delaySeconds, load < 1 ? 0.01 : 0.05);
    const first = 100 + 2 * delaySeconds;
    const clients = [
      caller('calls', { image: at.images[0] }, ramp(1, perSecond, 40, 60), [at.backend(443)], {
        lifetime: { kind: 'exponential', meanSeconds: 0.2 },
      }),
    ];
    const moments = every(gapSeconds, first, tables);
    const scenario = scenarioOn(at, first + gapSeconds * tables, moments, clients, {
      log: { throttleSeconds: 120 },
    });
    const right: RightAnswer = {
      ...answer(at, load),
      ...(widestDelaySeconds === undefined ? {} : { widestDelaySeconds }),
      // The few connections that two tables meet alive do not show who opened sixteen thousand.
      ...(tables <= 2 ? { unnamedIsHonest: true } : {}),
    };
    return label(scenario, seed, load < 1 ? 'none' : 'time-wait-churn', right, (outcome) =>
      collect(outcome, seed, { clock: at.clock, tables: { as: 'netstat', switches, series: true } }),
    );
  },
})).concat(HIDDEN_LEAK);

function answer(at: Site, load: number): RightAnswer {
  return load < 1 ? NOTHING_WRONG : churn(at.images[0], address(at.backend(443)));
}
