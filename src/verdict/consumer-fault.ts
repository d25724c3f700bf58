import { isInIncident, type ConsumerFacts, type HostFacts } from '../measure/facts.js';
import type { ConsumerIdentity } from '../measure/owners/consumer-index.js';
import { isNearlyFull } from '../measure/pools/fullness.js';
import { leaking } from '../mechanisms/leak.js';
import {
  CONTRIBUTING_OPENINGS,
  CONTRIBUTING_PORTS,
  CONTRIBUTING_POOL,
  LEAK_SHARE,
  NEGLIGIBLE_SHARE,
} from '../mechanisms/thresholds.js';
import type { LedgerEntry } from '../model/report-ports.js';
import type { Consumer } from '../model/report-holders.js';
import type { Conclusion } from './conclude.js';

type Fault = Consumer['atFault'];

/**
 * Whether a consumer is at fault. Beside those who are, in an incident, whoever opened a quarter of the connections, or held a quarter
 * of what is in use and a tenth of the pool, or without whom the pool would not have filled, or who leaks, contributes. That of all it
 * did nothing is said only where the owners are known so far that no such part can be hidden from the table.
 */
export function faultOf(facts: HostFacts, consumer: ConsumerFacts, conclusion: Conclusion): Fault {
  const { verdict, main, atFault } = conclusion;
  if (atFault.includes(consumer.identity.id)) return 'yes';
  if (verdict.mechanism === 'none') return 'no';
  const { peak } = facts;
  // TCP ports have no part in a full UDP pool.
  if (main?.transport === 'udp') return 'no';
  if (peak === null) return 'unknown';
  if (isInIncident(facts) && contributes(facts, peak, consumer, conclusion)) return 'contributing';
  if (verdict.mechanism === 'undetermined') return 'unknown';
  return mayContribute(facts, peak, consumer) || leaks(facts, peak, consumer, 1) ? 'unknown' : 'no';
}

/** Whoever holds a leak's share of the pool beside the one at fault, or where nobody could be named, was cleared by nothing. */
export function faultOfUdpHolder({ id }: ConsumerIdentity, { verdict, atFault }: Conclusion, share: number): Fault {
  if (atFault.includes(id)) return 'yes';
  if (verdict.mechanism === 'none') return 'no';
  if (verdict.mechanism === 'undetermined' || atFault.length === 0) return 'unknown';
  return share >= LEAK_SHARE ? 'unknown' : 'no';
}

function contributes(facts: HostFacts, peak: LedgerEntry, consumer: ConsumerFacts, { main }: Conclusion): boolean {
  const part = partOfOneProcess(consumer);
  const { attributed, shareOfOpenings, ports } = consumer;
  const sure = (ports - attributed.candidate) * part;
  return (
    (shareOfOpenings?.low ?? 0) * part >= CONTRIBUTING_OPENINGS ||
    (sure >= peak.inUse * CONTRIBUTING_PORTS && sure >= peak.usable * CONTRIBUTING_POOL) ||
    (main !== null && main.leaks === null && fillsThePool(peak, sure)) ||
    // One that began after the fullest table is no part of it.
    (ports > 0 && leaks(facts, peak, consumer, part))
  );
}

/** Of a pool filled by ports that stay, for what turns over would have taken the ports that it left: without it not nearly full. */
function fillsThePool(peak: LedgerEntry, ports: number): boolean {
  const { inUse, usable, timeWait, synSent } = peak;
  return (
    isNearlyFull(peak) &&
    timeWait + synSent < usable * NEGLIGIBLE_SHARE &&
    !isNearlyFull({ inUse: inUse - ports, usable })
  );
}

function leaks(facts: HostFacts, peak: LedgerEntry, { identity }: ConsumerFacts, part: number): boolean {
  return (['bound', 'closeWait'] as const).some((leakClass) =>
    leaking(facts, leakClass, peak).some(
      ({ consumer, last }) => consumer === identity.id && last * part >= peak.usable * NEGLIGIBLE_SHARE,
    ),
  );
}

/** Whether it may be one, had it all that the table gives to nobody: rows without an owner, and ports that it cannot show. */
function mayContribute(
  { attribution, withoutOwner, consumers }: HostFacts,
  peak: LedgerEntry,
  consumer: ConsumerFacts,
): boolean {
  const { attributed, ports, shareOfOpenings } = consumer;
  const part = partOfOneProcess(consumer);
  const { destinationOnly, directionUnknown, unknown } = attribution;
  const unseen = peak.unseen.includes('bound') && !isNearlyFull(peak) ? peak.free : 0;
  // What is expected of another may be its own, for nobody was met with it.
  const expected = consumers.reduce((sum, one) => sum + (one === consumer ? 0 : one.attributed.expected), 0);
  const nobodys = destinationOnly + directionUnknown + unknown + withoutOwner + unseen + expected;
  const most = ports - attributed.candidate + attributed.candidateOf;
  return (
    (shareOfOpenings?.high ?? 0) * part >= CONTRIBUTING_OPENINGS ||
    most * part + nobodys >= peak.usable * CONTRIBUTING_POOL
  );
}

/** A process started for one call has one connection: then all that were started are one program. */
const CALLS_PER_PROCESS = 2;

/**
 * What is said of a program is not true of each of its processes: forty browsers are a crowd. The share that the one with most ports
 * has of them, as far as rows name it; all, where it is alone or where each process lives for a call.
 */
function partOfOneProcess({ identity, attributed }: ConsumerFacts): number {
  const pids = [...(attributed.holding?.pids.values() ?? [])];
  const all = pids.reduce((sum, ports) => sum + ports, 0);
  if (identity.pids.size <= 1 || pids.length === 0 || all < pids.length * CALLS_PER_PROCESS) return 1;
  return Math.max(...pids) / all;
}
