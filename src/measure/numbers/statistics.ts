import { quantileSorted } from 'd3-array';
import type { Estimate } from '../../model/estimate.js';

export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number | null {
  return (
    quantileSorted(
      [...values].sort((a, b) => a - b),
      share,
    ) ?? null
  );
}

/** More points than this are thinned evenly before the slopes of all pairs are taken: 200 points are 19,900 pairs. */
const MAX_SLOPE_POINTS = 200;

/**
 * Theil-Sen slope of y over t (milliseconds), in units of y per hour: the median of the slopes of all pairs within a stretch, with
 * the quartiles as the interval. One wild snapshot does not move it. null without a pair of two moments.
 */
export function slopesPerHour(
  stretches: readonly (readonly { readonly atMs: number; readonly value: number }[])[],
): Estimate | null {
  const all = stretches.reduce((sum, { length }) => sum + length, 0);
  const step = Math.max(1, Math.ceil(all / MAX_SLOPE_POINTS));
  const slopes: number[] = [];
  for (const points of stretches) {
    const used = points.filter((_, index) => index % step === 0 || index === points.length - 1);
    used.forEach((a, index) => {
      for (const b of used.slice(index + 1)) {
        const hours = (b.atMs - a.atMs) / 3_600_000;
        if (hours > 0) slopes.push((b.value - a.value) / hours);
      }
    });
  }
  const sorted = slopes.sort((a, b) => a - b);
  const best = quantileSorted(sorted, 0.5);
  const low = quantileSorted(sorted, 0.25);
  const high = quantileSorted(sorted, 0.75);
  return best === undefined || low === undefined || high === undefined ? null : { low, best, high };
}
