import { consumerName } from '../measure/owners/consumer-name.js';
import { ranOut, type HostFacts, type NamedTrend } from '../measure/facts.js';
import type { SocketAges } from '../measure/trends/socket-ages.js';
import { ageOf, leakGrowth, wholePorts } from './leak-growth.js';
import { sourcedBy } from '../model/source-ref.js';
import { undercountsPorts } from '../measure/events/windows-version.js';
import { ofTcp, snapshotSoonAfterOnset } from '../measure/events/snapshot-near-onset.js';
import { say } from '../messages/say.js';
import { sumOfEstimates, type Estimate } from '../model/estimate.js';
import { isoTime } from '../model/iso-time.js';
import type { Evidence, Message } from '../model/report-message.js';
import type { LedgerClass, LedgerEntry } from '../model/report-ports.js';
import { namedBlame, namedRange, type Blame } from './blame.js';
import { firstOf, isFound, judging, present } from './judging.js';
import { type Judgement, entrySource, evidence, type WithTcpTable } from './mechanism.js';
import { DOMINANT_SHARE, LEAK_SHARE, LEAK_WITNESS_SECONDS, NEGLIGIBLE_SHARE } from './thresholds.js';
import { isRising } from '../measure/trends/trend-shape.js';
import { isUnderPressure, isNearlyFull } from '../measure/pools/fullness.js';

type LeakClass = Extract<LedgerClass, 'bound' | 'closeWait' | 'established'>;

export interface Holder {
  readonly consumer: number;
  /** As a sentence names it. */
  readonly process: string;
  readonly ports: number;
}

/** The consumers that hold ports of one class at the peak, the one with most first. */
function holdersOf(facts: HostFacts, leakClass: LedgerClass): Holder[] {
  return facts.consumers
    .map(({ identity, attributed }) => ({
      consumer: identity.id,
      process: consumerName(identity),
      ports: attributed.holding?.owned[leakClass] ?? 0,
    }))
    .filter(({ ports }) => ports > 0)
    .sort((a, b) => b.ports - a.ports);
}

/** The consumer that holds most ports of one class at the peak. */
export function heaviest(facts: HostFacts, leakClass: LedgerClass): Holder | null {
  return holdersOf(facts, leakClass)[0] ?? null;
}

/** Series of one class that keep rising: the slow end of the growth is growth, and it hardly ever goes down. */
export function risingTrends(facts: HostFacts, leakClass: LeakClass | 'udp'): NamedTrend[] {
  return facts.trends
    .filter(
      (trend) =>
        trend.trendClass === leakClass && trend.points.length >= 3 && isRising(trend) && trend.last > trend.first,
    )
    .sort((a, b) => b.last - a.last);
}

/** Rising series that matter: a tenth of the pool, or a twentieth where the pool is full and every port counts. */
export function leaking(facts: HostFacts, leakClass: LeakClass, peak: LedgerEntry): NamedTrend[] {
  const least = peak.usable * (isNearlyFull(peak) ? NEGLIGIBLE_SHARE : LEAK_SHARE);
  return risingTrends(facts, leakClass).filter(({ last }) => last >= least);
}

/**
 * How a leak of Bound or CloseWait ports is judged: one consumer holds most of a full pool in that class (confirmed), or its count
 * keeps rising or is out of all proportion (likely). Ruled out only where the class was visible and is negligible.
 */
export function judgingLeak(leakClass: Exclude<LeakClass, 'established'>): (facts: WithTcpTable) => Judgement {
  return judging({ measure: (facts: WithTcpTable) => measure(facts, leakClass), decide, collect });
}

