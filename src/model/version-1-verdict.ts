import type { Verdict } from './report-judgement.js';

type Told = Pick<Verdict, 'poolId' | 'ports' | 'isLeak' | 'filledByRate'>;

const TCP = { poolId: 'tcp', isLeak: false, filledByRate: false } as const;

/** What a report of version 1 left to the name of its mechanism; frozen with that version. */
const OF_MECHANISM: Readonly<Record<string, Told>> = {
  'time-wait-churn': { ...TCP, ports: 'timeWait', filledByRate: true },
  'endpoint-collision': { ...TCP, ports: 'timeWait' },
  'bound-leak': { ...TCP, ports: 'bound', isLeak: true },
  'close-wait-leak': { ...TCP, ports: 'closeWait', isLeak: true },
  'established-leak': { ...TCP, ports: 'established', isLeak: true },
  'connection-saturation': { ...TCP, ports: 'established', filledByRate: true },
  'syn-sent-pileup': { ...TCP, ports: 'synSent' },
  'undersized-range': { ...TCP, ports: 'range', filledByRate: true },
  'stuck-time-wait': { ...TCP, ports: 'timeWait' },
  'udp-exhaustion': { ...TCP, poolId: 'udp', ports: 'udp' },
};

/** The pool and the ports that a verdict of version 1 speaks of; it named the pool itself only where that was the auto-reuse range. */
export function toldByVersion1(mechanism: unknown): Told {
  return (typeof mechanism === 'string' ? OF_MECHANISM[mechanism] : undefined) ?? { ...TCP, ports: null };
}
