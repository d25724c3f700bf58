import type { Estimate } from '../../model/estimate.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import { gapSeconds, type TableInterval } from '../tuples/table-interval.js';
import { openedIn } from './unseen-openings.js';
import { isGrowing } from './rate-from-time-wait.js';
import { outward } from '../numbers/rounding.js';
import type { GrowthStep } from './pool-growth.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';

/** The ports that come and go with the rate, in the terms of ports = rate × (lifetime + delay) + the rest. */
export interface TransientConnections {
  /** Connected ports that turn over; those that stand for longer than they would wait are the rest. */
  readonly connected: number;
  /** TIME_WAIT in force, cut to what the rate and the ports that wait say together. */
  readonly delaySeconds: Estimate;
  /** TIME_WAIT was seen to stand at its peak: what waits is then the rate times the delay, whatever each of them is. */
  readonly isSteady: boolean;
}

interface Input {
  readonly peak: LedgerEntry | null;
  readonly destinations: readonly { readonly timeWait: number; readonly connected: number }[];
  readonly intervals: readonly TableInterval[];
  readonly steps: readonly GrowthStep[];
  readonly delay: Estimate;
}

/** Where standing connections hold more than this share of the ports in use, they are the load. */
const STANDING_SHARE = 0.5;

/**
 * What turns over: connections to endpoints where more ports wait than are connected; where standing connections fill the pool, all
 * of them.
 */
export function transientConnections({ peak, destinations, intervals, steps, delay }: Input): TransientConnections {
  const sum = (wanted: typeof destinations): number => wanted.reduce((all, { connected }) => all + connected, 0);
  const turning = sum(destinations.filter(({ timeWait, connected }) => timeWait > connected));
  const all = sum(destinations);
  const connected = all - turning > (peak?.inUse ?? 0) * STANDING_SHARE ? all : turning;
  return { connected, delaySeconds: delayInPlay(peak, intervals, steps, delay), isSteady: stood(peak, steps, delay) };
}

/** True where a table within one delay before the peak shows about as much of TIME_WAIT. */
function stood(peak: LedgerEntry | null, steps: readonly GrowthStep[], delay: Estimate): boolean {
  if (peak?.at == null || isGrowing(peak, delay, steps)) return false;
  const peakMs = Date.parse(peak.at);
  return steps.some(({ atMs }) => atMs < peakMs && atMs >= peakMs - (delay.high ?? delay.low) * 1000);
}

/**
 * Rate and plateau together give the delay: T = N / rate. Only where TIME_WAIT was steady and every interval of one delay before the
 * peak tells how many were opened; what contradicts the delay believed is left to others to explain.
 */
function delayInPlay(
  peak: LedgerEntry | null,
  intervals: readonly TableInterval[],
  steps: readonly GrowthStep[],
  delay: Estimate,
): Estimate {
  if (peak?.at == null || delay.best !== null || isGrowing(peak, delay, steps)) return delay;
  const peakMs = Date.parse(peak.at);
  const before = intervals.filter(
    (interval) =>
      interval.toMs <= peakMs &&
      interval.fromMs >= peakMs - (delay.high ?? delay.low) * 1000 &&
      gapSeconds(interval) <= delay.low,
  );
  const seconds = before.reduce((total, interval) => total + gapSeconds(interval), 0);
  const opened = before.map(openedIn);
  if (seconds < delay.low / 4 || opened.some(({ high }) => high === null)) return delay;
  const fewest = opened.reduce((total, { seen }) => total + seen, 0);
  const most = opened.reduce((total, { high }) => total + (high ?? 0), 0);
  const error = Math.max(...before.map(({ errorSeconds }) => errorSeconds));
  const low = Math.max(delay.low, (peak.timeWait * (seconds - error)) / (most + USUAL_DEVIATIONS * Math.sqrt(most)));
  const slowest = Math.max(fewest - USUAL_DEVIATIONS * Math.sqrt(fewest), 1) / (seconds + error);
  const high = Math.min(delay.high ?? Infinity, peak.timeWait / slowest);
  return low > high ? delay : outward({ low, best: null, high: Number.isFinite(high) ? high : null });
}
