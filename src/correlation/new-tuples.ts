import type { Opening } from '../capture/logged-connections.js';
import type { Estimate } from '../model/estimate.js';
import type { LedgerEntry } from '../model/report.js';
import type { ClientTuples } from './client-tuples.js';

/** The connections opened between two snapshots, as far as their tuples can be seen. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
  readonly newTuples: number;
  /** New tuples whose opening in between a log names. */
  readonly logged: number;
  /** TIME_WAIT tuples in the later snapshot that were not waiting in the earlier one. */
  readonly closes: number;
  readonly newByDestination: ReadonlyMap<number, number>;
  /** The later snapshot found the pool full: what could not be opened is not counted. */
  readonly full: boolean;
}

/** Kept intervals: the busiest ones decide the demand. */
const MAX_INTERVALS = 200;

/** Fewer live connections say nothing of how a host's connections end. */
const CONNECTIONS_FOLLOWED = 100;

/** Counts the tuples that are new in each snapshot. Holds the tuples of the previous one only. */
export class NewTuples {
  #previous: Map<number, number> | null = null;
  #previousMs = NaN;
  #previousHidden = '';
  #intervals: Interval[] = [];
  #alive = 0;
  #stayed = 0;

  /**
   * New tuples since the previous dated snapshot; 0 for the first, and for one that shows or hides other rows than the one before
   * it (a filter by state): what a filter let appear was not opened. `openings`: of the log, by the tuple's index.
   */
  add(
    tuples: ClientTuples,
    atMs: number,
    full: boolean,
    unseen: LedgerEntry['unseen'],
    openings: ReadonlyMap<number, Opening>,
    clockErrorSeconds: number,
  ): number {
    const hidden = unseen.filter((what) => what === 'timeWait' || what === 'established').join();
    if (hidden !== this.#previousHidden) this.#previous = null;
    this.#previousHidden = hidden;
    const current = new Map<number, number>();
    const newByDestination = new Map<number, number>();
    let newTuples = 0;
    let logged = 0;
    let closes = 0;
    const sinceMs = this.#previousMs - clockErrorSeconds * 1000;
    for (let index = 0; index < tuples.length; index += 1) {
      const key = tuples.key[index] ?? 0;
      const waiting = tuples.isTimeWait[index] ?? 0;
      current.set(key, waiting);
      if (this.#previous === null) continue;
      const before = this.#previous.get(key);
      if (before === 0 && waiting === 0) this.#stayed += 1;
      if (waiting === 1 && before !== 1) closes += 1;
      if (before !== undefined) continue;
      newTuples += 1;
      if ((openings.get(index)?.atMs ?? -Infinity) > sinceMs) logged += 1;
      const destination = tuples.destination[index] ?? 0;
      newByDestination.set(destination, (newByDestination.get(destination) ?? 0) + 1);
    }
    if (this.#previous !== null && atMs > this.#previousMs) {
      this.#intervals.push({ fromMs: this.#previousMs, toMs: atMs, newTuples, logged, closes, newByDestination, full });
      if (this.#intervals.length > MAX_INTERVALS * 2) this.#intervals = busiest(this.#intervals);
    }
    if (this.#previous !== null) for (const waiting of this.#previous.values()) this.#alive += 1 - waiting;
    this.#previous = current;
    this.#previousMs = atMs;
    return newTuples;
  }

  /** Share of live connections that were still alive in the next snapshot; null where fewer than a hundred were followed. */
  stayingShare(): number | null {
    return this.#alive < CONNECTIONS_FOLLOWED ? null : this.#stayed / this.#alive;
  }

  intervals(): readonly Interval[] {
    return busiest(this.#intervals);
  }
}

function busiest(intervals: readonly Interval[]): Interval[] {
  return [...intervals]
    .sort((a, b) => perSecond(b) - perSecond(a))
    .slice(0, MAX_INTERVALS)
    .sort((a, b) => a.fromMs - b.fromMs);
}

function perSecond(interval: Interval): number {
  return (interval.newTuples * 1000) / (interval.toMs - interval.fromMs);
}

/** Connections a second of one interval; each end may be off by half a second, and a full pool or a long gap gives only a lower bound. */
export function rateOf(interval: Interval, timeWaitLowSeconds: number, newTuples = interval.newTuples): Estimate {
  const seconds = (interval.toMs - interval.fromMs) / 1000;
  const low = newTuples / (seconds + 1);
  const best = newTuples / seconds;
  // A connection that was opened and has left TIME_WAIT between the two snapshots is not seen.
  if (interval.full || seconds > timeWaitLowSeconds) return { low, best: null, high: null };
  return { low, best, high: seconds > 1 ? newTuples / (seconds - 1) : null };
}
