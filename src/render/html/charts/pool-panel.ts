import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { MAGNIFY_BELOW } from './pool-bar.js';
import { segmentsOf, type PoolPoint } from './pool-series.js';
import { stacked, type Stack } from './stack.js';

/** One picture of the ports in use over time with its own axis, between `top` and `bottom`. */
export interface PoolPanel {
  readonly top: number;
  readonly bottom: number;
  readonly stack: Stack;
  /** The usable ports, where they fit into the panel. */
  readonly capacity: { readonly path: string; readonly y: string; readonly usable: number } | null;
  readonly peak: {
    readonly x: string;
    readonly y: string;
    readonly anchor: 'start' | 'middle' | 'end';
    readonly inUse: number;
  } | null;
  readonly portTicks: readonly { readonly y: string; readonly ports: number }[];
  /** How many times taller a port is here than in the panel of the whole pool; null in that panel itself. */
  readonly magnified: number | null;
}

interface Frame {
  readonly top: number;
  readonly left: number;
  readonly right: number;
  readonly x: (ms: number) => number;
}

const PLOT = 230;
/** The whole pool when it is nearly empty: enough to see that it is. */
const OVERVIEW = 84;
const BETWEEN = 40;
const LENS = 190;
/** The highest point of a magnified panel stays well below its upper edge: it must not look full. */
const LENS_ROOM = 1.6;
/** Room that the label of the peak needs on either side. */
const LABEL = 120;

/** The pool on its whole axis; when little of it is ever used, a low panel of the whole and a tall one of that little. */
export function poolPanels(points: readonly PoolPoint[], frame: Frame): PoolPanel[] {
  if (points.length === 0) return [];
  const inUse = max(points, (point) => point.inUse) ?? 0;
  const whole = Math.max(max(points, (point) => Math.max(point.usable, point.inUse)) ?? 1, 1);
  if (inUse === 0 || inUse / whole >= MAGNIFY_BELOW) {
    const y = scaleLinear([0, whole * 1.06], [frame.top + PLOT, frame.top]);
    return [{ ...panel(points, frame, y, PLOT), capacity: capacityOf(points, frame, y), magnified: null }];
  }
  const bottom = frame.top + OVERVIEW;
  const y = scaleLinear([0, whole * 1.06], [bottom, frame.top]);
  const below = { ...frame, top: bottom + BETWEEN };
  const lens = scaleLinear([0, Math.max(inUse * LENS_ROOM, 1)], [below.top + LENS, below.top]);
  const magnified = (lens(0) - lens(1)) / (y(0) - y(1));
  return [
    { ...panel(points, frame, y, OVERVIEW), peak: null, capacity: capacityOf(points, frame, y), magnified: null },
    { ...panel(points, below, lens, LENS), capacity: null, magnified },
  ];
}

function panel(
  points: readonly PoolPoint[],
  { top, left, right, x }: Frame,
  y: { (ports: number): number; ticks(count: number): number[] },
  height: number,
): Pick<PoolPanel, 'top' | 'bottom' | 'stack' | 'peak' | 'portTicks'> {
  const peak = points.reduce<PoolPoint | null>(
    (best, point) => (best === null || point.inUse > best.inUse ? point : best),
    null,
  );
  const peakX = peak === null ? 0 : x(peak.ms);
  return {
    top,
    bottom: top + height,
    stack: stacked(segmentsOf(points), x, y),
    peak:
      peak === null
        ? null
        : {
            x: peakX.toFixed(1),
            y: y(peak.inUse).toFixed(1),
            anchor: peakX > right - LABEL ? 'end' : peakX < left + LABEL ? 'start' : 'middle',
            inUse: peak.inUse,
          },
    portTicks: y
      .ticks(height < PLOT / 2 ? 2 : 4)
      .filter(Number.isInteger)
      .map((ports) => ({ y: y(ports).toFixed(1), ports })),
  };
}

function capacityOf(
  points: readonly PoolPoint[],
  { left, right, x }: Frame,
  y: (ports: number) => number,
): PoolPanel['capacity'] {
  const [first] = points;
  if (first === undefined) return null;
  let path = `M${String(left)} ${y(first.usable).toFixed(1)}`;
  let level = first.usable;
  for (const point of points) {
    if (point.usable === level) continue;
    path += `H${x(point.ms).toFixed(1)}V${y(point.usable).toFixed(1)}`;
    level = point.usable;
  }
  return { path: `${path}H${String(right)}`, y: y(level).toFixed(1), usable: level };
}
