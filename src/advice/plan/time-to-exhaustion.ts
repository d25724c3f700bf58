import type { HostFacts } from '../../measure/facts.js';
import { socketAges } from '../../measure/trends/socket-ages.js';
import type { AgedClass } from '../../measure/owners/holding.js';
import { growingClass } from '../../mechanisms/mechanism.js';
import type { Conclusion } from '../../verdict/conclude.js';
import type { Estimate } from '../../model/estimate.js';
import type { PortRange } from '../../model/port.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import type { SettingsPlan } from './settings-plan.js';

/** Worth the trouble from here on: the leak runs at least as long again as in a pool of the present size. */
const GROWTH = 2;

/** The range to fall back on while a leak goes on: above the listeners where that doubles the pool, else the widest there is. */
export function emergencyRange({ offer, current, currentUsable }: SettingsPlan): PortRange {
  return offer.largestAboveListeners(current, currentUsable * GROWTH) ?? offer.widest;
}

/** Ports an hour that the processes at fault take and keep; null where the verdict is no leak, or none can be told. */
export function leakPerHour(facts: HostFacts, conclusion: Conclusion): number | null {
  return leakRate(facts, conclusion)?.best ?? null;
}

/** The same with the slow and the fast end: the quartiles of the slopes, or the slowest and fastest quarter of the sockets' ages. */
function leakRate(facts: HostFacts, conclusion: Conclusion): Estimate | null {
  const leaked = leakedClass(conclusion);
  if (leaked === null) return null;
  const slopes = facts.trends
    .filter((trend) => trend.trendClass === leaked && conclusion.atFault.includes(trend.consumer))
    .flatMap(({ slopePerHour }) => slopePerHour ?? []);
  const fromSeries = growing(slopes);
  if (fromSeries !== null || leaked === 'udp') return fromSeries;
  // A single table carries the ages of its sockets.
  return growing(
    facts.consumers
      .filter(({ identity }) => conclusion.atFault.includes(identity.id))
      .flatMap(({ attributed }) => socketAges(attributed.holding?.createdMs[leaked] ?? [])?.perHour ?? []),
  );
}

/** The sum, where it grows at all. */
function growing(rates: readonly Estimate[]): Estimate | null {
  const best = rates.reduce((total, rate) => total + (rate.best ?? rate.low), 0);
  if (best <= 0) return null;
  const highs = rates.flatMap(({ high }) => high ?? []);
  return {
    low: Math.max(
      rates.reduce((total, { low }) => total + low, 0),
      0,
    ),
    best,
    high: highs.length < rates.length ? null : highs.reduce((total, high) => total + high, 0),
  };
}

/** How long a pool of this many usable ports lasts from the newest table on. Information, not a cure. */
export function secondsUntilFull(facts: HostFacts, conclusion: Conclusion, usable: number): number | null {
  return timeToExhaustion(facts, conclusion, usable)?.best ?? null;
}

/** The same with the soonest and the latest end; `high: null` where the slow end of the growth is no growth. */
export function timeToExhaustion(facts: HostFacts, conclusion: Conclusion, usable: number): Estimate | null {
  const rate = leakRate(facts, conclusion);
  const last = newest(leakedClass(conclusion) === 'udp' ? facts.udpLedger : facts.ledger);
  if (rate?.best == null || last === null) return null;
  const free = Math.max(usable - last.inUse, 0);
  const after = (perHour: number): number => Math.round((free / perHour) * 3600);
  return {
    low: rate.high === null ? 0 : after(rate.high),
    best: after(rate.best),
    high: rate.low > 0 ? after(rate.low) : free === 0 ? 0 : null,
  };
}

/** The usable ports of the pool that the leak is in: as the plan counts them, or those of UDP. */
export function leakedPoolUsable(facts: HostFacts, conclusion: Conclusion, { currentUsable }: SettingsPlan): number {
  return leakedClass(conclusion) === 'udp' ? (newest(facts.udpLedger)?.usable ?? 0) : currentUsable;
}

function newest(ledger: readonly LedgerEntry[]): LedgerEntry | null {
  return ledger.reduce<LedgerEntry | null>(
    (last, entry) => (entry.at !== null && (last?.at == null || entry.at >= last.at) ? entry : (last ?? entry)),
    null,
  );
}

function leakedClass({ main }: Conclusion): AgedClass | 'udp' | null {
  return main === null ? null : growingClass(main);
}
