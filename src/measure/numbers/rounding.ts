import type { Estimate } from '../../model/estimate.js';

/** Rounded to tenths, the ends outward: what lay inside still does, and no interval loses its width. */
export function outward({ low, best, high }: Estimate): Estimate {
  return {
    low: Math.floor(tenths(low)) / 10,
    best: best === null ? null : Math.round(best * 10) / 10,
    high: high === null ? null : Math.ceil(tenths(high)) / 10,
  };
}

/** Ten times the value, without what binary fractions leave over. */
function tenths(value: number): number {
  return Math.round(value * 1e7) / 1e6;
}

/** What the fractions of a sum may be off by. */
export const ROUNDING_ERROR = 1e-6;
