import type { HostFacts } from '../../measure/facts.js';
import type { Estimate } from '../../model/estimate.js';

/**
 * Of a demand that the full pool cut off what was counted while ports were left, from both sides; null where nothing was, or where more
 * is known to have been opened at another time.
 */
export function rateWithPortsLeft({
  censored,
  connectionsPerSecond,
  methods,
}: Pick<HostFacts['demand'], 'censored' | 'connectionsPerSecond' | 'methods'>): Estimate | null {
  if (!censored || connectionsPerSecond === null) return null;
  const counted = methods.flatMap(({ perSecond }) => (perSecond.high === null ? [] : [perSecond]));
  const [busiest] = counted.sort((a, b) => b.low - a.low);
  return busiest === undefined || (busiest.high ?? 0) < connectionsPerSecond.low ? null : busiest;
}
