import { median, pairs } from 'd3-array';
import type { LedgerView } from '../../../model/ledger-view.js';

/** One snapshot of the pool, at UTC milliseconds. */
export interface PoolPoint {
  readonly ms: number;
  readonly usable: number;
  readonly inUse: number;
  readonly ports: Readonly<Record<LedgerView, number>>;
}

/** Snapshots further apart than this many usual intervals are not connected. */
const GAP_INTERVALS = 5;
/** Two snapshots alone have no usual interval: further apart than this they are not connected. */
const LONE_GAP_MS = 600_000;

/** At most so many snapshots: of each stretch of equal count the fullest. */
export function thinned(points: readonly PoolPoint[], most: number): readonly PoolPoint[] {
  if (points.length <= most) return points;
  return Array.from({ length: most }, (_, index) =>
    points
      .slice(Math.floor((index * points.length) / most), Math.floor(((index + 1) * points.length) / most))
      .reduce((best, point) => (point.inUse > best.inUse ? point : best)),
  );
}

/** The snapshots in stretches without a gap. */
export function segmentsOf(points: readonly PoolPoint[]): PoolPoint[][] {
  const steps = pairs(points, (a, b) => b.ms - a.ms);
  const limit = points.length < 3 ? LONE_GAP_MS : GAP_INTERVALS * (median(steps) ?? Infinity);
  const segments: PoolPoint[][] = [];
  let before: PoolPoint | null = null;
  for (const point of points) {
    const open = segments.at(-1);
    if (open === undefined || before === null || point.ms - before.ms > limit) segments.push([point]);
    else open.push(point);
    before = point;
  }
  return segments;
}