function measure(facts: WithTcpTable, leakClass: Exclude<LeakClass, 'established'>) {
  const { peak } = facts;
  const rising = leaking(facts, leakClass, peak);
  const [owner = null, ...others] = holdersOf(facts, leakClass);
  const isLarge = ({ ports }: Holder): boolean => ports >= peak.usable * LEAK_SHARE;
  const holder = owner !== null && isLarge(owner) ? owner : null;
  const most = mostShown(facts, leakClass, peak);
  const disproportionate = owner !== null && owner.ports >= peak.usable * DOMINANT_SHARE;
  return {
    leakClass,
    share: peak[leakClass] / Math.max(peak.usable, 1),
    suspects: suspectsOf(
      facts,
      [owner, ...others].filter((one) => one !== null),
      rising,
      disproportionate,
      isLarge,
    ),
    rising,
    holder,
    beside: others.filter(isLarge),
    age: holder === null ? null : ageOf(facts, holder.consumer, leakClass),
    most,
    fillsPool: ranOut(facts) && peak[leakClass] > 0 && peak[leakClass] >= peak.inUse * DOMINANT_SHARE,
    disproportionate,
    shown: facts.everShown.has(leakClass),
    // What a table hides cannot hold more ports than the table leaves free.
    noRoom: isNearlyFull(peak) && peak.free < peak.usable * NEGLIGIBLE_SHARE,
    small: most[leakClass] < most.usable * NEGLIGIBLE_SHARE,
    undercounted: leakClass === 'bound' && undercountsPorts(facts.events),
    seenWhereItMatters:
      facts.tcpOnsets.length === 0
        ? facts.logCoversSnapshots || !isUnderPressure(peak) || isNearlyFull(most)
        : sawTheTrouble(facts, leakClass),
  };
}

type Measured = ReturnType<typeof measure>;

/**
 * Whoever has most of the pool in the fullest table filled it, and those who keep rising leak too: a service that was restarted since
 * then goes on under another PID. Else those who rise; where none does, all that hold a leak's share.
 */
function suspectsOf(
  facts: HostFacts,
  holders: readonly Holder[],
  rising: readonly NamedTrend[],
  disproportionate: boolean,
  isLarge: (holder: Holder) => boolean,
): (number | null | undefined)[] {
  const [owner = null, ...others] = holders;
  const grew = rising.map(({ consumer }) => consumer);
  const large = others.filter(isLarge).map(({ consumer }) => consumer);
  if (grew.length === 0) return [owner?.consumer, ...large];
  return disproportionate
    ? [owner?.consumer, ...grew.filter((one) => one !== owner?.consumer)]
    : [...grew, namesake(facts, rising, owner)];
}

function decide(leak: Measured): Judgement['outcome'] {
  return firstOf([
    [leak.fillsPool, 'confirmed'],
    [leak.rising.length > 0 || leak.disproportionate || leak.age !== null, 'likely'],
    [!leak.shown && leak.noRoom, 'ruled-out'],
    [!leak.shown || leak.undercounted, 'cannot-tell'],
    [leak.small && leak.seenWhereItMatters, 'ruled-out'],
  ]);
}

function collect(facts: WithTcpTable, leak: Measured, outcome: Judgement['outcome']) {
  const { peak } = facts;
  const { leakClass: state, rising, holder, beside, most, shown, small } = leak;
  const source = entrySource(peak);
  const isOpen = !isFound(outcome);
  const counted = say('leak.against.small', { state, ports: most[state], usable: most.usable });
  return {
    for: present(
      ...rising.map((trend) => growthOf(trend, state)),
      ...livesOf(facts, leak),
      holder && leak.age && agesOf(facts, holder, leak.age, state),
      ...(holder === null ? [] : [holder, ...beside]).map((one) => heldBy(one, state, peak)),
    ),
    against: present(
      isOpen && !shown && leak.noRoom && evidence(say('leak.against.no-room', { state, free: peak.free }), source),
      isOpen && shown && small && evidence(counted, entrySource(most)),
    ),
    missing: present(
      isOpen && !shown && say('leak.missing.unseen', { state }),
      isOpen && shown && small && leak.undercounted && say('leak.missing.blind'),
      isOpen && shown && small && !leak.undercounted && say('leak.missing.near', { state }),
      isOpen && shown && !small && say('leak.missing.series', { state }),
    ),
  };
}

/** A series that keeps rising, as evidence told from rows of its first and of its last table. */
export function growthOf(trend: NamedTrend, state: LeakClass | 'udp'): Evidence | null {
  const { identity, first, last, points, growthPerHour, refs } = trend;
  if (growthPerHour === null) return null;
  const process = consumerName(identity);
  const params = { process, state, first, last, snapshots: points.length, perHour: wholePorts(growthPerHour) };
  return evidence(say('leak.for.growth', params), sourcedBy(refs));
}

