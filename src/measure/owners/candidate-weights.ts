import type { Estimate } from '../../model/estimate.js';
import { ROUNDING_ERROR } from '../numbers/rounding.js';
import type { OpeningPace } from './connection-lifetimes.js';

/** A consumer whose counted openings explain less than this share of what waits is not where it comes from: rates are rough. */
const EXPLAINING_SHARE = 0.25;

export interface CandidateWeights {
  /** Ports by consumer; fractions, as nobody can know which. */
  readonly ports: ReadonlyMap<number, number>;
  /** Whole ports that none of them can have closed. */
  readonly unexplained: number;
}

/** A consumer with live connections towards the destination. */
export interface LiveOwner {
  readonly consumer: number;
  /** Most ports live at once. */
  readonly ports: number;
  readonly opening: OpeningPace;
}

/**
 * Shares ports waiting towards one destination out among those with live connections there. Who opens so slowly that it can be
 * counted gets its rate times the delay; what is left goes to those too quick to be counted, by the tuples seen of each; where
 * there is no such one, the counted have it all if their rates come anywhere near it. Connections that stay take nothing.
 */
export function candidateWeights(waiting: number, owners: readonly LiveOwner[], delay: Estimate): CandidateWeights {
  const counted = new Map<number, number>();
  const weights = new Map<number, number>();
  for (const { consumer, ports, opening } of owners) {
    if (opening.kind === 'counted') counted.set(consumer, opening.perSecond);
    else if (opening.kind === 'uncounted') weights.set(consumer, opening.tuples);
    else if (opening.kind === 'unknown') weights.set(consumer, ports);
  }
  const rate = sum(counted);
  const longest = delay.high ?? delay.low;
  const usual = delay.best ?? (delay.low + longest) / 2;
  const ports = new Map<number, number>();
  if (weights.size === 0) {
    const scale = rate * longest >= waiting * EXPLAINING_SHARE ? waiting / rate : Math.min(usual, waiting / rate);
    for (const [consumer, perSecond] of counted) ports.set(consumer, perSecond * scale);
  } else {
    // Rates that explain more than there is leave the others their part: the tuples seen of them.
    const scale = Math.min(usual, waiting / (rate + sum(weights) / usual));
    for (const [consumer, perSecond] of counted) ports.set(consumer, perSecond * scale);
    const left = waiting - rate * scale;
    for (const [consumer, weight] of weights) ports.set(consumer, (left * weight) / sum(weights));
  }
  return { ports, unexplained: Math.floor(Math.max(waiting - sum(ports), 0) + ROUNDING_ERROR) };
}

function sum(values: ReadonlyMap<number, number>): number {
  return [...values.values()].reduce((total, value) => total + value, 0);
}
