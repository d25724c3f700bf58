import type { HostFacts } from '../../measure/facts.js';
import type { Estimate } from '../../model/estimate.js';
import { USUAL_DEVIATIONS } from '../../measure/numbers/standard-deviations.js';

/** What the plan has to carry, in the terms of ports = rate × (lifetime + TIME_WAIT) + the rest. */
export interface DemandToCarry {
  /** Connections a second if TIME_WAIT lasts `timeWaitSeconds`; null when none can be told. `high: null` when the pool was full. */
  readonly rate: Estimate | null;
  /** The same for any TIME_WAIT that may be in force. */
  readonly rateUnderAnyDelay: Estimate | null;
  /** Ports in TIME_WAIT that the rate was told from; null where it was not told from them. */
  readonly waiting: number | null;
  /** They stood at that number: then they are rate × TIME_WAIT, and no other rate goes with a longer TIME_WAIT. */
  readonly isSteady: boolean;
  /** What else tells the rate, whatever TIME_WAIT lasts. */
  readonly otherRate: Estimate | null;
  /** Mean lifetime of a connection in seconds, on the long side. */
  readonly lifetimeSeconds: number;
  /** Share of the connections that this host closes, at most: only they wait afterwards. */
  readonly closedHere: number;
  /** Ports held by everything that does not come and go with the rate. */
  readonly rest: number;
  /** TIME_WAIT today, to reckon with: the best value known, else the long end of the interval. */
  readonly timeWaitNowSeconds: number;
  /** TIME_WAIT to plan with: the same, or a longer one that is configured and waits for the next restart. */
  readonly timeWaitSeconds: number;
  /** The shortest TIME_WAIT that may be in force: a delay above it might lengthen what it is meant to shorten. */
  readonly shortestTimeWaitSeconds: number;
  /** The longest one. */
  readonly longestTimeWaitSeconds: number;
  /** Ports seen in use at the peak. */
  readonly peakPorts: number;
  readonly censored: boolean;
}

/** `churns`: connections that this host closes are what fills the pool. */
export function demandToCarry(facts: HostFacts, churns: boolean): DemandToCarry {
  const { peak, demand, timeWaitDelay: timeWait } = facts;
  const { effective } = timeWait;
  const { isSteady } = facts.transient;
  const lifetime = demand.meanLifetimeSeconds;
  const plateau = demand.methods.some(({ id }) => id === 'time-wait-plateau');
  const told = {
    rateUnderAnyDelay: demand.connectionsPerSecond,
    waiting: plateau ? (peak?.timeWait ?? null) : null,
    isSteady: isSteady && !demand.censored,
    otherRate: strongest(demand.methods.filter(({ id }) => id !== 'time-wait-plateau').map((one) => one.perSecond)),
  };
  // What stands at N ports with at least so many a second waits no longer than N ÷ that.
  const longest = told.isSteady ? (told.waiting ?? 0) / (told.otherRate?.low ?? 0) : Infinity;
  const believed = effective.best ?? effective.high ?? effective.low;
  const timeWaitNowSeconds = longest >= effective.low ? Math.min(believed, longest) : believed;
  const pending = longerDelayPending(facts);
  return {
    ...told,
    rate: pending === null ? rateIf(told, timeWaitNowSeconds) : told.rateUnderAnyDelay,
    closedHere: churns ? 1 : closedHere(facts),
    lifetimeSeconds: lifetime === null ? 0 : (lifetime.best ?? lifetime.high ?? lifetime.low),
    rest: peak === null ? 0 : Math.max(peak.inUse - peak.timeWait - facts.transient.connected, 0),
    timeWaitNowSeconds,
    timeWaitSeconds: pending ?? timeWaitNowSeconds,
    shortestTimeWaitSeconds: effective.low,
    longestTimeWaitSeconds: effective.high ?? effective.low,
    peakPorts: peak?.inUse ?? 0,
    censored: demand.censored,
  };
}

/** Connections that may be over within a second are told by what they leave in TIME_WAIT, unless they were seen to end without. */
const LIVES_ON_SECONDS = 1;

