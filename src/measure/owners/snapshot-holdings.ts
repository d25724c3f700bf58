import { UNKNOWN } from '../../model/connection.js';
import { LEDGER_CLASSES, type LedgerClass } from '../../model/report-ports.js';
import type { LoggedOpening } from '../../capture/survey/logged-connections.js';
import type { Snapshot } from '../../model/snapshot.js';
import { SourceList, type SourceRef } from '../../model/source-ref.js';
import type { ClientTuples } from '../tuples/client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import { addTowards, holdingOf, isAged, mainPidOf, type Holding } from './holding.js';
import { PortHolders, type PortHold } from './port-holders.js';
import { type PastOwners } from './past-owners.js';
import { isSamePort, partsOfPort, rowsOfSharedPorts } from './port-holds.js';
import { isReuseRare } from '../pools/fullness.js';
import { FREE, type PortLedger } from '../pools/port-ledger.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

export interface DestinationHolding {
  readonly destination: number;
  /** Parts of ports: one that carries connections to several destinations counts in equal parts for each. */
  ports: number;
  /** Ports that carry a connection to it, whatever else they carry. */
  reach: number;
  /** Connections in TIME_WAIT, and all others. */
  timeWait: number;
  connected: number;
  /** Tuples in TIME_WAIT on ports of their own that nobody is known to have owned, yet. */
  readonly unresolvedKeys: number[];
  /** Some connection that waits for it has no owner, on a port of its own or not. */
  isUnresolved: boolean;
  /** Live connections of each consumer. */
  readonly liveOwners: Map<number, number>;
  readonly sources: SourceList;
}

/** A port on which at least one row in TIME_WAIT has no owner yet, beside other rows. */
export interface SharedPort {
  readonly holds: readonly PortHold[];
  /** The port counts as one in TIME_WAIT. */
  readonly isWaiting: boolean;
}

/** Who held the ports of one snapshot, and towards where; what the snapshot and the past alone can tell. */
export interface SnapshotHoldings {
  readonly holdings: ReadonlyMap<number, Holding>;
  readonly destinations: ReadonlyMap<number, DestinationHolding>;
  /** Ports that are not settled: who else is on them is found out later, if at all. */
  readonly shared: readonly SharedPort[];
  /** TIME_WAIT ports, in parts, that are settled. */
  readonly exact: number;
  readonly clientTimeWait: number;
  /** Connected or Bound ports without an owner in the table. */
  readonly withoutOwner: number;
  /** Ages in seconds of the connected ports, where CreationTime was captured. */
  readonly liveAgesSeconds: readonly number[];
}

/** Walks the ports in use of one snapshot: each is booked once, in equal parts on its owners and on its destinations. */
export function snapshotHoldings(
  snapshot: Snapshot,
  ledger: PortLedger,
  tuples: ClientTuples,
  consumers: ConsumerIndex,
  memory: PastOwners,
  openings: ReadonlyMap<number, LoggedOpening>,
  shortestTimeWaitMs: number = LONGEST_LEGAL_DELAY_MS,
): SnapshotHoldings {
  // In a fuller pool a port that is free again goes at once to whoever asks next, and often for the same remote endpoint.
  const sameForMs = isReuseRare(ledger) ? LONGEST_LEGAL_DELAY_MS : shortestTimeWaitMs;
  const holders = new PortHolders(snapshot, tuples, consumers, memory, openings, sameForMs);
  const several = rowsOfSharedPorts(snapshot, ledger);
  const bookings = new Bookings(snapshot);
  for (let at = 0; at < ledger.classOfPort.length; at += 1) {
    const name = LEDGER_CLASSES[ledger.classOfPort[at] ?? FREE];
    if (name === undefined) continue;
    bookings.bookPort(name, holders.holdsOf(several.get(at) ?? [ledger.rowOfPort[at] ?? UNKNOWN]));
  }
  return bookings.finish(consumers);
}

/** Whoever is not known is told apart by where the connection goes: what waits for one endpoint is taken to be of one holder. */
function holderOf({ consumer, destination }: PortHold): number {
  return consumer ?? -1 - (destination ?? Number.MAX_SAFE_INTEGER - 1);
}

