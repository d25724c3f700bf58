import { ranOut, type HostFacts, type NamedTrend } from '../measure/facts.js';
import type { OldestSockets, SocketAges } from '../measure/trends/socket-ages.js';
import { say } from '../messages/say.js';
import { firstOf, judging, present } from './judging.js';
import { type MechanismRecord, type Judgement, entrySource, evidence, type WithTcpTable } from './mechanism.js';
import {
  agesOf,
  growthOf,
  heaviest,
  leakSummary,
  mostShown,
  risingTrends,
  sawTheTrouble,
  type Holder,
} from './leak.js';
import { ageOf, oldestOf } from './leak-growth.js';
import { DOMINANT_SHARE, LEAK_SHARE, NEGLIGIBLE_SHARE } from './thresholds.js';
import { isUnderPressure, isNearlyFull } from '../measure/pools/fullness.js';

/** Evenly created sockets, the newest of them not long before the table: a leak, or a crowd whose connections all live equally long. */
function goesOn({ isEven, sinceMs, newestMs }: SocketAges, atMs: number | null): boolean {
  return isEven && atMs !== null && atMs - newestMs < (newestMs - sinceMs) * STILL_GOING_SHARE;
}

const STILL_GOING_SHARE = 0.2;

/** Whoever holds most live connections, where their ages are those of a leak. */
export interface AgingHolder {
  readonly owner: Holder;
  readonly age: SocketAges;
  /** Two tables show that the oldest stay while others come: a crowd of steady size loses as many. */
  readonly lasting: OldestSockets | null;
  /** Nothing shows whether the oldest stay: a leak, or a crowd whose connections live equally long. */
  readonly isOpen: boolean;
}

/** The holder of most live connections where their ages are those of a leak that goes on; what only comes and goes has no old ones. */
export function agingHolder(facts: HostFacts): AgingHolder | null {
  const { peak, peakMs } = facts;
  const owner = heaviest(facts, 'established');
  if (peak === null || owner === null || owner.ports < peak.usable * LEAK_SHARE) return null;
  const age = ageOf(facts, owner.consumer, 'established');
  if (age === null || !goesOn(age, peakMs)) return null;
  const oldest = oldestOf(facts, owner.consumer, 'established');
  return { owner, age, lasting: oldest?.stay === true ? oldest : null, isOpen: oldest === null };
}

/** A leak more than doubles over the capture; a crowd that comes and goes does not keep doing that. */
const GROWTH_FACTOR = 2;

/** Series of live connections that grow as a leak does, to so many at least; the largest first. */
export function establishedLeaks(facts: HostFacts, least: number): NamedTrend[] {
  return risingTrends(facts, 'established').filter(({ first, last }) => last >= least && last >= first * GROWTH_FACTOR);
}

/** Of the connections a leak holds next to none goes away between two snapshots; a crowd turns over. */
export const STAYING_SHARE = 0.9;

/** Live connections grow, old ones never go. */
export const establishedLeak: MechanismRecord = {
  id: 'established-leak',
  transport: 'tcp',
  ports: 'established',
  leaks: 'established',
  fillsPool: true,
  doubts: [],
  needs: 'tcp-table',
  isFilledByRate: false,
  settingsHelp: 'buys-time',
  remedies: ['stop-the-leak', 'widen-in-emergency', 'mend-the-leak'],
  judge: judging({ measure, decide, collect }),
  summary: leakSummary('verdict.established-leak', 'established'),
};

function measure(facts: WithTcpTable) {
  const { peak, stayingShare, tcpOnsets: onsets } = facts;
  const leaks = establishedLeaks(facts, peak.usable * LEAK_SHARE);
  const [rising] = leaks;
  const owner = heaviest(facts, 'established');
  const most = mostShown(facts, 'established', peak);
  const small = most.established < most.usable * NEGLIGIBLE_SHARE;
  const seenWhereItMatters =
    onsets.length === 0
      ? facts.logCoversSnapshots || isNearlyFull(peak) || !isUnderPressure(peak)
      : sawTheTrouble(facts, 'established');
  const doesNotRise = rising === undefined && facts.everShown.has('established');
  const absent = doesNotRise && small && seenWhereItMatters;
  const holder = agingHolder(facts);
  const aging = doesNotRise && !absent ? holder : null;
  const lasting = aging?.lasting == null ? null : aging;
  const series = facts.trends.some(({ trendClass, points }) => trendClass === 'established' && points.length >= 3);
  const dominant = peak.established >= peak.inUse * DOMINANT_SHARE;
  return {
    share: peak.established / Math.max(peak.usable, 1),
    suspects: leaks.length > 0 ? leaks.map(({ consumer }) => consumer) : [lasting?.owner.consumer],
    rising,
    doesNotRise,
    turnsOver: stayingShare !== null && stayingShare < STAYING_SHARE,
    stays: stayingShare !== null && stayingShare >= STAYING_SHARE,
    fillsPool: ranOut(facts) && dominant,
    small,
    most,
    absent,
    aging,
    lasting: lasting?.lasting ?? null,
    series,
    flat: doesNotRise && !absent && holder === null && series ? owner : null,
    // A full pool cannot grow any more: there only a crowd that comes and goes speaks against a leak.
    couldGrow: onsets.length === 0 && !isNearlyFull(peak),
    fillsWithOthers: isNearlyFull(peak) && !dominant,
  };
}

type Measured = ReturnType<typeof measure>;

function decide(leak: Measured): Judgement['outcome'] {
  return firstOf([
    [leak.rising !== undefined && leak.turnsOver, 'ruled-out'],
    [leak.rising !== undefined && leak.stays && leak.fillsPool, 'confirmed'],
    [leak.rising !== undefined || leak.lasting !== null, 'likely'],
    [leak.absent, 'ruled-out'],
    [leak.flat !== null && (leak.turnsOver || leak.couldGrow || leak.fillsWithOthers), 'ruled-out'],
  ]);
}

function collect(facts: WithTcpTable, leak: Measured) {
  const { peak, stayingShare: share } = facts;
  const { rising, doesNotRise, turnsOver, most, aging, lasting, flat, series } = leak;
  const source = entrySource(peak);
  const state = 'established';
  const growth = rising && growthOf(rising, state);
  const counted = say('leak.against.small', { state, ports: most.established, usable: most.usable });
  return {
    for: present(
      growth,
      rising && leak.stays && share !== null && evidence(say('established.for.stay', { share }), source),
      aging && agesOf(facts, aging.owner, aging.age, state),
      aging && lasting && evidence(say('established.for.oldest', oldestIn(aging.owner, lasting)), source),
    ),
    against: present(
      rising && turnsOver && share !== null && evidence(say('established.against.turnover', { share }), source),
      doesNotRise && leak.small && evidence(counted, entrySource(most)),
      flat && evidence(say('established.against.no-growth', { process: flat.process, ports: flat.ports }), source),
    ),
    missing: present(
      rising && share === null && say('established.missing.turnover'),
      !rising && !doesNotRise && say('leak.missing.unseen', { state }),
      doesNotRise &&
        lasting === null &&
        say(series && aging === null ? 'leak.missing.near' : 'leak.missing.series', { state }),
    ),
  };
}

function oldestIn({ process }: Holder, { old, left, due }: OldestSockets) {
  return { process, old, left, due };
}
