import type { HostEvidence } from '../capture/assemble/assemble.js';
import { snapshotSoonAfterOnset } from './events/snapshot-near-onset.js';
import type { DelayFacts, DestinationFacts, LogFacts, RateFacts } from './facts.js';
import type { HostMeasures } from './host-measures.js';
import { isNearlyFull } from './pools/fullness.js';
import { connectionRate } from './rate/connection-rate.js';
import { endedInTimeWait } from './rate/ended-in-time-wait.js';
import { withUnseenOpenings } from './rate/pool-growth.js';
import { fillsAtOnset, replayOfArrivals, type ReplayOfArrivals } from './rate/replay-of-arrivals.js';
import { unansweredSeconds } from './rate/rate-from-syn-sent.js';
import { transientConnections } from './rate/transient-connections.js';
import { isPlaced } from '../model/event-group.js';
import type { LedgerEntry } from '../model/report-ports.js';

/** What an event says of the pool at a moment that no table shows. */
export interface UnseenMoments {
  readonly replay: ReplayOfArrivals | null;
  readonly ranOutUnseen: boolean;
}

export function unseenMoments(
  { rates, holders }: HostMeasures,
  { events, onsets }: LogFacts,
  { timeWaitDelay }: DelayFacts,
  ledger: readonly LedgerEntry[],
): UnseenMoments {
  const { effective } = timeWaitDelay;
  const replay = replayOfArrivals({
    steps: withUnseenOpenings(rates.steps, rates.intervals),
    delay: effective,
    firstOnsetMs: onsets.find(isPlaced)?.fromMs ?? null,
  });
  const collided = events.collisions.length > 0;
  // A connection was refused while no table was taken in which what held the ports would still be waiting.
  const refusedUnseen = collided && snapshotSoonAfterOnset({ ledger, onsets }, effective.low) === null;
  const ranOutUnseen =
    events.tcpExhausted.length > 0 ||
    fillsAtOnset(replay) ||
    refusedUnseen ||
    (isNearlyFull(holders.peak?.entry ?? null) && collided);
  return { replay, ranOutUnseen };
}

/** `isPart`: other connections of the host take their ports from a pool of their own. */
export function rateFacts(
  { rates, holders: { peak } }: HostMeasures,
  { loggedConnections, settings }: HostEvidence,
  { timeWaitDelay }: DelayFacts,
  { replay, ranOutUnseen }: UnseenMoments,
  destinations: readonly DestinationFacts[],
  isPart: boolean,
): RateFacts {
  const { steps, intervals } = rates;
  const entry = peak?.entry ?? null;
  const transient = transientConnections({
    peak: entry,
    destinations,
    intervals,
    steps,
    delay: timeWaitDelay.effective,
  });
  const demand = connectionRate({
    peak: entry,
    waitingTuples: peak?.waitingTuples ?? 0,
    intervals,
    timeWait: timeWaitDelay.effective,
    liveAgesSeconds: peak?.holdings.liveAgesSeconds ?? [],
    steps,
    loggedInMinute: loggedConnections.busiestMinute(),
    ranOutUnseen,
    isPart,
    connected: transient.connected,
    unansweredSeconds: unansweredSeconds(settings.map(({ record }) => record)),
  });
  const showsWaiting = entry !== null && !entry.unseen.includes('timeWait');
  const ended = showsWaiting ? endedInTimeWait(intervals, timeWaitDelay.effective.low) : null;
  return { demand, transient, endedInTimeWait: ended, replay };
}
