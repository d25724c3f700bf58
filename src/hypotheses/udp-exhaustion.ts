import { consumerName } from '../correlation/consumer-name.js';
import { isFull, utilisation, type HostFacts } from '../correlation/host-facts.js';
import { say } from '../messages/say.js';
import { sourcedBy } from '../model/source-ref.js';
import {
  type Hypothesis,
  type Judgement,
  entrySource,
  eventCount,
  eventSource,
  evidence,
  weighing,
} from './hypothesis.js';
import { risingTrends } from './leak.js';
import { DOMINANT_SHARE, LEAK_SHARE, PRESSURE_UTILISATION } from './thresholds.js';

/** The UDP pool ran out: Event 4266. Its range is a range of its own; TIME_WAIT has no part in it. */
export const udpExhaustion: Hypothesis = { id: 'udp-exhaustion', needs: [], settingsHelp: 'no', judge };

function judge(facts: HostFacts): Judgement {
  const { udpPeak, events } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const owner = facts.trends
    .filter(({ trendClass }) => trendClass === 'udp')
    .reduce<{ consumer: number; peak: number } | null>(
      (best, { consumer, peak }) => (peak > (best?.peak ?? 0) ? { consumer, peak } : best),
      null,
    );
  const holder = owner !== null && owner.peak >= (udpPeak?.inUse ?? Infinity) * DOMINANT_SHARE ? [owner.consumer] : [];
  const result = (outcome: Judgement['outcome']): Judgement => weighed(outcome, utilisation(udpPeak), holder);
  if (events.udpExhausted.length > 0) {
    const message = say('udp.for.events', { count: eventCount(events.udpExhausted) });
    pro.push(evidence(message, eventSource(events.udpExhausted)));
  }
  const [rising] =
    udpPeak === null ? [] : risingTrends(facts, 'udp').filter(({ last }) => last >= udpPeak.usable * LEAK_SHARE);
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
  if (udpPeak !== null && isFull(udpPeak)) {
    pro.push(evidence(say('udp.for.full', { inUse: udpPeak.inUse, usable: udpPeak.usable }), entrySource(udpPeak)));
    return result('confirmed');
  }
  if (events.udpExhausted.length > 0) {
    // The event itself says that the pool was empty at that moment; who held it only a port table can tell.
    missing.push(say('udp.missing.snapshot'));
    return result('likely');
  }
  if (rising !== undefined) return result('likely');
  if (facts.hasSystemLog) contra.push(evidence(say('udp.against.no-event'), sourcedBy([])));
  if (udpPeak !== null && utilisation(udpPeak) < PRESSURE_UTILISATION) {
    contra.push(
      evidence(say('udp.against.low', { inUse: udpPeak.inUse, usable: udpPeak.usable }), entrySource(udpPeak)),
    );
  }
  // A log that covers the time would hold 4266; without a log, a burst between two snapshots would not be seen.
  if (facts.hasSystemLog && (facts.logCoversSnapshots || facts.snapshots === 0)) return result('ruled-out');
  missing.push(facts.hasSystemLog ? say('udp.missing.snapshot') : say('missing.log'));
  return result('cannot-tell');
}
