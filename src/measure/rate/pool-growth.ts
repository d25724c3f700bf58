import type { TableInterval } from '../tuples/table-interval.js';
import { openedIn } from './unseen-openings.js';

/** What one dated snapshot adds to the one before it. */
export interface GrowthStep {
  readonly atMs: number;
  /** Tuples not seen in the snapshot before. */
  readonly opened: number;
  readonly waiting: number;
  readonly inUse: number;
  readonly usable: number;
  readonly exhausted: boolean;
}

/** As many as fit an hour of snapshots every five seconds; a longer series keeps the stretch before the pool ran out. */
const MAX_STEPS = 720;

/**
 * The steps that led to the first exhausted snapshot, or the latest ones where the pool never ran out. Bounded. Tables of one moment are
 * one step, the fuller one: nothing can be divided by the time between them.
 */
export class PoolGrowth {
  #steps: GrowthStep[] = [];
  #ranOut = false;

  addStep(step: GrowthStep): void {
    if (this.#ranOut) return;
    const last = this.#steps.at(-1);
    if (last !== undefined && step.atMs <= last.atMs) {
      const fuller = step.inUse > last.inUse ? step : last;
      this.#steps[this.#steps.length - 1] = { ...fuller, opened: last.opened + step.opened };
    } else this.#steps.push(step);
    if (step.exhausted) this.#ranOut = true;
    if (this.#steps.length > MAX_STEPS) this.#steps.shift();
  }

  list(): readonly GrowthStep[] {
    return this.#steps;
  }
}

/** Ports taken again for the same endpoint do not look new: each step opens as many as the free ports say. */
export function withUnseenOpenings(steps: readonly GrowthStep[], intervals: readonly TableInterval[]): GrowthStep[] {
  const opened = new Map(intervals.map((interval) => [interval.toMs, openedIn(interval).best]));
  return steps.map((step) => ({ ...step, opened: opened.get(step.atMs) ?? step.opened }));
}
