import type { HostFacts } from '../measure/facts.js';
import type { Estimate } from '../model/estimate.js';

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
