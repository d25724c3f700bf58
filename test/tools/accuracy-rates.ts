import type { HostReport } from '../../src/index.js';
import type { Estimate } from '../../src/model/estimate.js';
import type { IncidentTruth, LabelledHost } from '../simulator/incident.js';
import { bareImage, type RateTruth } from '../simulator/rate-truth.js';

/** How an interval compares with the truth. */
export interface Interval {
  /** False makes the run fail. */
  readonly isInside: boolean;
  /** The ends as shares of the truth; `high` null where the interval is open. */
  readonly low: number;
  readonly high: number | null;
  readonly text: string;
}

/** `≥94`, `118–122`. */
export function shown({ low, high }: Estimate): string {
  const number = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  return high === null ? `≥${number(low)}` : `${number(low)}–${number(high)}`;
}

export function against(estimate: Estimate, truth: number, isInside: boolean): Interval {
  const { low, high } = estimate;
  return { isInside, low: low / truth, high: high === null ? null : high / truth, text: shown(estimate) };
}

/** Intervals are drawn around what the tables span: a minute that lies between two of them is seen blunted. */
const BLUNTED = 0.02;

export function holds({ low, high }: Estimate, rate: number, tolerance = BLUNTED): boolean {
  return rate >= low * (1 - tolerance) && (high === null || rate <= high * (1 + tolerance));
}

/**
 * The host's demand: of a churn in its busiest minute, else in some minute that the tables speak of. Null where the report says
 * nothing of a rate, or a verdict that is not the cause explains what it says.
 */
export function demandInterval(host: HostReport, { truth, rates }: LabelledHost, misses: string[]): Interval | null {
  const estimate = host.demand.connectionsPerSecond;
  if (estimate === null) return null;
  const churned = truth.cause === 'time-wait-churn';
  if (churned && host.verdict.mechanism !== 'time-wait-churn') return null;
  const { quietest, busiest } = rates.host;
  const isInside = churned ? holds(estimate, truth.demand.busiestMinute) : hasRoomFor(estimate, rates.host);
  const range = churned ? truth.demand.busiestMinute.toFixed(1) : `${quietest.toFixed(2)} to ${busiest.toFixed(2)}`;
  if (!isInside) misses.push(`rate ${shown(estimate)}, true ${range}`);
  return against(estimate, churned ? truth.demand.busiestMinute : rates.host.mean, isInside);
}

function hasRoomFor({ low, high }: Estimate, { quietest, busiest }: RateTruth): boolean {
  return low * (1 - BLUNTED) <= busiest && (high === null || high * (1 + BLUNTED) >= quietest);
}

/** A log of connections alone: an interval must hold the true rate, a filtered log may only say "at least". */
export function logRateInside(host: HostReport, truth: IncidentTruth, misses: string[]): string {
  if (truth.logRate === undefined) return '–';
  const logged = host.demand.methods.find(({ id }) => id === 'log-events')?.perSecond;
  const rate = truth.demand.busiestMinute;
  const kind = logged?.high == null ? 'at-least' : 'interval';
  // The log's minutes and the truth's begin at different seconds.
  const isInside = logged !== undefined && kind === truth.logRate && holds(logged, rate, 0.05);
  const text = logged === undefined ? 'none' : shown(logged);
  if (!isInside) misses.push(`log says ${text}, true ${rate.toFixed(1)}, ${truth.logRate}`);
  return `${isInside ? 'in' : 'out'} ${text}`;
}

export function delayInterval(host: HostReport, truth: IncidentTruth, misses: string[]): Interval | null {
  const { effective } = host.timeWait;
  const waiting = truth.snapshots.some(({ ledger }) => ledger.timeWait > 20);
  if (!waiting || truth.cause === 'stuck-time-wait') return null;
  // Families may differ: the one that most of TIME_WAIT is in counts.
  const peak = (id: string): number =>
    Math.max(0, ...host.ledger.filter(({ poolId }) => poolId === id).map((entry) => entry.timeWait));
  const seconds = peak('tcp-ipv6') > peak('tcp-ipv4') ? truth.timeWaitSeconds.ipv6 : truth.timeWaitSeconds.ipv4;
  const { low, high } = effective;
  const isTooWide = (high ?? Infinity) - low > (truth.widestDelaySeconds ?? Infinity);
  const isInside = seconds >= low - 1 && (high === null || seconds <= high + 1) && !isTooWide;
  if (!isInside) misses.push(`delay ${shown(effective)} ${effective.source}, true ${String(seconds)}`);
  return { ...against(effective, seconds, isInside), text: `${shown(effective)} ${effective.source}` };
}

/**
 * Each program's, each endpoint's and each method's own rate: the interval must have room for what was opened in some minute that the tables
 * speak of, and that of a process at fault for churn for its busiest minute. `in 3 of 3`, `–` where no rate is said.
 */
export function ownRatesInside(host: HostReport, { rates }: LabelledHost, misses: string[]): string {
  const churned = host.verdict.mechanism === 'time-wait-churn';
  const judged: boolean[] = [];
  const judge = (who: string, estimate: Estimate | null, truth: RateTruth | undefined, strict: boolean): void => {
    if (estimate === null || truth === undefined) return;
    const { quietest, busiest } = truth;
    const isInside = strict ? holds(estimate, busiest) : hasRoomFor(estimate, truth);
    judged.push(isInside);
    if (!isInside)
      misses.push(`rate of ${who} ${shown(estimate)}, true ${quietest.toFixed(2)} to ${busiest.toFixed(2)}`);
  };
  for (const { process, atFault, connectionsPerSecond } of host.consumers) {
    judge(process, connectionsPerSecond, rates.byProcess.get(bareImage(process)), churned && atFault === 'yes');
  }
  // A method that counts what waits here knows nothing of connections that leave no TIME_WAIT: only its lower end is of the host.
  for (const { id, perSecond } of host.demand.methods) judge(id, { ...perSecond, high: null }, rates.host, false);
  for (const destination of host.destinations) {
    judge(destination.remote, ownRate(destination), rates.byDestination.get(destination.remote), false);
  }
  if (judged.length === 0) return '–';
  const right = judged.filter((one) => one).length;
  return `${right === judged.length ? 'in' : 'out'} ${String(right)} of ${String(judged.length)}`;
}

/** The report need not say a rate of an endpoint. */
function ownRate(destination: object): Estimate | null {
  const value: unknown = 'connectionsPerSecond' in destination ? destination.connectionsPerSecond : null;
  return isEstimate(value) ? value : null;
}

function isEstimate(value: unknown): value is Estimate {
  return (
    typeof value === 'object' &&
    value !== null &&
    'low' in value &&
    typeof value.low === 'number' &&
    'high' in value &&
    (value.high === null || typeof value.high === 'number')
  );
}
