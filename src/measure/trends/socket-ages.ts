import { quantileSorted } from 'd3-array';
import type { Estimate } from '../../model/estimate.js';

/** Sockets created within less than this may be a crowd that came and stayed; evenly created ones need a sixth of it. */
const SHORTEST_SPAN_MS = 3_600_000;
const SHORTEST_EVEN_SPAN_MS = 600_000;
/** Created evenly: the fastest quarter came less than twice as fast as the slowest. */
const EVEN_RATIO = 2;
const SOCKETS_NEEDED = 50;

/** When the sockets that are still there were created, and how fast they came. */
export interface SocketAges {
  /** Where the steady growth began: its rate carried back to the first socket, but not before the oldest one. */
  readonly sinceMs: number;
  readonly perHour: Estimate;
  readonly sockets: number;
  readonly newestMs: number;
  /** One after another at one rate, as a leak makes them; a crowd that comes and goes has more young ones than old ones. */
  readonly isEven: boolean;
}

/**
 * One table alone carries the ages of its live sockets: where none is ever released, their creation times are the history of the
 * leak. The rate between the first and the ninth decile, with the slowest and fastest quarter as the interval, unbounded where a
 * quarter came at once; null for a burst or for a handful.
 */
export function socketAges(createdMs: readonly number[]): SocketAges | null {
  if (createdMs.length < SOCKETS_NEEDED) return null;
  const sorted = [...createdMs].sort((a, b) => a - b);
  const at = (share: number): number => quantileSorted(sorted, share) ?? NaN;
  const perHour = (from: number, to: number): number => ((to - from) * sorted.length * 3_600_000) / (at(to) - at(from));
  const quarters = [0, 0.25, 0.5, 0.75].map((from) => perHour(from, from + 0.25));
  const fastest = Math.max(...quarters);
  const slowest = Math.min(...quarters);
  const isEven = fastest < slowest * EVEN_RATIO;
  if (at(0.9) - at(0.1) < (isEven ? SHORTEST_EVEN_SPAN_MS : SHORTEST_SPAN_MS)) return null;
  const carriedBack = at(0.1) - (at(0.9) - at(0.1)) / 8;
  return {
    sinceMs: Math.max(carriedBack, at(0)),
    perHour: { low: slowest, best: perHour(0.1, 0.9), high: Number.isFinite(fastest) ? fastest : null },
    sockets: sorted.length,
    newestMs: at(1),
    isEven,
  };
}
