import { max, median, min } from 'd3-array';
import type { Estimate } from '../../model/estimate.js';
import type { TrendShape } from '../../model/report-holders.js';

interface Course {
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
  readonly slopePerHour: Estimate | null;
  readonly risingShare: number;
}

/** A series that does not fall in four of five steps rises. */
export const RISING_SHARE = 0.8;
/** Whatever gained less than a tenth of its range in the last third of its time has levelled off. */
const LEVEL_SHARE = 0.1;
/** A level moves by no more than a quarter of its height. */
const LEVEL_BAND = 0.25;
/** A burst is twice what is usual and has lost half of its height again. */
const BURST_FACTOR = 2;

/**
 * Tells growth, a level and a burst apart, in this order: a level stays within a quarter of its height, or rose and gained next to
 * nothing in the last third of the time; growth goes on rising to the end; a burst reached twice the median and fell to half or less.
 * Anything else varies; fewer than three points say nothing.
 */
export function trendShape({ points, slopePerHour, risingShare }: Course): TrendShape {
  const values = points.map(({ value }) => value);
  const highest = max(values) ?? 0;
  const lowest = min(values) ?? 0;
  const first = points[0];
  const last = points.at(-1);
  if (points.length < 3 || first === undefined || last === undefined) return 'unknown';
  if (highest - lowest <= highest * LEVEL_BAND && !(risingShare === 1 && last.value > first.value)) return 'plateau';
  const rises = (slopePerHour?.low ?? 0) > 0 && risingShare >= RISING_SHARE && last.value > first.value;
  const lateFrom = last.atMs - (last.atMs - first.atMs) / 3;
  const beforeLate = points.findLast(({ atMs }) => atMs <= lateFrom) ?? first;
  const levelled = last.value - beforeLate.value < (highest - lowest) * LEVEL_SHARE;
  if (rises) return levelled ? 'plateau' : 'growth';
  if (highest >= (median(values) ?? 0) * BURST_FACTOR && last.value * BURST_FACTOR <= highest) return 'burst';
  return 'varying';
}
