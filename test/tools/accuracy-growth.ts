import type { HostReport } from '../../src/index.js';
import type { Estimate } from '../../src/model/estimate.js';
import type { LabelledHost } from '../simulator/incident.js';
import { bareImage } from '../simulator/rate-truth.js';
import { against, holds, shown, type Interval } from './accuracy-rates.js';

/** Leaks come by chance: the ports of one run are no more exact than this. */
const BY_CHANCE = 0.05;
/** How the report calls a process that no list names. */
const NAMELESS = /^PID \d+$/;
/** Refusals are counted by the minute. */
const MINUTE = 60;

/** How fast each program leaks that does: every rate that the report says of one must hold the truth, and nobody else may grow. */
export function leakRatesInside(host: HostReport, { leaks }: LabelledHost, misses: string[]): Interval | null {
  let worst: Interval | null = null;
  for (const { process, atFault, trendPortsPerHour } of host.consumers) {
    const leak = leaks.get(bareImage(process));
    if (leak === undefined) {
      // A process that no list names may be the one that leaks, after its restart.
      if (!NAMELESS.test(process) && atFault === 'yes' && (trendPortsPerHour?.low ?? 0) > 0) {
        const text = shown(trendPortsPerHour ?? NOTHING);
        misses.push(`${process} is said to gain ${text} an hour, and leaks nothing`);
        worst = { isInside: false, low: 0, high: null, text };
      }
      continue;
    }
    if (trendPortsPerHour === null) continue;
    const { slowest, fastest, mean } = leak;
    const isInside =
      slowest === fastest ? holds(trendPortsPerHour, mean, BY_CHANCE) : hasRoom(trendPortsPerHour, slowest, fastest);
    if (!isInside)
      misses.push(`leak of ${process} ${shown(trendPortsPerHour)} an hour, true ${mean.toFixed(0)}, as it was held`);
    const found = against(trendPortsPerHour, mean, isInside);
    if (worst === null || (worst.isInside && (!isInside || isWider(found, worst)))) worst = found;
  }
  return worst;
}

/** When the pool that leaks runs out, told from the newest table, against the first refusal of the same arrivals played on. */
export function exhaustionInside(host: HostReport, labelled: LabelledHost, misses: string[]): Interval | null {
  const estimate = host.recommendation.predicted.secondsToExhaustion;
  if (estimate === null) return null;
  const limit = Math.max((estimate.high ?? estimate.low) * 1.5, 3_600);
  const transport = host.verdict.mechanism === 'udp-exhaustion' ? 'udp' : 'tcp';
  const seconds = labelled.refusedAfter(limit, transport);
  const isInside =
    seconds === null
      ? estimate.high === null
      : holdsSeconds(estimate, seconds) || (estimate.high === 0 && seconds < MINUTE);
  if (!isInside)
    misses.push(
      `full in ${shown(estimate)} s, true ${seconds === null ? `after ${limit.toFixed(0)}` : seconds.toFixed(0)}`,
    );
  return against(estimate, Math.max(seconds ?? limit, MINUTE), isInside);
}

function holdsSeconds({ low, high }: Estimate, seconds: number): boolean {
  return holds(
    { low: Math.max(low - MINUTE, 0), best: null, high: high === null ? null : high + MINUTE },
    seconds,
    BY_CHANCE,
  );
}

function hasRoom({ low, high }: Estimate, slowest: number, fastest: number): boolean {
  return low <= fastest * (1 + BY_CHANCE) && (high === null || high >= slowest * (1 - BY_CHANCE));
}

function isWider(one: Interval, other: Interval): boolean {
  return (one.high ?? Infinity) - one.low > (other.high ?? Infinity) - other.low;
}

const NOTHING: Estimate = { low: 0, best: null, high: null };
