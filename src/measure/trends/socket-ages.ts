import { quantileSorted } from 'd3-array';
import type { Estimate } from '../../model/estimate.js';
import { USUAL_DEVIATIONS } from '../numbers/standard-deviations.js';
import { STAMP_ERROR_SECONDS } from '../../model/stamp.js';

/** Sockets created within less than this may be a crowd that came and stayed; evenly created ones need a sixth of it. */
const SHORTEST_SPAN_MS = 3_600_000;
const SHORTEST_EVEN_SPAN_MS = 600_000;
/** Created evenly: the fastest quarter came less than twice as fast as the slowest. */
const EVEN_RATIO = 2;
export const SOCKETS_NEEDED = 50;
/** The few that were there long before, and the few that still found a port in a full pool, are no part of the growth. */
const EDGE_SHARE = 0.05;
const QUARTERS = [0, 0.25, 0.5, 0.75] as const;

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
 * leak. The rate of all, with the slowest and fastest quarter as the interval. The youngest quarters do not count where they came
 * much faster than those before, within the last hour: connections that come and go have left nothing older. Nor do they where they
 * came much more slowly into a pool that is full. Unbounded where a quarter came at once, or faster for longer than that; null for a
 * burst or for a handful.
 */
export function socketAges(createdMs: readonly number[], isPoolFull = false): SocketAges | null {
  if (createdMs.length < SOCKETS_NEEDED) return null;
  const sorted = [...createdMs].sort((a, b) => a - b);
  const at = (share: number): number => quantileSorted(sorted, share) ?? NaN;
  const edge = (share: number): number => at(EDGE_SHARE + share * (1 - 2 * EDGE_SHARE));
  const perHour = (from: number, to: number): number =>
    ((to - from) * (1 - 2 * EDGE_SHARE) * sorted.length * 3_600_000) / (edge(to) - edge(from));
  const quarters = QUARTERS.map((from) => perHour(from, from + 0.25));
  const isEven = Math.max(...quarters) < Math.min(...quarters) * EVEN_RATIO;
  if (at(0.9) - at(0.1) < (isEven ? SHORTEST_EVEN_SPAN_MS : SHORTEST_SPAN_MS)) return null;
  let counted: number = QUARTERS.length;
  let isOpen = false;
  while (counted > 1) {
    const from = (counted - 1) / QUARTERS.length;
    const pace = perHour(from, from + 0.25) / perHour(0, from);
    if (pace > EVEN_RATIO) isOpen ||= pace === Infinity || at(1) - edge(from) > SHORTEST_SPAN_MS;
    else if (!(isPoolFull && pace * EVEN_RATIO < 1)) break;
    counted -= 1;
  }
  const end = counted / QUARTERS.length;
  const best = perHour(0, end);
  const told = quarters.slice(0, counted);
  const chance = (USUAL_DEVIATIONS * best) / Math.sqrt(sorted.length * end);
  const fastest = Math.max(...told, best + chance);
  return {
    sinceMs: Math.max(edge(0) - (edge(end) - edge(0)) * (EDGE_SHARE / (end * (1 - 2 * EDGE_SHARE))), at(0)),
    perHour: {
      low: Math.min(...told, best - chance),
      best: Number.isFinite(best) ? best : null,
      high: isOpen || !Number.isFinite(fastest) ? null : fastest,
    },
    sockets: sorted.length,
    newestMs: at(1),
    isEven,
  };
}

/** A crowd of steady size loses as many of its oldest as it gains: so many must be due before it shows that a leak loses none. */
const DUE_NEEDED = 20;
/** Of those due no more than this share went: a socket of a leak may end with its peer, too. */
const GONE_SHARE = 0.1;

/** What became of the older half of the sockets of one table until another one. */
export interface OldestSockets {
  readonly old: number;
  readonly left: number;
  /** So many of them a crowd of steady size would have lost, whose connections live equally long: as many as came meanwhile. */
  readonly due: number;
  readonly stay: boolean;
}

/** Whether the oldest sockets of an earlier table are still there in a later one; null where too few were due to go. */
export function oldestSockets(
  earlier: { readonly atMs: number; readonly ms: readonly number[] },
  later: { readonly atMs: number; readonly ms: readonly number[] },
  perHour: number,
): OldestSockets | null {
  if (earlier.ms.length < SOCKETS_NEEDED) return null;
  const sorted = [...earlier.ms].sort((a, b) => a - b);
  const old = Math.floor(sorted.length / 2);
  const due = Math.min(old, Math.floor((perHour * (later.atMs - earlier.atMs)) / 3_600_000));
  if (!(due >= DUE_NEEDED)) return null;
  const untilMs = (sorted[old - 1] ?? NaN) + STAMP_ERROR_SECONDS * 1000;
  const left = Math.min(later.ms.filter((ms) => ms <= untilMs).length, old);
  return { old, left, due, stay: old - left <= due * GONE_SHARE };
}