/** Whoever began anew with its process and leaked again: what each life came to, and whether it grows faster now. */
function livesOf({ trends }: HostFacts, { leakClass: state, suspects }: Measured): Evidence[] {
  return trends.flatMap((trend) => {
    const { trendClass, consumer, identity, restarts, lives, refs } = trend;
    const isLeak = trendClass === state && restarts > 0 && suspects.includes(consumer);
    const ended = lives.slice(0, -1);
    const [before, present] = [ended.at(-1), lives.at(-1)];
    if (!isLeak || before === undefined || present === undefined) return [];
    const params = { process: consumerName(identity), state, restarts, ended: ended.map(({ most }) => String(most)) };
    const pace = paceBeside(before.perHour, present.perHour);
    return [evidence(say('leak.for.lives', { ...params, present: present.most, pace }), sourcedBy(refs))];
  });
}

/** null where one is not known; alike where their intervals meet. */
function paceBeside(before: Estimate | null, now: Estimate | null): 'faster' | 'slower' | 'alike' | null {
  if (before === null || now === null) return null;
  if (before.high !== null && now.low > before.high) return 'faster';
  if (now.high !== null && now.high < before.low) return 'slower';
  return before.high === null || now.high === null ? null : 'alike';
}

/** What the ages of the sockets at the peak say of whoever holds them. */
export function agesOf(facts: WithTcpTable, { process }: Holder, age: SocketAges, state: LeakClass): Evidence {
  const { sinceMs, sockets } = age;
  const perHour = wholePorts(age.perHour);
  const offsetMinutes = facts.evidence.clock.offsetMinutes(sinceMs);
  const params = { process, state, sockets, since: isoTime(sinceMs), offsetMinutes, perHour };
  return evidence(say('leak.for.ages', params), entrySource(facts.peak));
}

function heldBy({ process, ports }: Holder, state: LeakClass, peak: LedgerEntry): Evidence {
  return evidence(say('leak.for.held', { process, ports, state, usable: peak.usable }), entrySource(peak));
}

/** The sentence of a leak: who holds how many ports, and how many an hour it gains. */
export function leakSummary(id: `verdict.${'bound' | 'close-wait' | 'established'}-leak`, leakClass: LeakClass) {
  return (facts: HostFacts, blame: Blame): Message => {
    const { host, peak } = facts;
    const ports = peak?.[leakClass] ?? 0;
    const usable = peak?.usable ?? 0;
    const perHour = growthOfCulprits(facts, leakClass, blame);
    const { exhausted } = blame;
    return say(id, { host, ...namedBlame(facts, blame), ports, usable, perHour, exhausted, ...namedRange(facts) });
  };
}

/** Ports an hour that those at fault gain together; "at least" where that of one is not known. */
function growthOfCulprits(facts: HostFacts, leakClass: LeakClass, { atFault }: Blame): Estimate | null {
  // Whoever began after the fullest table does not add to those who had filled it.
  const held = new Set(holdersOf(facts, leakClass).map(({ consumer }) => consumer));
  const together = atFault.filter((consumer) => held.has(consumer));
  const all = (together.length > 0 ? together : atFault).map((consumer) => leakGrowth(facts, consumer, leakClass));
  const known = all.filter((growth) => growth !== null);
  if (known.length === 0) return null;
  const sum = sumOfEstimates(known);
  return known.length === all.length ? sum : { low: sum.low, best: null, high: null };
}

/** After a restart the leak goes on under a PID that no list names: the program that held most before it says what it is. */
function namesake(facts: HostFacts, rising: readonly NamedTrend[], owner: Holder | null): number | null {
  if (owner === null || rising.every(({ identity }) => identity.known !== null)) return null;
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
  const witness = snapshotSoonAfterOnset(ofTcp(facts), LEAK_WITNESS_SECONDS);
  return full || (witness !== null && !witness.entry.unseen.includes(leakClass));
}
