import { LEGAL_DELAY_SECONDS } from '../model/legal-delay.js';
import { fillsAtOnset, replayContradicts } from '../measure/rate/replay-of-arrivals.js';
import { ranOut, type HostFacts } from '../measure/facts.js';
import {
  ofTcp,
  snapshotNearestOnset,
  snapshotSoonAfterOnset,
  type SnapshotNearOnset,
} from '../measure/events/snapshot-near-onset.js';
import { say } from '../messages/say.js';
import type { Evidence, Message } from '../model/report-message.js';
import { namedBlame, namedRange, type Blame } from './blame.js';
import { culpritDestinations, hostDestinations } from './culprit-destinations.js';
import { heaviestWaiters, perhaps } from './heaviest-waiters.js';
import { toldRate } from './rate-of-culprits.js';
import { firstOf, isFound, judging, present } from './judging.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  eventCount,
  eventSource,
  evidence,
  type WithTcpTable,
} from './mechanism.js';
import { longestWait, mayBeStuck } from './stuck-time-wait.js';
import { CONTRIBUTING_SHARE, DOMINANT_SHARE, UNKNOWN_DIRECTION_LIMIT, WITNESS_SHARE_OF_DELAY } from './thresholds.js';
import {
  EXHAUSTED_UTILISATION,
  NEARLY_EMPTY_UTILISATION,
  utilisation,
  isUnderPressure,
  isNearlyFull,
  isNearlyEmpty,
} from '../measure/pools/fullness.js';

/** Owners of at least this share of client TIME_WAIT must be known before a culprit is named at high confidence. */
const COVERAGE_FOR_HIGH = 0.5;

/** This host closes connections faster than TIME_WAIT expires. */
export const timeWaitChurn: MechanismRecord = {
  id: 'time-wait-churn',
  transport: 'tcp',
  ports: 'timeWait',
  leaks: null,
  fillsPool: true,
  doubts: [areOwnersUnknown, ({ replay }) => replayContradicts(replay)],
  needs: 'tcp-table',
  isFilledByRate: true,
  settingsHelp: 'yes',
  remedies: ['reuse-connections', 'use-auto-reuse-range'],
  judge: judging({ measure, decide, collect }),
  summary,
};

function areOwnersUnknown({ attribution }: HostFacts): boolean {
  return (attribution.coverage ?? 0) < COVERAGE_FOR_HIGH;
}

function measure(facts: WithTcpTable) {
  const { peak, replay } = facts;
  const { collisions } = facts.events;
  const delay = facts.timeWaitDelay.effective;
  const share = peak.timeWait / Math.max(peak.usable, 1);
  const dominant = peak.timeWait >= peak.inUse * DOMINANT_SHARE && peak.timeWait > 0;
  const full = isNearlyFull(peak);
  const witness = snapshotSoonAfterOnset(ofTcp(facts), delay.low * WITNESS_SHARE_OF_DELAY);
  // Beside an event a pool with ports to spare is no reason for it: the program may use one port of its own again and again.
  const hadPorts = witness !== null && fullestBefore(witness, delay.low) < EXHAUSTED_UTILISATION ? witness : null;
  return {
    share,
    suspects: heaviestWaiters(facts),
    dominant,
    full,
    pressed: isUnderPressure(peak),
    /** Beside what fills the pool it may still take a good part of it. */
    takesPart: share >= CONTRIBUTING_SHARE,
    shown: !peak.unseen.includes('timeWait'),
    doubtful: peak.directionUnknown > peak.timeWait * UNKNOWN_DIRECTION_LIMIT,
    stuck: mayBeStuck(facts),
    /** However slowly connections are closed, each keeps its port. */
    isStuck: mayBeStuck(facts) && facts.timeWaitExpiry.expires === 'no',
    ranOut: ranOut(facts),
    projected: dominant && !full && fillsAtOnset(replay) ? (replay?.onsetErrorSeconds ?? null) : null,
    collides: collisions.length > 0,
    hadPorts,
    drained: witness !== null && hadPorts === null && isStillMostlyWaiting(witness) ? witness : null,
    emptyThen: witness !== null && sawNothingWaiting(witness) ? witness : null,
    hasOnsets: facts.tcpOnsets.length > 0,
    logCovers: facts.logCoversSnapshots,
  };
}

