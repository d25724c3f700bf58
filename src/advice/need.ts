import type { HostFacts } from '../correlation/host-facts.js';
import type { Estimate } from '../model/estimate.js';

/** What the plan has to carry, in the terms of ports = rate × (lifetime + TIME_WAIT) + the rest. */
export interface Need {
  /** Connections a second to plan for; null when no rate can be told. `high: null` when the pool was full. */
  readonly rate: Estimate | null;
  /** Mean lifetime of a connection in seconds, on the long side. */
  readonly lifetimeSeconds: number;
  /** Ports held by everything that does not come and go with the rate. */
  readonly rest: number;
  /** TIME_WAIT to plan with: the best value known, else the long end of the interval. */
  readonly timeWaitSeconds: number;
  /** The shortest TIME_WAIT that may be in force: a delay above it might lengthen what it is meant to shorten. */
  readonly shortestTimeWaitSeconds: number;
  /** Ports seen in use at the peak. */
  readonly peakPorts: number;
  readonly censored: boolean;
}

export function needOf(facts: HostFacts): Need {
  const { peak, demand, timeWait } = facts;
  const { effective } = timeWait;
  const lifetime = demand.meanLifetimeSeconds;
  const churning = facts.destinations
    .filter((destination) => destination.timeWait > destination.connected)
    .reduce((total, { connected }) => total + connected, 0);
  return {
    rate: demand.connectionsPerSecond,
    lifetimeSeconds: lifetime === null ? 0 : (lifetime.best ?? lifetime.high ?? lifetime.low),
    rest: peak === null ? 0 : Math.max(peak.inUse - peak.timeWait - churning, 0),
    timeWaitSeconds: effective.best ?? effective.high ?? effective.low,
    shortestTimeWaitSeconds: effective.low,
    peakPorts: peak?.inUse ?? 0,
    censored: demand.censored,
  };
}

/** Little's law with the rest added: ports = rate × (lifetime + TIME_WAIT) + rest. */
export function portsFor(need: Need, ratePerSecond: number, timeWaitSeconds = need.timeWaitSeconds): number {
  return ratePerSecond * (need.lifetimeSeconds + timeWaitSeconds) + need.rest;
}

/** Sustained rate = usable × headroom ÷ (lifetime + TIME_WAIT), in whole connections a second. */
export function sustainedRate(
  usable: number,
  headroom: number,
  need: Need,
  timeWaitSeconds = need.timeWaitSeconds,
): number {
  return Math.floor((usable * headroom) / (need.lifetimeSeconds + timeWaitSeconds));
}
