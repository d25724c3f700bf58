import type { HostFacts } from '../correlation/host-facts.js';
import { leakAge } from '../correlation/leak-age.js';
import type { AgedClass } from '../correlation/snapshot-holdings.js';
import type { Conclusion } from '../hypotheses/verdict.js';
import type { PortRange } from '../model/port.js';
import type { Plan } from './plan.js';
import { WIDEST_RANGE } from './range-plan.js';

/** Worth the trouble from here on: the leak runs at least as long again as in a pool of the present size. */
const GROWTH = 2;

/** The range to fall back on while a leak goes on: above the listeners where that doubles the pool, else the widest there is. */
export function emergencyRange({ offer, current, currentUsable }: Plan): PortRange {
  return offer.largestAboveListeners(current, currentUsable * GROWTH) ?? WIDEST_RANGE;
}

/** Ports an hour that the processes at fault take and keep; null where the verdict is no leak of TCP ports, or none can be told. */
export function leakPerHour(facts: HostFacts, conclusion: Conclusion): number | null {
  const leaked = leakedClass(conclusion);
  if (leaked === null) return null;
  const fromSeries = facts.trends
    .filter((trend) => trend.trendClass === leaked && conclusion.atFault.includes(trend.consumer))
    .reduce((total, trend) => total + (trend.slopePerHour?.best ?? 0), 0);
  if (fromSeries > 0) return fromSeries;
  // A single table carries the ages of its sockets.
  const fromAges = facts.consumers
    .filter(({ identity }) => conclusion.atFault.includes(identity.id))
    .reduce(
      (total, { attributed }) => total + (leakAge(attributed.holding?.createdMs[leaked] ?? [])?.perHour.best ?? 0),
      0,
    );
  return fromAges > 0 ? fromAges : null;
}

/** How long a pool of this many usable ports lasts from the last table on. Information, not a cure. */
export function secondsUntilFull(facts: HostFacts, conclusion: Conclusion, usable: number): number | null {
  const perHour = leakPerHour(facts, conclusion);
  const last = facts.ledger.at(-1);
  if (perHour === null || last === undefined) return null;
  return Math.round((Math.max(usable - last.inUse, 0) / perHour) * 3600);
}

function leakedClass({ verdict }: Conclusion): AgedClass | null {
  switch (verdict.mechanism) {
    case 'bound-leak':
      return 'bound';
    case 'close-wait-leak':
      return 'closeWait';
    case 'established-leak':
      return 'established';
    default:
      return null;
  }
}