type Measured = ReturnType<typeof measure>;

function decide(churn: Measured): Judgement['outcome'] {
  const fullOfIt = churn.full && churn.dominant;
  const fullOfOthers = churn.full && !churn.dominant;
  return firstOf([
    [churn.isStuck, 'ruled-out'],
    [fullOfOthers && churn.takesPart, 'likely'],
    [fullOfOthers && churn.shown, 'ruled-out'],
    [fullOfIt && churn.ranOut && !churn.doubtful && !churn.stuck, 'confirmed'],
    [fullOfIt || churn.projected !== null, 'likely'],
    [churn.dominant && churn.pressed && churn.collides && churn.hadPorts === null, 'likely'],
    [churn.drained !== null, 'likely'],
    [churn.emptyThen !== null, 'ruled-out'],
    [!churn.hasOnsets && churn.logCovers && churn.shown && !(churn.pressed && churn.dominant), 'ruled-out'],
  ]);
}

function collect(facts: WithTcpTable, churn: Measured, outcome: Judgement['outcome']) {
  return {
    for: whatSpeaksForIt(facts, churn),
    against: whatSpeaksAgainstIt(facts, churn, outcome),
    missing: whatWouldDecide(facts, churn, outcome),
  };
}

function whatSpeaksForIt({ peak, events, demand, timeWaitDelay }: WithTcpTable, churn: Measured): Evidence[] {
  const { dominant, full, projected, drained } = churn;
  const { collisions, tcpExhausted } = events;
  const { timeWait, inUse, usable } = peak;
  const source = entrySource(peak);
  const rate = demand.connectionsPerSecond;
  const delay = timeWaitDelay.effective.low;
  const needed = Math.round((rate?.low ?? 0) * delay);
  const refused = { count: eventCount(tcpExhausted) };
  return present(
    ((dominant && churn.pressed) || (full && churn.takesPart)) &&
      evidence(say('churn.for.full', { timeWait, inUse, usable }), source),
    churn.collides && evidence(say('churn.for.collisions', { count: eventCount(collisions) }), eventSource(collisions)),
    refused.count > 0 && dominant && full && evidence(say('churn.for.exhausted', refused), eventSource(tcpExhausted)),
    // Of attempts that nobody answers none is closed, and none waits.
    rate !== null &&
      dominant &&
      !churn.isStuck &&
      rate.low * delay >= usable * DOMINANT_SHARE &&
      evidence(say('churn.for.rate', { rate, delay, needed, usable }), source),
    projected !== null &&
      evidence(say('churn.for.projection', { seconds: Math.abs(projected), late: projected > 0 }), source),
    !full && !churn.collides && drained !== null && stillWaits(drained, delay),
  );
}

function whatSpeaksAgainstIt(facts: WithTcpTable, churn: Measured, outcome: Judgement['outcome']): Evidence[] {
  const { timeWait, inUse, usable } = facts.peak;
  const { dominant, full, share, emptyThen } = churn;
  const source = entrySource(facts.peak);
  const ofOthers = !dominant && (full || churn.pressed);
  const decidedByOthers = ofOthers && churn.shown;
  const witness = isFound(outcome) || decidedByOthers ? null : emptyThen;
  const longest = longestWait(facts.timeWaitExpiry);
  return present(
    ofOthers && evidence(say('churn.against.other', { timeWait, inUse }), source),
    churn.isStuck && evidence(say('churn.against.never-expires', { longest, proven: true }), source),
    full &&
      dominant &&
      churn.stuck &&
      !churn.isStuck &&
      evidence(say('churn.against.never-expires', { longest }), source),
    witness &&
      evidence(
        say('churn.against.witness', {
          timeWait: witness.entry.timeWait,
          usable: witness.entry.usable,
          seconds: Math.round(witness.secondsAfterOnset),
          delay: facts.timeWaitDelay.effective.low,
        }),
        entrySource(witness.entry),
      ),
    !isFound(outcome) &&
      emptyThen === null &&
      !churn.isStuck &&
      !churn.pressed &&
      evidence(say('churn.against.low', { timeWait, usable, share }), source),
  );
}

