import { consumerName } from '../measure/owners/consumer-name.js';
import { ranOut, type HostFacts, type NamedTrend } from '../measure/facts.js';
import { socketAges, type SocketAges } from '../measure/trends/socket-ages.js';
import { undercountsPorts } from '../measure/events/windows-version.js';
import { snapshotSoonAfterOnset } from '../measure/events/snapshot-near-onset.js';
import { say } from '../messages/say.js';
import type { Estimate } from '../model/estimate.js';
import { isoTime } from '../model/iso-time.js';
import type { LedgerClass, LedgerEntry } from '../model/report.js';
import { type Judgement, entrySource, evidence, weighing, type WithTcpTable } from './mechanism.js';
import { DOMINANT_SHARE, LEAK_SHARE, LEAK_WITNESS_SECONDS, NEGLIGIBLE_SHARE, RISING_SHARE } from './thresholds.js';
import { isUnderPressure, isNearlyFull } from '../measure/pools/fullness.js';

type LeakClass = Extract<LedgerClass, 'bound' | 'closeWait' | 'established'>;

export interface Holder {
  readonly consumer: number;
  /** As a sentence names it. */
  readonly process: string;
  readonly ports: number;
}

/** The consumer that holds most ports of one class at the peak. */
export function heaviest(facts: HostFacts, leakClass: LedgerClass): Holder | null {
  let best: Holder | null = null;
  for (const { identity, attributed } of facts.consumers) {
    const ports = attributed.holding?.owned[leakClass] ?? 0;
    if (ports > (best?.ports ?? 0)) best = { consumer: identity.id, process: consumerName(identity), ports };
  }
  return best;
}

/** Series of one class that keep rising: the slope's lower quartile is above zero and it hardly ever goes down. */
export function risingTrends(facts: HostFacts, leakClass: LeakClass | 'udp'): NamedTrend[] {
  return facts.trends
    .filter(
      (trend) =>
        trend.trendClass === leakClass &&
        trend.points.length >= 3 &&
        (trend.slopePerHour?.low ?? 0) > 0 &&
        trend.risingShare >= RISING_SHARE &&
        trend.last > trend.first,
    )
    .sort((a, b) => b.last - a.last);
}

/** Rising series that matter: a tenth of the pool, or a twentieth where the pool is full and every port counts. */
export function leaking(facts: HostFacts, leakClass: LeakClass, peak: LedgerEntry): NamedTrend[] {
  const least = peak.usable * (isNearlyFull(peak) ? NEGLIGIBLE_SHARE : LEAK_SHARE);
  return risingTrends(facts, leakClass).filter(({ last }) => last >= least);
}

/**
 * The common judgement of a leak of Bound or CloseWait ports: one consumer holds most of a full pool in that class (confirmed),
 * or its count keeps rising or is out of all proportion (likely). Ruled out only where the class was visible and is negligible.
 */
