import type { HostFacts } from '../measure/facts.js';
import { snapshotSoonAfterOnset } from '../measure/events/snapshot-near-onset.js';
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
import { WITNESS_SHARE_OF_DELAY } from './thresholds.js';
import { utilisation, isNearlyFull, isNearlyEmpty } from '../measure/pools/fullness.js';

/** In a nearly empty pool one reopening of the same tuple may be chance (1 in 16,384 for each connection); two are not. */
const REOPENINGS_NEEDED = 2;

/** 4227 with a nearly empty pool: a program pins its source port, or reopens the same tuple within TIME_WAIT. */
export const endpointCollision: MechanismRecord = { id: 'endpoint-collision', needs: null, settingsHelp: 'no', judge };

function judge(facts: HostFacts): Judgement {
  const { peak, pinned } = facts;
  const { collisions } = facts.events;
  const { pro, contra, missing, weighed } = weighing();
  const [worst] = pinned.filter(({ reopened }) => reopened >= REOPENINGS_NEEDED);
  const result = (outcome: Judgement['outcome']): Judgement => weighed(outcome, 0, [worst?.consumer]);
  if (collisions.length === 0) {
    if (!facts.hasSystemLog) {
      missing.push(say('missing.log'));
      return result('cannot-tell');
    }
    contra.push(evidence(say('collision.against.no-event'), sourcedBy([])));
    return result(facts.logCoversSnapshots || facts.snapshots === 0 ? 'ruled-out' : 'cannot-tell');
  }
  pro.push(evidence(say('collision.for.events', { count: eventCount(collisions) }), eventSource(collisions)));
  if (peak === null) {
    missing.push(say('churn.missing.snapshot'));
    return result('cannot-tell');
  }
  if (isNearlyFull(peak)) {
    contra.push(evidence(say('collision.against.full', { inUse: peak.inUse, usable: peak.usable }), entrySource(peak)));
    return result(worst === undefined ? 'ruled-out' : 'cannot-tell');
  }
  if (worst !== undefined) {
    const { local, remote, reopened, sightings, process } = worst;
    const message = say('collision.for.tuple', { local, remote, reopened, sightings, process });
    pro.push(evidence(message, sourcedBy([worst.ref])));
  } else missing.push(say('collision.missing.tuple'));
  if (peak.unseen.includes('established') || peak.unseen.includes('bound')) {
    if (peak.unseen.includes('established')) missing.push(say('missing.unseen', { classes: peak.unseen }));
  }
  if (!isNearlyEmpty(peak) || facts.events.tcpExhausted.length > 0) return result('cannot-tell');
  // Only a table near an event that lists the connected states and TIME_WAIT says how full the pool was then.
  const witness = snapshotSoonAfterOnset(facts, facts.timeWaitDelay.effective.low * WITNESS_SHARE_OF_DELAY);
  if (witness !== null && witness.entry.unseen.every((what) => what === 'bound' || what === 'owner')) {
    const { entry, secondsAfterOnset } = witness;
    const message = say('collision.for.empty', {
      inUse: entry.inUse,
      usable: entry.usable,
      share: utilisation(entry),
      seconds: Math.round(Math.abs(secondsAfterOnset)),
      bound: !entry.unseen.includes('bound'),
    });
    pro.push(evidence(message, entrySource(entry)));
  }
  return result(worst === undefined ? 'cannot-tell' : 'confirmed');
}
