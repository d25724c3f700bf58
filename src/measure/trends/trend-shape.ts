import { max, median, min } from 'd3-array';
import type { Estimate } from '../../model/estimate.js';
import type { TrendShape } from '../../model/report-holders.js';
import { POINTS_NEEDED } from './growth.js';
import type { TrendPoint } from './thinned-series.js';

interface Course {
  readonly points: readonly TrendPoint[];
  readonly growthPerHour: Estimate | null;
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
 * nothing in the last third of the time; growth goes on rising to the end, or until the pool is full; a burst reached twice the
 * median and fell to half or less. Anything else varies; fewer than three points say nothing, and a full pool no level.
 */
export function trendShape(course: Course): TrendShape {
  if (course.points.length < POINTS_NEEDED) return 'unknown';
  const { points, risingShare } = course;
  const full = points.findIndex(({ wasFull }) => wasFull);
  const withRoom = full < 0 ? points : points.slice(0, full);
  const tells = withRoom.length >= POINTS_NEEDED;
  const values = points.map(({ value }) => value);
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  if (tells && staysLevel(withRoom) && !(risingShare === 1 && last > first)) return 'plateau';
  if (isRising(course) && last > first) return full < 0 && levelsOff(points) ? 'plateau' : 'growth';
  const highest = max(values) ?? 0;
  if (highest >= (median(values) ?? 0) * BURST_FACTOR && last * BURST_FACTOR <= highest) return 'burst';
  return tells ? 'varying' : 'unknown';
}

/** True where the slow end of the growth is growth and hardly any step goes down, or where none goes down at all. */
export function isRising({ growthPerHour, risingShare }: Pick<Course, 'growthPerHour' | 'risingShare'>): boolean {
  if (growthPerHour === null) return false;
  const { low, best } = growthPerHour;
  return low > 0 ? risingShare >= RISING_SHARE : risingShare === 1 && (best ?? 0) > 0;
}

function staysLevel(points: readonly TrendPoint[]): boolean {
  const values = points.map(({ value }) => value);
  const highest = max(values) ?? 0;
  return highest - (min(values) ?? 0) <= highest * LEVEL_BAND;
}

function levelsOff(points: readonly TrendPoint[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return false;
  const lateFrom = last.atMs - (last.atMs - first.atMs) / 3;
  const late = points.findLast(({ atMs }) => atMs <= lateFrom) ?? first;
  const values = points.map(({ value }) => value);
  return last.value - late.value < ((max(values) ?? 0) - (min(values) ?? 0)) * LEVEL_SHARE;
}
