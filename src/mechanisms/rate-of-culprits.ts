import type { HostFacts } from '../measure/facts.js';
import type { Estimate } from '../model/estimate.js';
import { DOMINANT_SHARE } from './thresholds.js';

/** "At least 0 a second" says nothing. */
const LEAST_RATE = 1;

/** Connections a second of the consumers at fault together; null where one of theirs is not known. */
export function rateOfCulprits({ consumers }: HostFacts, atFault: readonly number[]): Estimate | null {
  const rates = consumers.filter(({ identity }) => atFault.includes(identity.id)).map(({ perSecond }) => perSecond);
  const known = rates.flatMap((rate) => rate ?? []);
  if (known.length === 0 || known.length < rates.length) return null;
  const low = known.reduce((total, rate) => total + rate.low, 0);
  if (low < LEAST_RATE) return null;
  const highs = known.flatMap(({ high }) => high ?? []);
  return {
    low,
    best: null,
    high: highs.length < known.length ? null : highs.reduce((total, high) => total + high, 0),
  };
}

/** What the sentence of a verdict says of a rate. */
export interface ToldRate {
  readonly rate: Estimate | null;
  /** True where the rate is that of the destination: rows in TIME_WAIT have no owner, so that those at fault had most of it at best. */
  readonly mostly: boolean;
}

/**
 * The rate of those at fault; where candidates share the rows of the destination, what is certainly theirs is a few connections met
 * alive, and the rate towards the destination says more. So it does where nobody can be named; where no
 * destination can be either, it is the rate of the host.
 */
export function toldRate(facts: HostFacts, atFault: readonly number[], remote: string | null): ToldRate {
  if (atFault.length === 0 && remote === null) return { rate: facts.demand.connectionsPerSecond, mostly: false };
  const own = rateOfCulprits(facts, atFault);
  const towards = facts.destinations.find((destination) => destination.remote === remote)?.perSecond ?? null;
  const isFaint = towards !== null && towards.low >= LEAST_RATE && (own?.low ?? 0) < towards.low * DOMINANT_SHARE;
  return isFaint ? { rate: towards, mostly: atFault.length > 0 } : { rate: own, mostly: false };
}
