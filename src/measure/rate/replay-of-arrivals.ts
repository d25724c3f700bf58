import type { Estimate } from '../../model/estimate.js';
import { median } from '../numbers/statistics.js';
import type { GrowthStep } from './pool-growth.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

/** How well the reconstructed arrivals explain what was seen. */
export interface ReplayOfArrivals {
  readonly snapshots: number;
  readonly medianErrorPorts: number;
  /** TIME_WAIT ports seen in the snapshots compared, the median. */
  readonly observedPorts: number;
  /** Predicted minus logged moment of the first failure; null where nothing was logged or the last rate would not fill the pool. */
  readonly onsetErrorSeconds: number | null;
}

interface ReplayInput {
  readonly steps: readonly GrowthStep[];
  readonly delay: Estimate;
  readonly firstOnsetMs: number | null;
}

/** A pool that would have been full within this of the event, at the rate seen before it, explains the event. */
const PROJECTION_TOLERANCE_SECONDS = 60;

/** True where the arrivals seen would have filled the pool at about the first failure logged. */
export function fillsAtOnset(test: ReplayOfArrivals | null): boolean {
  return test?.onsetErrorSeconds != null && Math.abs(test.onsetErrorSeconds) <= PROJECTION_TOLERANCE_SECONDS;
}

/** A replay that misses by more than this share of what was seen waiting has not understood it. */
const ERROR_SHARE_TOLERATED = 0.2;
/** Errors of fewer ports than this are chance. */
const ERROR_PORTS_TOLERATED = 50;
/** A pool that would have been full this much sooner or later than the first failure was not filled by the arrivals seen. */
const ONSET_TOLERANCE_SECONDS = 120;

/** True where the arrivals seen, under the delay believed, do not lead to what was seen: the model is not the host's. */
export function replayContradicts(test: ReplayOfArrivals | null): boolean {
  if (test === null) return false;
  const { medianErrorPorts, observedPorts, onsetErrorSeconds } = test;
  if (medianErrorPorts > Math.max(observedPorts * ERROR_SHARE_TOLERATED, ERROR_PORTS_TOLERATED)) return true;
  return onsetErrorSeconds !== null && Math.abs(onsetErrorSeconds) > ONSET_TOLERANCE_SECONDS;
}

/** Below this many comparable snapshots a replay says nothing. */
const SNAPSHOTS_NEEDED = 2;

/**
 * Replays the arrivals under the captured settings: the tuples that are new in each snapshot arrive evenly over the gap before it,
 * and each holds its port for TIME_WAIT (in a gap longer than that over its end, for what came before is gone); what waited in the first snapshot goes evenly over one delay. The prediction of TIME_WAIT is compared
 * with every later snapshot. Stops at the first exhausted one: ports taken again for the same tuple do not look new.
 */
export function replayOfArrivals({ steps, delay, firstOnsetMs }: ReplayInput): ReplayOfArrivals | null {
  const [first] = steps;
  if (first === undefined) return null;
  const delayMs = (delay.best ?? (delay.low + (delay.high ?? delay.low)) / 2) * 1000;
  const comparable = steps.slice(1).filter(({ exhausted }) => !exhausted);
  if (comparable.length < SNAPSHOTS_NEEDED) return null;
  const predict = (atMs: number, seen: readonly GrowthStep[] = steps): number => {
    let waiting = first.waiting * Math.max(0, 1 - (atMs - first.atMs) / delayMs);
    seen.forEach((step, index) => {
      const before = seen[index - 1];
      if (before === undefined || step.exhausted || before.atMs >= atMs) return;
      // The part of the gap whose connections are still waiting at the moment asked for.
      const since = Math.max(before.atMs, step.atMs - delayMs);
      const from = Math.max(since, atMs - delayMs);
      const to = Math.min(step.atMs, atMs);
      if (to > from) waiting += (step.opened * (to - from)) / (step.atMs - since);
    });
    return waiting;
  };
  const errors = comparable.map((step) => Math.abs(predict(step.atMs) - step.waiting));
  return {
    snapshots: comparable.length,
    medianErrorPorts: Math.round(median(errors) ?? 0),
    observedPorts: Math.round(median(comparable.map(({ waiting }) => waiting)) ?? 0),
    onsetErrorSeconds: onsetError(steps, delayMs, predict, firstOnsetMs),
  };
}

/** A rate is not carried further than the longest legal delay. */
const LONGEST_PROJECTION_MS = LONGEST_LEGAL_DELAY_MS;

/** Goes on as the arrivals did before the first failure, second by second, until the ports run out. */
function onsetError(
  steps: readonly GrowthStep[],
  delayMs: number,
  predict: (atMs: number, seen: readonly GrowthStep[]) => number,
  firstOnsetMs: number | null,
): number | null {
  const growing = steps.filter(({ exhausted, atMs }) => !exhausted && firstOnsetMs !== null && atMs <= firstOnsetMs);
  const last = growing.at(-1);
  const before = growing.at(-2);
  if (last === undefined || before === undefined || firstOnsetMs === null) return null;
  if (firstOnsetMs - last.atMs > LONGEST_PROJECTION_MS) return null;
  const rate = last.opened / (last.atMs - before.atMs);
  const earlier = growing.at(-3);
  const previousRate = earlier === undefined ? rate : before.opened / (before.atMs - earlier.atMs);
  const middles = (last.atMs - (earlier ?? before).atMs) / 2;
  // A rate that was rising goes on rising; one that was falling is taken as it was.
  const rise = Math.max((rate - previousRate) / Math.max(middles, 1), 0);
  const atLast = rate + rise * ((last.atMs - before.atMs) / 2);
  const others = last.inUse - last.waiting;
  for (let atMs = last.atMs; atMs <= last.atMs + 2 * delayMs; atMs += 1000) {
    const ahead = Math.min(atMs - last.atMs, delayMs);
    const added = atLast * ahead + (rise * ahead * ahead) / 2;
    if (predict(atMs, growing) + added + others >= last.usable) return Math.round((atMs - firstOnsetMs) / 1000);
  }
  return null;
}