function whatWouldDecide(facts: WithTcpTable, churn: Measured, outcome: Judgement['outcome']): Message[] {
  const { peak } = facts;
  if (isFound(outcome)) {
    const fullOfIt = churn.full && churn.dominant;
    return present(
      fullOfIt && churn.doubtful && say('churn.missing.direction', { ports: peak.directionUnknown }),
      fullOfIt &&
        churn.stuck &&
        say('stuck.missing', { uptime: facts.events.uptimeSeconds !== null, limit: LEGAL_DELAY_SECONDS.high }),
    );
  }
  if (!churn.hasOnsets && !churn.logCovers) return [say('missing.log')];
  if (!churn.hasOnsets) {
    return [peak.unseen.length > 0 ? say('missing.unseen', { classes: peak.unseen }) : say('churn.missing.later')];
  }
  if (churn.hadPorts !== null) {
    const { entry, secondsAfterOnset } = churn.hadPorts;
    const seconds = Math.round(Math.abs(secondsAfterOnset));
    return [say('churn.missing.had-ports', { inUse: entry.inUse, usable: entry.usable, seconds })];
  }
  const nearest = snapshotNearestOnset(ofTcp(facts));
  const late = { seconds: Math.round(nearest?.secondsAfterOnset ?? 0), delay: facts.timeWaitDelay.effective.low };
  return present(
    nearest === null ? say('churn.missing.dated') : say('churn.missing.late', late),
    peak.unseen.length > 0 && say('missing.unseen', { classes: peak.unseen }),
  );
}

/** A table soon after an event, of a pool under pressure of what waits: with what has expired since it may have been full. */
function isStillMostlyWaiting({ entry }: SnapshotNearOnset): boolean {
  return isUnderPressure(entry) && entry.timeWait >= entry.inUse * DOMINANT_SHARE;
}

function stillWaits({ entry, secondsAfterOnset }: SnapshotNearOnset, delay: number): Evidence {
  const seconds = Math.round(Math.abs(secondsAfterOnset));
  const { timeWait, usable } = entry;
  return evidence(say('churn.for.drained', { seconds, timeWait, usable, delay }), entrySource(entry));
}

/** A table soon after an event that lists TIME_WAIT, with next to nothing in it and the pool all but empty. */
function sawNothingWaiting({ entry }: SnapshotNearOnset): boolean {
  return (
    !entry.unseen.includes('timeWait') &&
    isNearlyEmpty(entry) &&
    entry.timeWait < entry.usable * NEARLY_EMPTY_UTILISATION
  );
}

/** How full the pool can have been at the event, had nothing been opened since: what waited then has gone at the pace of TIME_WAIT. */
function fullestBefore(
  { entry, secondsAfterOnset, clockErrorSeconds }: SnapshotNearOnset,
  delaySeconds: number,
): number {
  if (entry.unseen.includes('timeWait')) return 1;
  return utilisation(entry) + (Math.abs(secondsAfterOnset) + clockErrorSeconds) / delaySeconds;
}

function summary(facts: HostFacts, blame: Blame): Message {
  const { effective } = facts.timeWaitDelay;
  const { atFault, exhausted } = blame;
  const { main, count } = atFault.length === 0 ? hostDestinations(facts) : culpritDestinations(facts, atFault);
  return say('verdict.time-wait-churn', {
    host: facts.host,
    ...namedBlame(facts, blame),
    ...(atFault.length === 0 ? perhaps(facts) : {}),
    destination: main,
    destinations: count,
    ...toldRate(facts, atFault, main),
    delay: effective,
    assumed: effective.source === 'assumed',
    exhausted,
    ...namedRange(facts),
  });
}
