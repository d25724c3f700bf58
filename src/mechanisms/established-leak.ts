import { consumerName } from '../measure/owners/consumer-name.js';
import { ranOut } from '../measure/facts.js';
import type { SocketAges } from '../measure/trends/socket-ages.js';
import { say } from '../messages/say.js';
import { isoTime } from '../model/iso-time.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  evidence,
  weighing,
  type WithTcpTable,
} from './mechanism.js';
import { ageOf, heaviest, mostShown, risingTrends, sawTheTrouble } from './leak.js';
import { DOMINANT_SHARE, LEAK_SHARE, NEGLIGIBLE_SHARE } from './thresholds.js';
import { isUnderPressure, isNearlyFull } from '../measure/pools/fullness.js';

/** Evenly created sockets, the newest of them not long before the table: a leak, or a crowd whose connections all live equally long. */
function goesOn({ isEven, sinceMs, newestMs }: SocketAges, atMs: number | null): boolean {
  return isEven && atMs !== null && atMs - newestMs < (newestMs - sinceMs) * STILL_GOING_SHARE;
}

const STILL_GOING_SHARE = 0.2;

/** A leak more than doubles over the capture; a crowd that comes and goes does not keep doing that. */
const GROWTH_FACTOR = 2;

/** Of the connections a leak holds next to none goes away between two snapshots; a crowd turns over. */
export const STAYING_SHARE = 0.9;

/** Live connections grow, old ones never go. */
export const establishedLeak: MechanismRecord = {
  id: 'established-leak',
  needs: 'tcp-table',
  settingsHelp: 'buys-time',
  judge,
};

function judge(facts: WithTcpTable): Judgement {
  const { peak } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const source = entrySource(peak);
  const [rising] = risingTrends(facts, 'established').filter(
    ({ first, last }) => last >= peak.usable * LEAK_SHARE && last >= first * GROWTH_FACTOR,
  );
  const result = (outcome: Judgement['outcome']): Judgement =>
    weighed(outcome, peak.established / Math.max(peak.usable, 1), [rising?.consumer]);
  if (rising !== undefined && rising.slopePerHour !== null) {
    const message = say('leak.for.growth', {
      process: consumerName(rising.identity),
      state: 'established',
      first: rising.first,
      last: rising.last,
      snapshots: rising.points.length,
      perHour: rising.slopePerHour,
    });
    const { stayingShare } = facts;
    if (stayingShare !== null && stayingShare < STAYING_SHARE) {
      contra.push(
        evidence(message, source),
        evidence(say('established.against.turnover', { share: stayingShare }), source),
      );
      return result('ruled-out');
    }
    pro.push(evidence(message, source));
    if (stayingShare === null) {
      missing.push(say('established.missing.turnover'));
      return result('likely');
    }
    pro.push(evidence(say('established.for.stay', { share: stayingShare }), source));
    return result(ranOut(facts) && peak.established >= peak.inUse * DOMINANT_SHARE ? 'confirmed' : 'likely');
  }
  if (!facts.everShown.has('established')) {
    missing.push(say('leak.missing.unseen', { state: 'established' }));
    return result('cannot-tell');
  }
  const most = mostShown(facts, 'established', peak);
  const small = most.established < most.usable * NEGLIGIBLE_SHARE;
  if (small) {
    const counted = say('leak.against.small', { state: 'established', ports: most.established, usable: most.usable });
    contra.push(evidence(counted, entrySource(most)));
    const seenWhereItMatters =
      facts.onsets.length === 0 ? isNearlyFull(peak) || !isUnderPressure(peak) : sawTheTrouble(facts, 'established');
    if (seenWhereItMatters) return result('ruled-out');
  }
  const owner = heaviest(facts, 'established');
  const age = owner === null ? null : ageOf(facts, owner.consumer, 'established');
  if (owner !== null && age !== null && owner.ports >= peak.usable * LEAK_SHARE && goesOn(age, facts.peakMs)) {
    const message = say('leak.for.ages', {
      process: owner.process,
      state: 'established',
      sockets: age.sockets,
      since: isoTime(age.sinceMs),
      offsetMinutes: facts.evidence.clock.offsetMinutes(age.sinceMs),
      perHour: age.perHour,
    });
    pro.push(evidence(message, source));
    missing.push(say('leak.missing.series', { state: 'established' }));
    return result('cannot-tell');
  }
  const series = facts.trends.some(({ trendClass, points }) => trendClass === 'established' && points.length >= 3);
  if (series && owner !== null) {
    contra.push(evidence(say('established.against.no-growth', { process: owner.process, ports: owner.ports }), source));
    // A full pool cannot grow any more: there only a crowd that comes and goes speaks against a leak.
    const comesAndGoes = facts.stayingShare !== null && facts.stayingShare < STAYING_SHARE;
    const couldGrow = facts.onsets.length === 0 && !isNearlyFull(peak);
    const fillsWithOthers = isNearlyFull(peak) && peak.established < peak.inUse * DOMINANT_SHARE;
    if (comesAndGoes || couldGrow || fillsWithOthers) return result('ruled-out');
  }
  missing.push(say(series ? 'leak.missing.near' : 'leak.missing.series', { state: 'established' }));
  return result('cannot-tell');
}
