import type { LedgerEntry } from '../model/report.js';

/** Entries kept of one pool's ledger. */
const MAX_ENTRIES = 600;

/**
 * The ledger over time in bounded memory: first, last and peaks always stay, and so do the neighbours of events; the rest is thinned evenly.
 */
export class LedgerSeries {
  #entries: { atMs: number | null; entry: LedgerEntry }[] = [];
  readonly #keepNear: readonly number[];
  #peak = -1;
  #pinned = new Set<LedgerEntry>();
  omitted = 0;

  /** `keepNear`: moments (UTC milliseconds) whose neighbouring entries must stay. */
  constructor(keepNear: readonly number[]) {
    this.#keepNear = keepNear.slice(0, 50);
  }

  add(atMs: number | null, entry: LedgerEntry): void {
    if (entry.inUse > this.#peak) {
      this.#peak = entry.inUse;
      this.#pinned.add(entry);
      if (this.#pinned.size > 50) this.#pinned = new Set([...this.#pinned].slice(-50));
    }
    this.#entries.push({ atMs, entry });
    if (this.#entries.length >= MAX_ENTRIES * 2) this.#thin();
  }

  list(): LedgerEntry[] {
    while (this.#entries.length > MAX_ENTRIES) this.#thin();
    return this.#entries.map(({ entry }) => entry);
  }

  #thin(): void {
    const keep = new Set<number>([0, this.#entries.length - 1]);
    for (const moment of this.#keepNear) {
      const after = this.#entries.findIndex(({ atMs }) => atMs !== null && atMs >= moment);
      if (after >= 0) keep.add(after);
      if (after > 0) keep.add(after - 1);
    }
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(
      ({ entry }, index) => index % 2 === 0 || keep.has(index) || this.#pinned.has(entry),
    );
    this.omitted += before - this.#entries.length;
  }
}
