import { scaleLinear } from 'd3-scale';
import type { LedgerView } from '../../../model/ledger-view.js';

/** What the pool held at one moment, in stacking order. */
export interface PoolParts {
  readonly usable: number;
  readonly parts: readonly { readonly view: LedgerView; readonly name: string; readonly ports: number }[];
}

interface Piece {
  readonly view: LedgerView;
  readonly x: string;
  readonly width: string;
  readonly name: string;
  readonly labelX: string;
  readonly labelled: boolean;
}

/** The pool as one bar; when little of it is used, a second bar below shows that little as wide as the page. */
export interface PoolBar {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly { readonly y: number; readonly height: number; readonly pieces: readonly Piece[] }[];
  readonly magnified: { readonly lens: string; readonly factor: number } | null;
}

const WIDTH = 960;
const BAR = 44;
const GAP = 46;
/** Below this share the states could not be told apart in the bar of the whole pool, nor on the axis of its panel. */
export const MAGNIFY_BELOW = 0.25;
/** Room that a name takes, in units a letter at 13 units type. */
const LETTER = 7.6;

export function poolBar({ usable, parts }: PoolParts): PoolBar {
  const inUse = parts.reduce((sum, part) => sum + part.ports, 0);
  const whole = scaleLinear([0, Math.max(usable, inUse, 1)], [0, WIDTH]);
  const used = whole(inUse);
  const magnify = inUse > 0 && inUse / Math.max(usable, 1) < MAGNIFY_BELOW;
  const bars = [{ y: 0, height: BAR, pieces: pieces(parts, whole) }];
  if (magnify) bars.push({ y: BAR + GAP, height: BAR, pieces: pieces(parts, scaleLinear([0, inUse], [0, WIDTH])) });
  return {
    width: WIDTH,
    height: magnify ? 2 * BAR + GAP : BAR,
    bars,
    magnified: magnify
      ? {
          lens: `M0 ${String(BAR)}L${used.toFixed(1)} ${String(BAR)}L${String(WIDTH)} ${String(BAR + GAP)}L0 ${String(BAR + GAP)}Z`,
          factor: WIDTH / used,
        }
      : null,
  };
}

function pieces(parts: PoolParts['parts'], scale: (ports: number) => number): Piece[] {
  const found: Piece[] = [];
  let before = 0;
  for (const { view, name, ports } of parts) {
    const x = scale(before);
    const width = scale(before + ports) - x;
    before += ports;
    if (ports === 0) continue;
    found.push({
      view,
      name,
      x: x.toFixed(1),
      width: width.toFixed(1),
      labelX: (x + width / 2).toFixed(1),
      labelled: width > name.length * LETTER + 16,
    });
  }
  return found;
}
