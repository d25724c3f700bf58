import type { TableInterval } from '../tuples/table-interval.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';

/** Connections opened in one interval: seen for certain, the best guess with those that left no trace, and at most. */
export interface CountedOpenings {
  readonly seen: number;
  readonly best: number;
  /** null where nothing bounds it. */
  readonly high: number | null;
}

/** Where so few of the ports that were free are left untaken, they no longer tell how often the others were taken. */
const TAKEN_SHARE_LIMIT = 0.95;

/**
 * A port that was freed and taken again by a connection to the same endpoint looks as if nothing had happened. Windows picks ports
 * at random, so of the ports that were free at the start as many are left as a share of the openings says: left = free × e^-∫(openings
 * / free). A pool whose ports are handed out in order has fewer openings unseen, none in the best case.
 */
export function openedIn(interval: TableInterval): CountedOpenings {
  const { newTuples: seen, newPorts, freeBefore, freeAfter } = interval;
  if (interval.exhausted || freeBefore <= 0 || freeAfter <= 0) return { seen, best: seen, high: null };
  const free = logarithmicMean(freeBefore, freeAfter);
  const taken = Math.min(newPorts / freeBefore, 1);
  if (taken > TAKEN_SHARE_LIMIT) return { seen, best: seen, high: null };
  const openings = -Math.log1p(-taken);
  const chance = USUAL_DEVIATIONS * Math.sqrt(freeBefore * Math.max(Math.expm1(openings) - openings, 0));
  const best = Math.max(seen, free * openings);
  return { seen, best, high: best + chance };
}

/**
 * The same towards one destination. What is unseen of the whole falls on the destinations by the square of their share: a port must
 * have been theirs before and after. `squares`: of all destinations, see squaresOf.
 */
export function openedTowards(
  interval: TableInterval,
  destination: number,
  all: CountedOpenings,
  squares: number,
): CountedOpenings {
  const seen = interval.newByDestination.get(destination) ?? 0;
  const part = squares === 0 ? 0 : (seen * seen) / squares;
  return {
    seen,
    best: seen + (all.best - all.seen) * part,
    high: all.high === null ? null : seen + (all.high - all.seen) * part,
  };
}

/** The sum of the squares of what was opened towards each destination. */
export function squaresOf({ newByDestination }: TableInterval): number {
  let squares = 0;
  for (const count of newByDestination.values()) squares += count * count;
  return squares;
}

function logarithmicMean(a: number, b: number): number {
  return Math.abs(a - b) < 1e-9 * a ? a : (a - b) / Math.log(a / b);
}