export function judgeLeak(facts: WithTcpTable, leakClass: Exclude<LeakClass, 'established'>): Judgement {
  const { peak } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const source = entrySource(peak);
  const held = peak[leakClass];
  const share = held / Math.max(peak.usable, 1);
  const owner = heaviest(facts, leakClass);
  const [rising] = leaking(facts, leakClass, peak);
  if (rising !== undefined && rising.slopePerHour !== null) {
    const { identity, first, last, points, slopePerHour } = rising;
    const message = say('leak.for.growth', {
      process: consumerName(identity),
      state: leakClass,
      first,
      last,
      snapshots: points.length,
      perHour: slopePerHour,
    });
    pro.push(evidence(message, source));
  }
  const age = owner === null ? null : ageOf(facts, owner.consumer, leakClass);
  if (age !== null && owner !== null && owner.ports >= peak.usable * LEAK_SHARE) {
    const message = say('leak.for.ages', {
      process: owner.process,
      state: leakClass,
      sockets: age.sockets,
      since: isoTime(age.sinceMs),
      offsetMinutes: facts.evidence.clock.offsetMinutes(age.sinceMs),
      perHour: rounded(age.perHour),
    });
    pro.push(evidence(message, source));
  }
  const steadyAges = age !== null && owner !== null && owner.ports >= peak.usable * LEAK_SHARE;
  const disproportionate = owner !== null && owner.ports >= peak.usable * DOMINANT_SHARE;
  if (owner !== null && owner.ports >= peak.usable * LEAK_SHARE) {
    const message = say('leak.for.held', {
      process: owner.process,
      ports: owner.ports,
      state: leakClass,
      usable: peak.usable,
    });
    pro.push(evidence(message, source));
  }
  const result = (outcome: Judgement['outcome']): Judgement =>
    weighed(outcome, share, [rising?.consumer ?? owner?.consumer, namesake(facts, rising, owner)]);
  if (ranOut(facts) && held > 0 && held >= peak.inUse * DOMINANT_SHARE) return result('confirmed');
  if (rising !== undefined || disproportionate || steadyAges) return result('likely');
  if (!facts.everShown.has(leakClass)) {
    // What a table hides cannot hold more ports than the table leaves free.
    if (isNearlyFull(peak) && peak.free < peak.usable * NEGLIGIBLE_SHARE) {
      contra.push(evidence(say('leak.against.no-room', { state: leakClass, free: peak.free }), source));
      return result('ruled-out');
    }
    missing.push(say('leak.missing.unseen', { state: leakClass }));
    return result('cannot-tell');
  }
  const most = mostShown(facts, leakClass, peak);
  const small = most[leakClass] < most.usable * NEGLIGIBLE_SHARE;
  const counted = say('leak.against.small', { state: leakClass, ports: most[leakClass], usable: most.usable });
  if (small) contra.push(evidence(counted, entrySource(most)));
  const seenWhereItMatters =
    facts.onsets.length === 0 ? !isUnderPressure(peak) || isNearlyFull(most) : sawTheTrouble(facts, leakClass);
  if (small && leakClass === 'bound' && undercountsPorts(facts.events)) {
    missing.push(say('leak.missing.blind'));
    return result('cannot-tell');
  }
  if (small && seenWhereItMatters) return result('ruled-out');
  if (!small) missing.push(say('leak.missing.series', { state: leakClass }));
  else missing.push(say('leak.missing.near', { state: leakClass }));
  return result('cannot-tell');
}

/** After a restart the leak goes on under a PID that no list names: the program that held most before it says what it is. */
function namesake(facts: HostFacts, rising: NamedTrend | undefined, owner: Holder | null): number | null {
  if (rising === undefined || owner === null || rising.identity.known !== null) return null;
  return facts.identities[owner.consumer]?.known == null ? null : owner.consumer;
}

/** Of the snapshots that can show a class the one with most ports in it; the peak where none can. */
export function mostShown(facts: HostFacts, shown: LedgerClass, peak: LedgerEntry): LedgerEntry {
  const shownAt = facts.ledger.filter(({ unseen }) => !unseen.includes(shown));
  return shownAt.reduce((best, entry) => (entry[shown] > best[shown] ? entry : best), shownAt[0] ?? peak);
}

/** A leak outlasts the outage: a full pool, or a snapshot within the hour after an onset that could show it, would have it. */
export function sawTheTrouble(facts: HostFacts, leakClass: LeakClass): boolean {
  const full = facts.ledger.some((entry) => isNearlyFull(entry) && !entry.unseen.includes(leakClass));
  const witness = snapshotSoonAfterOnset(facts, LEAK_WITNESS_SECONDS);
  return full || (witness !== null && !witness.entry.unseen.includes(leakClass));
}

export function ageOf(facts: HostFacts, consumer: number, leakClass: LeakClass): SocketAges | null {
  const found = facts.consumers.find(({ identity }) => identity.id === consumer);
  return socketAges(found?.attributed.holding?.createdMs[leakClass] ?? []);
}

function rounded({ low, best, high }: Estimate): Estimate {
  return {
    low: Math.round(low),
    best: best === null ? null : Math.round(best),
    high: high === null ? null : Math.round(high),
  };
}
