import { label, type LabelledCapture, type Mechanism, type RightAnswer } from '../incident.js';
import { constantRate } from '../rate-curve.js';
import type { ClientSpec, Scenario } from '../scenario.js';
import { caller } from './clients.js';
import { collect, STAMPED_COLUMNS, type Tables } from './collect.js';
import { site, type Site } from './site.js';

/** A firewall lets so many ports through: small enough for a leak of half a port a second to fill it in two hours. */
export const SMALL = { start: 50_000, count: 3_000 } as const;
export const HALF_A_PORT = 0.5;
export const BIND = { allocation: 'bind-first', ending: 'bound-for-ever' } as const;
export const NETSTAT: Tables = { as: 'netstat', switches: '-anoq', series: true };
export const CSV: Tables = { as: 'csv', columns: STAMPED_COLUMNS, series: true };

export function leak(mechanism: Mechanism, culprit: string | null, changes: Partial<RightAnswer> = {}): RightAnswer {
  return {
    mechanisms: [mechanism],
    undeterminedIsHonest: false,
    highestConfidence: 'high',
    exhaustion: ['shown'],
    culprit,
    destination: null,
    settingsHelp: ['no', 'buys-time'],
    mayContribute: ['undersized-range'],
    ...changes,
  };
}

export function smallSite(seed: number, id: string): Site {
  return site(seed, id, { perSecond: 0.1, host: { range: SMALL } });
}

export interface Played {
  readonly at: Site;
  readonly seed: number;
  readonly scenario: Scenario;
  readonly cause: Mechanism;
  readonly right: RightAnswer;
}

export function saved({ at, seed, scenario, cause, right }: Played, tables: Tables): LabelledCapture {
  return label(scenario, seed, cause, right, (outcome) => collect(outcome, seed, { clock: at.clock, tables }));
}

/** What never turns over beside what does, in the hands of one program. */
export function twoWays(at: Site, image: string, ending: ClientSpec['ending'], perSecond: number): ClientSpec[] {
  const remote = at.backend(5_672);
  return [
    caller('leak', { image }, constantRate(perSecond), [remote], {
      ending,
      lifetime: { kind: 'exponential', meanSeconds: 5 },
    }),
    caller('calls', { image }, constantRate(2), [remote], {
      ending: 'peer-closes',
      lifetime: { kind: 'exponential', meanSeconds: 90 },
    }),
  ];
}
