import { TOLERATED } from './seconds-histogram.js';
import { BUSY_SHARE, COHORT_SIZE, EDGE_SHARE } from './time-wait-cohorts.js';

/** A waiting tuple: when it was first seen so, and towards which destination. */
interface WaitingTuple {
  readonly sinceMs: number;
  readonly destination: number;
}

interface Stock {
  readonly atMs: number;
  readonly size: number;
  readonly destinations: ReadonlySet<number>;
  /** What the gap after the table brought to the same destinations; null while no table ended it. */
  closesPerMs: number | null;
}

/**
 * What waited in the first table is gone within one delay after it, and its youngest had only just begun where its destinations went on
 * to be closed. They came over one delay, so the delay stands on both sides: it is at most as long as they took to go, and a small share
 * of itself. The busiest destination is left out: the bursts of one job may stop just before a table and begin again just after it.
 * Tuples opened anew seem to stay, so they can only hide the bound.
 */
export class StockOfFirstTable {
  #stock: Stock | null = null;
  #hasBegun = false;
  /** Seconds; Infinity while nothing tells. */
  atMostSeconds = Infinity;

  followStock(atMs: number, waiting: Iterable<WaitingTuple>): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#stock = besideTheBusiest(atMs, waiting);
    } else if (this.#stock !== null && atMs > this.#stock.atMs) {
      this.#measure(this.#stock, atMs, waiting);
    }
  }

  #measure(stock: Stock, atMs: number, waiting: Iterable<WaitingTuple>): void {
    let left = 0;
    let closed = 0;
    for (const { sinceMs, destination } of waiting) {
      if (!stock.destinations.has(destination)) continue;
      if (sinceMs === stock.atMs) left += 1;
      else if (sinceMs === atMs) closed += 1;
    }
    const ageMs = atMs - stock.atMs;
    stock.closesPerMs ??= closed / ageMs;
    if (left > stock.size * TOLERATED) return;
    this.atMostSeconds = Math.ceil(longestDelayMs(stock, ageMs, stock.closesPerMs) / 1000);
    this.#stock = null;
  }
}

/** Closing went on as busily as it had been on the mean, or at least a tenth as busily: the better of what either proves. */
function longestDelayMs({ size }: Stock, ageMs: number, closesPerMs: number): number {
  const proven = [
    { busyShare: 1, edgeShare: TOLERATED },
    { busyShare: BUSY_SHARE, edgeShare: EDGE_SHARE },
  ].map(({ busyShare, edgeShare }) => {
    // At a delay shorter than this the stock came faster than what followed it.
    const tooShortMs = (size * busyShare) / closesPerMs;
    return Math.max(ageMs / (1 - edgeShare), tooShortMs);
  });
  return Math.min(...proven);
}

function besideTheBusiest(atMs: number, waiting: Iterable<WaitingTuple>): Stock | null {
  const counts = new Map<number, number>();
  for (const { destination } of waiting) counts.set(destination, (counts.get(destination) ?? 0) + 1);
  const [, ...beside] = [...counts].sort(([, a], [, b]) => b - a);
  const size = beside.reduce((sum, [, count]) => sum + count, 0);
  if (size < COHORT_SIZE) return null;
  return { atMs, size, destinations: new Set(beside.map(([destination]) => destination)), closesPerMs: null };
}