/** The ports of one snapshot booked so far. */
class Bookings {
  readonly #snapshot: Snapshot;
  readonly #holdings = new Map<number, Holding>();
  readonly #destinations = new Map<number, DestinationHolding>();
  readonly #shared: SharedPort[] = [];
  readonly #liveAgesSeconds: number[] = [];
  #exact = 0;
  #clientTimeWait = 0;
  #withoutOwner = 0;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  bookPort(name: LedgerClass, holds: readonly PortHold[]): void {
    const isWaiting = name === 'timeWait';
    const known = holds.filter(({ consumer }) => consumer !== null);
    const open = holds.filter(({ consumer, held }) => consumer === null && held === 'timeWait');
    const isSettled = open.length === 0;
    if (isWaiting) this.#clientTimeWait += 1;
    else if (known.length === 0) this.#withoutOwner += 1;
    for (const destination of new Set(holds.map((hold) => hold.destination))) this.#bookDestination(destination, holds);
    if (!isSettled && holds.length > 1) this.#shared.push({ holds, isWaiting });
    const [only] = open;
    if (holds.length === 1 && only?.destination != null) {
      destinationOf(this.#destinations, only.destination).unresolvedKeys.push(only.key);
    }
    const parts = partsOfPort(holds, holderOf);
    holds.forEach((hold, index) => {
      const part = parts[index] ?? 0;
      this.#bookRow(hold);
      if (hold.consumer === null) return;
      const holding = holdingOf(this.#holdings, hold.consumer);
      if (isSettled) {
        holding.settled[hold.rung] += part;
        if (isWaiting) this.#exact += part;
      }
      this.#bookHold(holding, hold, part, isSettled);
    });
    for (const consumer of new Set(known.map((hold) => hold.consumer))) {
      if (consumer !== null && this.#isExclusive(consumer, holds)) holdingOf(this.#holdings, consumer).exclusive += 1;
    }
  }

  #bookDestination(destination: number | null, holds: readonly PortHold[]): void {
    if (destination === null) return;
    const towards = destinationOf(this.#destinations, destination);
    const reached = new Set(holds.flatMap((hold) => hold.destination ?? []));
    towards.ports += 1 / reached.size;
    towards.reach += 1;
  }

  /** What is true of the row whoever owns it. */
  #bookRow({ row, held, destination, consumer }: PortHold): void {
    const { rows, atMs } = this.#snapshot;
    const isLive = held !== 'timeWait';
    const createdMs = rows.createdMs[row] ?? NaN;
    if (isLive && held !== 'bound' && atMs !== null && createdMs <= atMs) {
      this.#liveAgesSeconds.push((atMs - createdMs) / 1000);
    }
    if (destination === null || held === 'bound') return;
    const towards = destinationOf(this.#destinations, destination);
    towards[isLive ? 'connected' : 'timeWait'] += 1;
    towards.sources.addSource(this.#refOf(row));
    if (!isLive && consumer === null) towards.isUnresolved = true;
    if (isLive && consumer !== null) {
      towards.liveOwners.set(consumer, (towards.liveOwners.get(consumer) ?? 0) + 1);
    }
  }

  #bookHold(holding: Holding, hold: PortHold, part: number, isSettled: boolean): void {
    const { row, pid, held, destination, rung } = hold;
    holding.connections += 1;
    holding.sources.addSource(this.#refOf(row));
    addTowards(holding.destinations, destination, isSettled ? part : 0, held === 'bound' ? 0 : 1);
    if (rung !== 'owned') return;
    holding.owned[held] += part;
    holding.refOf[held] ??= this.#refOf(row);
    if (held === 'timeWait') return;
    if (pid > 0) holding.pids.set(pid, (holding.pids.get(pid) ?? 0) + part);
    const createdMs = this.#snapshot.rows.createdMs[row] ?? NaN;
    if (isAged(held) && !Number.isNaN(createdMs)) holding.createdMs[held].push(createdMs);
  }

  #isExclusive(consumer: number, holds: readonly PortHold[]): boolean {
    const { rows } = this.#snapshot;
    return holds.some(
      (own) =>
        own.consumer === consumer &&
        holds.every(
          (other) =>
            (other.consumer === consumer && other.held !== 'timeWait') || !isSamePort(rows, own.row, other.row),
        ),
    );
  }

  #refOf(row: number): SourceRef {
    const { rows, file, line } = this.#snapshot;
    return { file, line: rows.line[row] ?? line, record: null, row: null };
  }

  finish(consumers: ConsumerIndex): SnapshotHoldings {
    for (const { consumer, pids } of this.#holdings.values()) consumers.identity(consumer).mainPid = mainPidOf(pids);
    return {
      holdings: this.#holdings,
      destinations: this.#destinations,
      shared: this.#shared,
      exact: this.#exact,
      clientTimeWait: this.#clientTimeWait,
      withoutOwner: this.#withoutOwner,
      liveAgesSeconds: this.#liveAgesSeconds,
    };
  }
}

function destinationOf(destinations: Map<number, DestinationHolding>, destination: number): DestinationHolding {
  let booked = destinations.get(destination);
  if (booked === undefined) {
    booked = {
      destination,
      ports: 0,
      reach: 0,
      timeWait: 0,
      connected: 0,
      unresolvedKeys: [],
      isUnresolved: false,
      liveOwners: new Map(),
      sources: new SourceList(),
    };
    destinations.set(destination, booked);
  }
  return booked;
}