/** What waits at the peak was closed here within one delay; the slowest rate of all opened says of how many. */
function closedHere({ peak, demand, timeWaitDelay: { effective }, endedInTimeWait }: HostFacts): number {
  const slowest = demand.connectionsPerSecond?.low ?? 0;
  const livesOn = (demand.meanLifetimeSeconds?.low ?? 0) >= LIVES_ON_SECONDS;
  const atLeast = livesOn ? 0 : (endedInTimeWait ?? 1);
  if (peak === null || peak.unseen.includes('timeWait') || slowest <= 0) return 1;
  const closed = (peak.timeWait + USUAL_DEVIATIONS * Math.sqrt(peak.timeWait)) / effective.low;
  return Math.min(Math.max(closed / slowest, atLeast), 1);
}

/** A delay in the registry that is longer than what is in force and takes effect with the next restart; null where none is. */
export function longerDelayPending({ timeWaitDelay: timeWait }: HostFacts): number | null {
  const { configuredSeconds, effective, pendingRestart } = timeWait;
  const longest = effective.high ?? effective.low;
  return pendingRestart && configuredSeconds !== null && configuredSeconds > longest ? configuredSeconds : null;
}

/**
 * The rate if TIME_WAIT lasts this long today. N ports in TIME_WAIT are N ÷ T connections a second: the long end of T goes with the
 * slow end of the rate, and only so do both together give the N ports back that were seen.
 */
export function rateIf(
  {
    rateUnderAnyDelay: any,
    waiting,
    isSteady,
    otherRate,
  }: Pick<DemandToCarry, 'rateUnderAnyDelay' | 'waiting' | 'isSteady' | 'otherRate'>,
  timeWaitSeconds: number,
): Estimate | null {
  if (any === null || waiting === null) return any;
  const closed = waiting / timeWaitSeconds;
  const low = Math.min(Math.max(closed, otherRate?.low ?? 0), any.high ?? Infinity);
  if (any.high === null) return { low, best: null, high: null };
  const chance = isSteady ? (USUAL_DEVIATIONS * Math.sqrt(waiting)) / timeWaitSeconds : 0;
  const fastest = isSteady ? otherRate?.low : (otherRate?.high ?? otherRate?.low);
  const high = Math.min(Math.max(closed + chance, fastest ?? 0), any.high);
  const best = any.best !== null && any.best >= low && any.best <= high ? any.best : null;
  return { low, best, high };
}

/** The rate to be on the safe side with where TIME_WAIT is to change: the fastest that fits any delay in force today. */
export function fastestRate({ rateUnderAnyDelay }: DemandToCarry): number {
  return rateUnderAnyDelay?.high ?? rateUnderAnyDelay?.low ?? 0;
}

function strongest(estimates: readonly Estimate[]): Estimate | null {
  if (estimates.length === 0) return null;
  const highs = estimates.flatMap(({ high }) => high ?? []);
  return {
    low: Math.max(...estimates.map(({ low }) => low)),
    best: null,
    high: highs.length === 0 ? null : Math.max(...highs),
  };
}

/** How long a connection of the mean waits after its end: those that the far end closes do not. */
export function waitOf({ closedHere: share, timeWaitSeconds }: DemandToCarry, delaySeconds = timeWaitSeconds): number {
  return share * delaySeconds;
}

/** Little's law with the rest added: ports = rate × (lifetime + TIME_WAIT) + rest. */
export function portsFor(need: DemandToCarry, ratePerSecond: number, timeWaitSeconds = need.timeWaitSeconds): number {
  return ratePerSecond * (need.lifetimeSeconds + waitOf(need, timeWaitSeconds)) + need.rest;
}

/**
 * Ports in use at least if all goes on as it was: as many as were seen, or as the slow end of the rate takes under the delay in force
 * that goes best with it. Nothing planned for: a plan reckons with the long delay.
 */
export function fewestPorts(need: DemandToCarry): number {
  const under = [need.shortestTimeWaitSeconds, need.timeWaitNowSeconds].map((delaySeconds) =>
    portsFor(need, rateIf(need, delaySeconds)?.low ?? 0, delaySeconds),
  );
  return Math.round(Math.max(need.peakPorts, Math.min(...under)));
}

/** Sustained rate = usable × headroom ÷ (lifetime + TIME_WAIT), in whole connections a second. */
export function sustainedRate(
  usable: number,
  headroom: number,
  need: DemandToCarry,
  timeWaitSeconds = need.timeWaitSeconds,
): number {
  return Math.floor((usable * headroom) / (need.lifetimeSeconds + waitOf(need, timeWaitSeconds)));
}
