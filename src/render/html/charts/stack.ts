import { area, line } from 'd3-shape';
import { LEDGER_VIEWS, type LedgerView } from '../../../model/ledger-view.js';
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
/** Room that a name on an area needs. */
const LABEL_HEIGHT = 22;
const LABEL_LENGTH = 90;

interface Spot {
  readonly x: number;
  readonly point: PoolPoint;
}

/** The corners of one segment; a snapshot alone becomes a column, and so does the fullest of several at one moment. */
function spots(segment: readonly PoolPoint[], x: (ms: number) => number): Spot[] {
  const [first] = segment;
  const last = segment.at(-1);
  if (first === undefined || last === undefined) return [];
  if (x(last.ms) - x(first.ms) < 1) {
    const fullest = segment.reduce((best, point) => (point.inUse > best.inUse ? point : best));
    return [-HALF_COLUMN, HALF_COLUMN].map((side) => ({ x: x(fullest.ms) + side, point: fullest }));
  }
  return segment.map((point) => ({ x: x(point.ms), point }));
}

/** Draws the segments; an area thick enough for its name says where the name goes. */
export function stacked(
  segments: readonly PoolPoint[][],
  x: (ms: number) => number,
  y: (ports: number) => number,
): Stack {
  const areas = LEDGER_VIEWS.filter((view) => segments.flat().some((point) => point.ports[view] > 0)).map((view) => {
    const shape = area<Spot>(
      (spot) => spot.x,
      (spot) => y(below(spot.point, view)),
      (spot) => y(below(spot.point, view) + spot.point.ports[view]),
    ).digits(1);
    return {
      view,
      path: segments.map((segment) => shape(spots(segment, x)) ?? '').join(''),
      label: labelOf(segments, view, x, y),
    };
  });
  const top = line<Spot>(
    (spot) => spot.x,
    (spot) => y(spot.point.inUse),
  ).digits(1);
  return { areas, outline: segments.map((segment) => top(spots(segment, x)) ?? '').join('') };
}

/** The ports of the states below one in the stack. */
function below(point: PoolPoint, view: LedgerView): number {
  return LEDGER_VIEWS.slice(0, LEDGER_VIEWS.indexOf(view)).reduce((sum, lower) => sum + point.ports[lower], 0);
}

/** The middle of the longest stretch that is thick, where a name fits in. */
function labelOf(
  segments: readonly PoolPoint[][],
  view: LedgerView,
  x: (ms: number) => number,
  y: (ports: number) => number,
): { x: string; y: string } | null {
  const lower = (point: PoolPoint): number => y(below(point, view));
  const upper = (point: PoolPoint): number => y(below(point, view) + point.ports[view]);
  let longest: readonly PoolPoint[] = [];
  for (const segment of segments) {
    let stretch: PoolPoint[] = [];
    for (const point of segment) {
      stretch = lower(point) - upper(point) > LABEL_HEIGHT ? [...stretch, point] : [];
      if (lengthOf(stretch, x) > lengthOf(longest, x)) longest = stretch;
    }
  }
  const length = lengthOf(longest, x);
  const [first] = longest;
  if (first === undefined || length < LABEL_LENGTH) return null;
  const middle = x(first.ms) + length / 2;
  const nearest = longest.reduce((best, point) =>
    Math.abs(x(point.ms) - middle) < Math.abs(x(best.ms) - middle) ? point : best,
  );
  return { x: middle.toFixed(1), y: ((lower(nearest) + upper(nearest)) / 2 + 4).toFixed(1) };
}

function lengthOf(stretch: readonly PoolPoint[], x: (ms: number) => number): number {
  const [first] = stretch;
  const last = stretch.at(-1);
  return first === undefined || last === undefined ? 0 : x(last.ms) - x(first.ms);
}
