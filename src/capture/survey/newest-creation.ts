import { OLDEST_REAL_TIME_MS, type Stamp } from '../../model/stamp.js';

/** So many sockets must be young together: a single one may be all that a stopped host still did. */
const KEPT = 5;

/** The latest creation times of a table's sockets, read month first and day first where both are possible. */
export class NewestCreation {
  readonly #monthFirst: number[] = [];
  readonly #dayFirst: number[] = [];
  #isInstant = false;

  addCreation(stamp: Stamp): void {
    switch (stamp.kind) {
      case 'instant':
        this.#isInstant = true;
        keep(this.#monthFirst, stamp.epochMs);
        keep(this.#dayFirst, stamp.epochMs);
        return;
      case 'local':
        keep(this.#monthFirst, stamp.localMs);
        keep(this.#dayFirst, stamp.localMs);
        return;
      case 'ambiguous':
        keep(this.#monthFirst, stamp.monthFirstMs);
        keep(this.#dayFirst, stamp.dayFirstMs);
    }
  }

  /** The latest of them as a stamp, and the seconds between it and the fifth latest; null with fewer than five. */
  latest(order: 'month-first' | 'day-first'): { readonly stamp: Stamp; readonly spreadSeconds: number } | null {
    const kept = order === 'month-first' ? this.#monthFirst : this.#dayFirst;
    const [newest] = kept;
    const fifth = kept[KEPT - 1];
    if (newest === undefined || fifth === undefined) return null;
    const stamp: Stamp = this.#isInstant
      ? { kind: 'instant', epochMs: newest, offsetMinutes: null }
      : { kind: 'local', localMs: newest };
    return { stamp, spreadSeconds: (newest - fifth) / 1000 };
  }
}

/** Keeps the list in falling order, no longer than five. */
function keep(list: number[], ms: number): void {
  if (ms < OLDEST_REAL_TIME_MS || ms <= (list[KEPT - 1] ?? -Infinity)) return;
  const at = list.findIndex((known) => known < ms);
  list.splice(at < 0 ? list.length : at, 0, ms);
  if (list.length > KEPT) list.pop();
}
