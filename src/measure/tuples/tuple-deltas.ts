import type { LoggedOpening } from '../../capture/survey/logged-connections.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import { destinationOfKey, PORT_NUMBERS, type ClientTuples } from './client-tuples.js';
import { gapSeconds, type Endings, type TableInterval } from './table-interval.js';
import { isExhausted } from '../pools/fullness.js';
import { STAMP_ERROR_SECONDS } from '../../model/stamp.js';

/** Kept intervals: the busiest ones decide the demand. */
const MAX_INTERVALS = 200;

/** Fewer live connections say nothing of how a host's connections end. */
const CONNECTIONS_FOLLOWED = 100;

/** Two stamps of whole minutes, as in many file names. */
const MINUTE_STAMP_ERROR_SECONDS = 60;

/** Counts the tuples that are new in each snapshot. Holds the tuples of the previous one only. */
export class TupleDeltas {
  #previous: Map<number, number> | null = null;
  #ports = new Uint8Array(PORT_NUMBERS);
  #previousMs = NaN;
  #previousError = 0;
  #previousFree = 0;
  #previousExhausted = false;
  #previousHidden = '';
  #intervals: TableInterval[] = [];
  #alive = 0;
  #stayed = 0;

  /**
   * New tuples since the previous dated snapshot; 0 for the first, and for one that shows or hides other rows than the one before
   * it (a filter by state): what a filter let appear was not opened. `openings`: of the log, by the tuple's index. A tuple that
   * waited and is alive again is new as well.
   */
  compareTuples(
    tuples: ClientTuples,
    atMs: number,
    pool: Pick<LedgerEntry, 'usable' | 'inUse' | 'unseen'>,
    openings: ReadonlyMap<number, LoggedOpening>,
    clockErrorSeconds: number,
  ): number {
    const hidden = pool.unseen.filter((what) => what === 'timeWait' || what === 'established').join();
    if (hidden !== this.#previousHidden) this.#previous = null;
    this.#previousHidden = hidden;
    const table = new ComparedTable(this.#previous, this.#ports);
    table.compare(tuples, openings, this.#previousMs - clockErrorSeconds * 1000);
    const exhausted = isExhausted(pool);
    const free = pool.usable - pool.inUse;
    const error = atMs % 60_000 === 0 && clockErrorSeconds >= 60 ? MINUTE_STAMP_ERROR_SECONDS : STAMP_ERROR_SECONDS;
    if (this.#previous !== null) {
      this.#countEndings(this.#previous, table);
      if (atMs > this.#previousMs) {
        const { newTuples, newPorts, logged, closes, newByDestination, endings } = table;
        this.#intervals.push({
          fromMs: this.#previousMs,
          toMs: atMs,
          errorSeconds: Math.max(error, this.#previousError),
          ...{ newTuples, newPorts, logged, closes, newByDestination, endings },
          freeBefore: this.#previousFree,
          freeAfter: free,
          exhausted: exhausted || this.#previousExhausted,
        });
        if (this.#intervals.length > MAX_INTERVALS * 2) this.#intervals = busiest(this.#intervals);
      }
    }
    this.#previous = table.current;
    this.#ports = table.ports;
    this.#previousMs = atMs;
    this.#previousError = error;
    this.#previousFree = free;
    this.#previousExhausted = exhausted;
    return table.newTuples;
  }

  #countEndings(previous: ReadonlyMap<number, number>, { current, endings }: ComparedTable): void {
    for (const [key, waiting] of previous) {
      if (waiting === 0 && !current.has(key)) {
        endingOf(endings, destinationOfKey(key)).vanished += 1;
      }
      this.#alive += 1 - waiting;
    }
    for (const { stayed } of endings.values()) this.#stayed += stayed;
  }

  /** Share of live connections that were still alive in the next snapshot; null where fewer than a hundred were followed. */
  stayingShare(): number | null {
    return this.#alive < CONNECTIONS_FOLLOWED ? null : this.#stayed / this.#alive;
  }

  intervals(): readonly TableInterval[] {
    return busiest(this.#intervals);
  }
}

/** The tuples of one table, compared with those of the one before; of a first one nothing is new. */
class ComparedTable {
  /** Whether each tuple waits. */
  readonly current = new Map<number, number>();
  readonly ports = new Uint8Array(PORT_NUMBERS);
  readonly newByDestination = new Map<number, number>();
  readonly endings = new Map<number, Endings>();
  newTuples = 0;
  newPorts = 0;
  logged = 0;
  closes = 0;
  readonly #previous: ReadonlyMap<number, number> | null;
  readonly #previousPorts: Uint8Array;

  constructor(previous: ReadonlyMap<number, number> | null, previousPorts: Uint8Array) {
    this.#previous = previous;
    this.#previousPorts = previousPorts;
  }

  compare(tuples: ClientTuples, openings: ReadonlyMap<number, LoggedOpening>, sinceMs: number): void {
    const { current, ports, endings, newByDestination } = this;
    const previous = this.#previous;
    const previousPorts = this.#previousPorts;
    for (let index = 0; index < tuples.length; index += 1) {
      const key = tuples.key[index] ?? 0;
      const port = key % PORT_NUMBERS;
      const waiting = tuples.isTimeWait[index] ?? 0;
      current.set(key, waiting);
      if (previous !== null && ports[port] === 0 && previousPorts[port] === 0) this.newPorts += 1;
      ports[port] = 1;
      if (previous === null) continue;
      const destination = tuples.destination[index] ?? 0;
      const before = previous.get(key);
      if (before === 0) endingOf(endings, destination)[waiting === 0 ? 'stayed' : 'waited'] += 1;
      if (waiting === 1 && before !== 1) this.closes += 1;
      if (before === 0 || before === waiting) continue;
      this.newTuples += 1;
      if ((openings.get(index)?.atMs ?? -Infinity) > sinceMs) this.logged += 1;
      newByDestination.set(destination, (newByDestination.get(destination) ?? 0) + 1);
    }
  }
}

function endingOf(endings: Map<number, Endings>, destination: number): Endings {
  let ended = endings.get(destination);
  if (ended === undefined) endings.set(destination, (ended = { stayed: 0, waited: 0, vanished: 0 }));
  return ended;
}

function busiest(intervals: readonly TableInterval[]): TableInterval[] {
  return [...intervals]
    .sort((a, b) => b.newTuples / gapSeconds(b) - a.newTuples / gapSeconds(a))
    .slice(0, MAX_INTERVALS)
    .sort((a, b) => a.fromMs - b.fromMs);
}
