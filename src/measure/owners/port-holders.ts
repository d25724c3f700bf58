import type { LoggedOpening } from '../../capture/survey/logged-connections.js';
import { UNKNOWN } from '../../model/connection.js';
import type { LedgerClass } from '../../model/report-ports.js';
import type { Snapshot } from '../../model/snapshot.js';
import { className } from '../pools/port-ledger.js';
import type { ClientTuples } from '../tuples/client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import type { KnownRung } from './holding.js';
import type { PastOwners } from './past-owners.js';

/** One connection, or one bound socket, on a port. */
export interface PortHold {
  readonly row: number;
  readonly pid: number;
  readonly held: LedgerClass;
  readonly destination: number | null;
  /** Of its tuple; NaN without one. */
  readonly key: number;
  /** null where nobody is known to own it, yet. */
  readonly consumer: number | null;
  /** How the owner is known. */
  readonly rung: KnownRung;
}

/**
 * Who holds a port: whoever a PID names, and for TIME_WAIT, which names nobody, whom a log names, then who still has the port bound,
 * then who owned the same tuple while it was alive.
 */
export class PortHolders {
  readonly #snapshot: Snapshot;
  readonly #tuples: ClientTuples;
  readonly #tupleOfRow = new Map<number, number>();
  readonly #consumers: ConsumerIndex;
  readonly #memory: PastOwners;
  readonly #openings: ReadonlyMap<number, LoggedOpening>;
  readonly #sameForMs: number;

  constructor(
    snapshot: Snapshot,
    tuples: ClientTuples,
    consumers: ConsumerIndex,
    memory: PastOwners,
    openings: ReadonlyMap<number, LoggedOpening>,
    sameForMs: number,
  ) {
    this.#snapshot = snapshot;
    this.#tuples = tuples;
    this.#consumers = consumers;
    this.#memory = memory;
    this.#openings = openings;
    this.#sameForMs = sameForMs;
    for (let index = 0; index < tuples.length; index += 1) this.#tupleOfRow.set(tuples.row[index] ?? UNKNOWN, index);
  }

  /** The holds of one port, given its rows in the order of PIDs. */
  holdsOf(rows: readonly number[]): readonly PortHold[] {
    const holds = rows.map((row) => this.#holdOf(row));
    const handles = holds.filter(({ held }) => held === 'bound');
    if (handles.length === 0 || handles.length === holds.length) return holds.map((hold) => this.#remembered(hold));
    const waiting = holds.filter(({ held, consumer }) => held === 'timeWait' && consumer === null);
    const [first] = holds.filter(({ destination }) => destination !== null);
    return [
      ...holds.filter((hold) => !handles.includes(hold) && !waiting.includes(hold)),
      ...(waiting.length === 0
        ? handles.map((handle) => ({ ...handle, destination: first?.destination ?? null }))
        : handles.flatMap(({ consumer }) => waiting.map((hold) => ({ ...hold, consumer })))),
    ];
  }

  #holdOf(row: number): PortHold {
    const { rows, atMs } = this.#snapshot;
    const tuple = this.#tupleOfRow.get(row);
    const pid = rows.pid[row] ?? UNKNOWN;
    const held = className(rows.state[row] ?? 0);
    const opening = this.#openings.get(tuple ?? UNKNOWN) ?? null;
    const destination = tuple === undefined ? null : (this.#tuples.destination[tuple] ?? null);
    const key = tuple === undefined ? NaN : (this.#tuples.key[tuple] ?? NaN);
    if (held === 'timeWait' && opening !== null) {
      const consumer = this.#consumers.idOf(opening.pid, opening.atMs, opening.image);
      return { row, pid, held, destination, key, consumer, rung: 'logged' };
    }
    const consumer = this.#consumers.idOf(pid, atMs, opening?.pid === pid ? opening.image : null);
    return { row, pid, held, destination, key, consumer, rung: held === 'timeWait' ? 'sameTuple' : 'owned' };
  }

  #remembered(hold: PortHold): PortHold {
    if (hold.held !== 'timeWait' || hold.consumer !== null) return hold;
    return { ...hold, consumer: this.#memory.ownerOf(hold.key, this.#snapshot.atMs, this.#sameForMs) };
  }
}
