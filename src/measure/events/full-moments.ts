import type { EventGroup } from '../../model/event-group.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import { isExhausted } from '../pools/fullness.js';

/** When a pool had no port left, as its tables and the log say it; asked in the order of the tables. */
export class FullMoments {
  readonly #refusedMs: readonly number[];
  #next = 0;

  /** `refusals`: events that say the pool was used up. */
  constructor(refusals: readonly EventGroup[]) {
    this.#refusedMs = refusals.flatMap(({ fromMs, toMs }) => [fromMs, toMs]).sort((a, b) => a - b);
  }

  /** Whether the pool was full in a table, and whether it was at any moment since the table asked about before. */
  stateAt(atMs: number, entry: LedgerEntry | null): { readonly isFull: boolean; readonly wasFull: boolean } {
    const from = this.#next;
    while ((this.#refusedMs[this.#next] ?? Infinity) <= atMs) this.#next += 1;
    const isFull = isExhausted(entry);
    return { isFull, wasFull: isFull || this.#next > from };
  }
}
