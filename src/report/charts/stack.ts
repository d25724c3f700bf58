import { area, line } from 'd3-shape';
import { LEDGER_VIEWS, type LedgerView } from '../../model/ledger-view.js';
import type { PoolPoint } from './pool-series.js';

/** The states of the pool on top of each other, and the line above them all. */
export interface Stack {
  readonly areas: readonly {
    readonly view: LedgerView;
    readonly path: string;
    readonly label: { readonly x: string; readonly y: string } | null;
  }[];
  readonly outline: string;
}

/** Half the width of a snapshot that stands alone. */
const HALF_COLUMN = 4;
/** Room for a name on an area: its height, and half its length. */
const LABEL_HEIGHT = 22;
const LABEL_HALF = 60;

interface Spot {
  readonly x: number;
  readonly point: PoolPoint;
}

/** The corners of one segment; a snapshot alone becomes a column. */
function spots(segment: readonly PoolPoint[], x: (ms: number) => number): Spot[] {
  const [only] = segment;
  if (segment.length === 1 && only !== undefined) {
    return [-HALF_COLUMN, HALF_COLUMN].map((side) => ({ x: x(only.ms) + side, point: only }));
  }
  return segment.map((point) => ({ x: x(point.ms), point }));
}

/** Draws the segments between `left` and `right`; an area thick enough for its name says where the name goes. */
export function stacked(
  segments: readonly PoolPoint[][],
  x: (ms: number) => number,
  y: (ports: number) => number,
  [left, right]: readonly [number, number],
): Stack {
  const below = (point: PoolPoint, view: LedgerView): number =>
    LEDGER_VIEWS.slice(0, LEDGER_VIEWS.indexOf(view)).reduce((sum, lower) => sum + point.ports[lower], 0);
  const all = segments.flat();
  const areas = LEDGER_VIEWS.filter((view) => all.some((point) => point.ports[view] > 0)).map((view) => {
    const shape = area<Spot>(
      (spot) => spot.x,
      (spot) => y(below(spot.point, view)),
      (spot) => y(below(spot.point, view) + spot.point.ports[view]),
    ).digits(1);
    const thickest = all.reduce((best, point) => (point.ports[view] > best.ports[view] ? point : best));
    const bottom = y(below(thickest, view));
    const height = bottom - y(below(thickest, view) + thickest.ports[view]);
    const wide = segments.some((segment) => segment.includes(thickest) && segment.length > 2);
    const labelX = Math.min(Math.max(x(thickest.ms), left + LABEL_HALF), right - LABEL_HALF);
    return {
      view,
      path: segments.map((segment) => shape(spots(segment, x)) ?? '').join(''),
      label: height > LABEL_HEIGHT && wide ? { x: labelX.toFixed(1), y: (bottom - height / 2 + 4).toFixed(1) } : null,
    };
  });
  const top = line<Spot>(
    (spot) => spot.x,
    (spot) => y(spot.point.inUse),
  ).digits(1);
  return { areas, outline: segments.map((segment) => top(spots(segment, x)) ?? '').join('') };
}
