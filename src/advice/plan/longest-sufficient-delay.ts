import { fastestRate, type DemandToCarry } from './demand-to-carry.js';
import { SHORTEST_RECOMMENDED_DELAY } from '../../model/legal-delay.js';

/**
 * The longest delay with which this many ports carry the demand, in whole seconds up to the shortest delay that may be in force. A
 * demand of "at least" bounds none from above, so there it is the shortest that can be recommended; null where none carries it.
 */
export function longestSufficientDelay(usable: number, headroom: number, need: DemandToCarry): number | null {
  const exact = (usable * headroom - need.rest) / fastestRate(need) - need.lifetimeSeconds;
  if (Math.min(exact, need.shortestTimeWaitSeconds) < SHORTEST_RECOMMENDED_DELAY) return null;
  if (need.rateUnderAnyDelay?.high == null) return SHORTEST_RECOMMENDED_DELAY;
  return Math.floor(Math.min(exact, need.shortestTimeWaitSeconds));
}
