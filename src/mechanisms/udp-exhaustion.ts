import { consumerName } from '../measure/owners/consumer-name.js';
import type { HostFacts, NamedTrend } from '../measure/facts.js';
import { WINDOWS_DEFAULT_RANGE } from '../measure/pools/port-pool.js';
import { say } from '../messages/say.js';
import { sourcedBy } from '../model/source-ref.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  eventCount,
  eventSource,
  evidence,
  weighing,
} from './mechanism.js';
import { risingTrends } from './leak.js';
import { DOMINANT_SHARE, LEAK_SHARE } from './thresholds.js';
import {
  PRESSURE_UTILISATION,
  utilisation,
  isUnderPressure,
  isNearlyFull,
  isExhausted,
} from '../measure/pools/fullness.js';

/** The UDP pool ran out: Event 4266. Its range is a range of its own; TIME_WAIT has no part in it. */
export const udpExhaustion: MechanismRecord = { id: 'udp-exhaustion', needs: null, settingsHelp: 'no', judge };

function judge(facts: HostFacts): Judgement {
  const { udpPeak, events } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const rising = risingHolder(facts);
  const holder = rising?.consumer ?? (isSmallRange(facts) ? null : mostOf(facts));
  const result = (outcome: Judgement['outcome']): Judgement => weighed(outcome, utilisation(udpPeak), [holder]);
  if (events.udpExhausted.length > 0) {
    const message = say('udp.for.events', { count: eventCount(events.udpExhausted) });
    pro.push(evidence(message, eventSource(events.udpExhausted)));
  }
  if (rising !== undefined && udpPeak !== null && rising.slopePerHour !== null) {
    const message = say('leak.for.growth', {
      process: consumerName(rising.identity),
      state: 'udp',
      first: rising.first,
      last: rising.last,
      snapshots: rising.points.length,
      perHour: rising.slopePerHour,
    });
    pro.push(evidence(message, entrySource(udpPeak)));
  }
  if (udpPeak !== null && isNearlyFull(udpPeak)) {
    pro.push(evidence(say('udp.for.full', { inUse: udpPeak.inUse, usable: udpPeak.usable }), entrySource(udpPeak)));
    return result(isExhausted(udpPeak) || events.udpExhausted.length > 0 ? 'confirmed' : 'likely');
  }
  if (events.udpExhausted.length > 0) {
    // The event itself says that the pool was empty at that moment; who held it only a port table can tell.
    missing.push(say('udp.missing.snapshot'));
    return result('likely');
  }
  if (rising !== undefined) return result('likely');
  if (facts.hasSystemLog) contra.push(evidence(say('udp.against.no-event'), sourcedBy([])));
  if (udpPeak !== null && !isUnderPressure(udpPeak)) {
    contra.push(
      evidence(say('udp.against.low', { inUse: udpPeak.inUse, usable: udpPeak.usable }), entrySource(udpPeak)),
    );
  }
  // A log that covers the time would hold 4266; without a log, a burst between two snapshots would not be seen.
  if (facts.hasSystemLog && (facts.logCoversSnapshots || facts.snapshots === 0)) return result('ruled-out');
  missing.push(facts.hasSystemLog ? say('udp.missing.snapshot') : say('missing.log'));
  return result('cannot-tell');
}

/** A range smaller than Windows' default, full of a load that the default would carry: nobody is at fault who uses it. */
function isSmallRange({ udpPool, udpPeak }: HostFacts): boolean {
  const { count } = WINDOWS_DEFAULT_RANGE;
  return udpPool.range.count - udpPool.excluded < count && (udpPeak?.inUse ?? 0) < count * PRESSURE_UTILISATION;
}

/** A leak fills any range; a small one can be restored; without a full table of UDP endpoints it cannot be told. */
export function udpSettingsHelp(facts: HostFacts): 'no' | 'yes' | 'cannot-tell' {
  const { udpPeak } = facts;
  if (udpPeak === null || !isNearlyFull(udpPeak)) return risingHolder(facts) === undefined ? 'cannot-tell' : 'no';
  return risingHolder(facts) === undefined && (isSmallRange(facts) || mostOf(facts) === null) ? 'yes' : 'no';
}

/** The consumer whose UDP ports keep rising to a tenth of the pool or more. */
function risingHolder(facts: HostFacts): NamedTrend | undefined {
  const { udpPeak } = facts;
  if (udpPeak === null) return undefined;
  return risingTrends(facts, 'udp').find(({ last }) => last >= udpPeak.usable * LEAK_SHARE);
}

/** The consumer that has held most of the pool. A DNS server holds 2,500 ports by default (KB 956188), which is not most. */
function mostOf({ trends, udpPeak }: HostFacts): number | null {
  const most = trends
    .filter(({ trendClass }) => trendClass === 'udp')
    .reduce<NamedTrend | null>((best, trend) => (trend.peak > (best?.peak ?? 0) ? trend : best), null);
  return most !== null && udpPeak !== null && most.peak >= udpPeak.usable * DOMINANT_SHARE ? most.consumer : null;
}
