import type { Estimate } from '../../model/estimate.js';
import { RARE_DEVIATIONS, USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';
import { slopesPerHour } from '../numbers/statistics.js';
import type { TrendPoint } from './thinned-series.js';

/** Tables that a rate of growth needs. */
export const POINTS_NEEDED = 3;
/** Ports go with their process, or are closed: what is left is no more than this share of what there was. */
const RESTART_SHARE = 0.5;
/** Stretches that gained less than this share of what the longest rise gained are the rest before and after it. */
const RISE_SHARE = 0.1;

/** True where a holder gave up half or more of its ports from one table to the next: what grows then is a new growth. */
export function letsGo(before: number, after: number): boolean {
  return before > 0 && after <= before * RESTART_SHARE;
}

/**
 * Ports an hour that a series gains, as an interval. A full pool has no slope: it is told from the steps between tables of a pool
 * with room. A step that ends full, or begins full and gains all the same, shows "at least" so many; one in a full pool that gains
 * nothing shows nothing. null with fewer than three tables, or where no step shows anything.
 */
export function growthPerHour(points: readonly TrendPoint[]): Estimate | null {
  if (points.length < POINTS_NEEDED) return null;
  const free = freeGrowth(points);
  const least = leastGrowth(points);
  if (free === null) return least === null ? null : { low: least, best: null, high: null };
  // It has grown faster since.
  return least !== null && free.high !== null && least > free.high ? { ...free, best: null, high: null } : free;
}

/** The slope of the stretches with room; as wide as its quartiles, and no narrower than what comes by chance lies apart. */
function freeGrowth(points: readonly TrendPoint[]): Estimate | null {
  const stretches = stretchesWithRoom(points);
  const slopes = slopesPerHour(stretches);
  if (slopes?.best == null) return null;
  const { low, best, high } = slopes;
  const hours = stretches.reduce((sum, one) => sum + hoursBetween(one.at(0), one.at(-1)), 0);
  const chance = (USUAL_DEVIATIONS * Math.sqrt(Math.abs(best) * hours)) / hours;
  // What never fell by more than chance has not shrunk.
  const slowest = best > 0 ? Math.max(best - chance, 0) : best - chance;
  return { low: Math.min(low, slowest), best, high: Math.max(high ?? best, best + chance) };
}

/** Runs of tables between any two of which the pool had room all the time and nothing was given up; those that rise, where any does. */
function stretchesWithRoom(points: readonly TrendPoint[]): TrendPoint[][] {
  const stretches: TrendPoint[][] = [];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    const last = stretches.at(-1);
    // One table too low is no new beginning: the next has what there was.
    const fell =
      before !== undefined && letsGo(before.value, point.value) && (points[index + 1]?.value ?? 0) < before.value;
    if (before === undefined || last === undefined || before.isFull || point.wasFull || fell) stretches.push([point]);
    else last.push(point);
  }
  const gained = (one: readonly TrendPoint[]): number => (one.at(-1)?.value ?? 0) - (one[0]?.value ?? 0);
  const told = stretches.filter(({ length }) => length > 1);
  const most = Math.max(...told.map(gained));
  return most <= 0 ? told : told.filter((one) => gained(one) >= most * RISE_SHARE);
}

/** The most that any step without room shows for certain: of many steps one may be fast by chance. */
function leastGrowth(points: readonly TrendPoint[]): number | null {
  let least: number | null = null;
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before === undefined || !(before.isFull || point.wasFull)) continue;
    const gained = point.value - before.value;
    const hours = hoursBetween(before, point);
    const sure = gained - RARE_DEVIATIONS * Math.sqrt(Math.max(gained, 0));
    if (hours > 0 && sure > 0) least = Math.max(least ?? 0, sure / hours);
  }
  return least;
}

function hoursBetween(from: TrendPoint | undefined, to: TrendPoint | undefined): number {
  return ((to?.atMs ?? 0) - (from?.atMs ?? 0)) / 3_600_000;
}
