import { fillsAtOnset } from '../measure/rate/replay-of-arrivals.js';
import { ranOut, type HostFacts } from '../measure/facts.js';
import {
  snapshotNearestOnset,
  snapshotSoonAfterOnset,
  type SnapshotNearOnset,
} from '../measure/events/snapshot-near-onset.js';
import { say } from '../messages/say.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  eventCount,
  eventSource,
  evidence,
  weighing,
  type WithTcpTable,
} from './mechanism.js';
import { mayBeStuck } from './stuck-time-wait.js';
import { CONTRIBUTING_SHARE, DOMINANT_SHARE, UNKNOWN_DIRECTION_LIMIT, WITNESS_SHARE_OF_DELAY } from './thresholds.js';
import {
  EXHAUSTED_UTILISATION,
  NEARLY_EMPTY_UTILISATION,
  utilisation,
  isUnderPressure,
  isNearlyFull,
  isNearlyEmpty,
} from '../measure/pools/fullness.js';

/** This host closes connections faster than TIME_WAIT expires. */
export const timeWaitChurn: MechanismRecord = {
  id: 'time-wait-churn',
  needs: 'tcp-table',
  settingsHelp: 'yes',
  judge,
};

function judge(facts: WithTcpTable): Judgement {
  const { peak } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const share = peak.timeWait / Math.max(peak.usable, 1);
  const dominant = peak.timeWait >= peak.inUse * DOMINANT_SHARE && peak.timeWait > 0;
  const source = entrySource(peak);
  if (dominant && isUnderPressure(peak)) {
    pro.push(
      evidence(say('churn.for.full', { timeWait: peak.timeWait, inUse: peak.inUse, usable: peak.usable }), source),
    );
  }
  const { collisions, tcpExhausted } = facts.events;
  if (collisions.length > 0) {
    pro.push(evidence(say('churn.for.collisions', { count: eventCount(collisions) }), eventSource(collisions)));
  }
  if (tcpExhausted.length > 0 && dominant && isNearlyFull(peak)) {
    pro.push(evidence(say('churn.for.exhausted', { count: eventCount(tcpExhausted) }), eventSource(tcpExhausted)));
  }
  const rate = facts.demand.connectionsPerSecond;
  const delay = facts.timeWaitDelay.effective;
  if (rate !== null && rate.low * delay.low >= peak.usable * DOMINANT_SHARE) {
    const needed = Math.round(rate.low * delay.low);
    pro.push(evidence(say('churn.for.rate', { rate, delay: delay.low, needed, usable: peak.usable }), source));
  }
  const result = (outcome: Judgement['outcome'], explained = share): Judgement =>
    weighed(outcome, explained, heaviestWaiters(facts));
  if (isNearlyFull(peak) && !dominant) {
    contra.push(evidence(say('churn.against.other', { timeWait: peak.timeWait, inUse: peak.inUse }), source));
    // Beside what fills the pool it may still take a good part of it.
    if (share >= CONTRIBUTING_SHARE) return result('likely');
    if (!peak.unseen.includes('timeWait')) return result('ruled-out');
  }
  if (dominant && isNearlyFull(peak)) {
    const doubtful = peak.directionUnknown > peak.timeWait * UNKNOWN_DIRECTION_LIMIT;
    if (doubtful) missing.push(say('churn.missing.direction', { ports: peak.directionUnknown }));
    const stuck = mayBeStuck(facts);
    if (stuck) {
      contra.push(
        evidence(
          say('churn.against.never-expires', { longest: Math.round(facts.timeWaitOutlived.longestSeconds) }),
          source,
        ),
      );
      missing.push(say('stuck.missing'));
    }
    return result(doubtful || stuck || !ranOut(facts) ? 'likely' : 'confirmed');
  }
  const onsetError = facts.replay?.onsetErrorSeconds ?? null;
  if (dominant && onsetError !== null && fillsAtOnset(facts.replay)) {
    const message = say('churn.for.projection', { seconds: Math.abs(onsetError), late: onsetError > 0 });
    pro.push(evidence(message, source));
    return result('likely');
  }
  const witness = snapshotSoonAfterOnset(facts, delay.low * WITNESS_SHARE_OF_DELAY);
  // Beside an event a pool with ports to spare is no reason for it: the program may use one port of its own again and again.
  const hadPorts = witness !== null && fullestBefore(witness, delay.low) < EXHAUSTED_UTILISATION;
  if (dominant && isUnderPressure(peak) && collisions.length > 0 && !hadPorts) return result('likely');
  if (witness !== null && !witness.entry.unseen.includes('timeWait')) {
    const { entry, secondsAfterOnset } = witness;
    if (isNearlyEmpty(entry) && entry.timeWait < entry.usable * NEARLY_EMPTY_UTILISATION) {
      const message = say('churn.against.witness', {
        timeWait: entry.timeWait,
        usable: entry.usable,
        seconds: Math.round(secondsAfterOnset),
        delay: delay.low,
      });
      contra.push(evidence(message, entrySource(entry)));
      return result('ruled-out', 0);
    }
  }
  if (!isUnderPressure(peak)) {
    const message = say('churn.against.low', { timeWait: peak.timeWait, usable: peak.usable, share });
    contra.push(evidence(message, source));
  }
  if (facts.onsets.length === 0) {
    const seen = facts.logCoversSnapshots && !peak.unseen.includes('timeWait');
    if (seen && !isUnderPressure(peak)) return result('ruled-out', 0);
    missing.push(say('missing.log'));
    return result('cannot-tell', 0);
  }
  if (hadPorts) {
    const { entry, secondsAfterOnset } = witness;
    const seconds = Math.round(Math.abs(secondsAfterOnset));
    missing.push(say('churn.missing.had-ports', { inUse: entry.inUse, usable: entry.usable, seconds }));
    return result('cannot-tell', 0);
  }
  const nearest = snapshotNearestOnset(facts);
  missing.push(
    nearest === null
      ? say('churn.missing.dated')
      : say('churn.missing.late', { seconds: Math.round(nearest.secondsAfterOnset), delay: delay.low }),
  );
  if (peak.unseen.length > 0) missing.push(say('missing.unseen', { classes: peak.unseen }));
  return result('cannot-tell', 0);
}

/** How full the pool can have been at the event, had nothing been opened since: what waited then has gone at the pace of TIME_WAIT. */
function fullestBefore(
  { entry, secondsAfterOnset, clockErrorSeconds }: SnapshotNearOnset,
  delaySeconds: number,
): number {
  if (entry.unseen.includes('timeWait')) return 1;
  return utilisation(entry) + (Math.abs(secondsAfterOnset) + clockErrorSeconds) / delaySeconds;
}

/**
 * The consumers that hold most of the waiting ports between them: the fewest that make up half of those attributed. Nobody where
 * less than half of TIME_WAIT could be attributed at all: the one to blame may be one that no table shows.
 */
function heaviestWaiters(facts: HostFacts): number[] {
  const waiting = facts.consumers
    .map(({ identity, attributed }) => ({
      consumer: identity.id,
      ports: attributed.logged + attributed.sameTuple + attributed.soleOwner + attributed.candidate,
    }))
    .filter(({ ports }) => ports > 0)
    .sort((a, b) => b.ports - a.ports);
  const all = waiting.reduce((total, { ports }) => total + ports, 0);
  if (all < facts.attribution.clientTimeWait * DOMINANT_SHARE) return [];
  const chosen: number[] = [];
  let covered = 0;
  for (const { consumer, ports } of waiting) {
    if (covered >= all * DOMINANT_SHARE) break;
    chosen.push(consumer);
    covered += ports;
  }
  return chosen;
}
