import type { LedgerEntry } from '../../model/report-ports.js';

/** Entries kept of one pool's ledger. */
const MAX_ENTRIES = 600;
/** A pool that fills slowly sets a new peak with every snapshot; the latest are the highest. */
const MAX_PEAKS = 50;
const MAX_KEPT_MOMENTS = 50;

interface Kept {
  /** How many entries came before it. */
  readonly place: number;
  readonly atMs: number | null;
  readonly entry: LedgerEntry;
  /** A neighbour of a moment that must stay. */
  isNeighbour: boolean;
}

/**
 * The ledger over time in bounded memory: first, last and peaks always stay, and so do the neighbours of events; the rest is
 * thinned evenly, to every second, fourth, eighth entry of the whole.
 */
export class LedgerSeries {
  #kept: Kept[] = [];
  readonly #moments: readonly number[];
  #added = 0;
  #stride = 1;
  #highest = -1;
  #peaks: LedgerEntry[] = [];

  /** `keepNear`: moments (UTC milliseconds) whose neighbouring entries must stay. */
  constructor(keepNear: readonly number[]) {
    this.#moments = keepNear.slice(0, MAX_KEPT_MOMENTS);
  }

  /** Entries must come in time order, undated ones last. */
  addEntry(atMs: number | null, entry: LedgerEntry): void {
    if (entry.inUse > this.#highest) {
      this.#highest = entry.inUse;
      this.#peaks = [...this.#peaks, entry].slice(-MAX_PEAKS);
    }
    const last = this.#kept.at(-1);
    const isNeighbour = atMs !== null && this.#moments.some((ms) => ms <= atMs && ms > (last?.atMs ?? -Infinity));
    if (last !== undefined) {
      last.isNeighbour ||= isNeighbour;
      if (!this.#stays(last)) this.#kept.pop();
    }
    this.#kept.push({ place: this.#added, atMs, entry, isNeighbour });
    this.#added += 1;
    while (this.#kept.length > MAX_ENTRIES) {
      this.#stride *= 2;
      const newest = this.#kept.at(-1);
      this.#kept = this.#kept.filter((kept) => kept === newest || this.#stays(kept));
    }
  }

  list(): LedgerEntry[] {
    return this.#kept.map(({ entry }) => entry);
  }

  get omitted(): number {
    return this.#added - this.#kept.length;
  }

  #stays({ place, entry, isNeighbour }: Kept): boolean {
    return place % this.#stride === 0 || isNeighbour || this.#peaks.includes(entry);
  }
}
