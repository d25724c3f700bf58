import { UNKNOWN } from '../../model/connection.js';
import { LEDGER_CLASSES, type LedgerClass } from '../../model/report-ports.js';
import type { LoggedOpening } from '../../capture/survey/logged-connections.js';
import type { Snapshot } from '../../model/snapshot.js';
import { SourceList, type SourceRef } from '../../model/source-ref.js';
import type { ClientTuples } from '../tuples/client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import { type PastOwners } from './past-owners.js';
import { sharedPorts, type LiveHolders } from './shared-ports.js';
import { isReuseRare } from '../pools/fullness.js';
import { emptyCounts, FREE, type PortLedger } from '../pools/port-ledger.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

/** What one consumer held in one snapshot, in ports of the primary pool. */
export interface Holding {
  readonly consumer: number;
  /** Ports it owns by a PID in the table. */
  readonly owned: Record<LedgerClass, number>;
  /** The same by PID, all classes together. */
  readonly pids: Map<number, number>;
  /** TIME_WAIT ports that a log event names it for. */
  logged: number;
  /** TIME_WAIT ports whose tuple it owned while alive. */
  sameTuple: number;
  readonly destinations: Map<number, number>;
  /** CreationTime of its Bound, CloseWait and Established ports (UTC milliseconds), where captured. */
  readonly createdMs: Record<AgedClass, number[]>;
  readonly sources: SourceList;
}

/** Classes whose sockets' age says when a leak began and how fast it goes. */
const AGED_CLASSES = ['bound', 'closeWait', 'established'] as const satisfies readonly LedgerClass[];
export type AgedClass = (typeof AGED_CLASSES)[number];

export interface DestinationHolding {
  readonly destination: number;
  ports: number;
  timeWait: number;
  connected: number;
  /** TIME_WAIT ports nobody is known to have owned, yet. */
  unresolved: number;
  /** Tuples of the unresolved ports, for what later snapshots say of them. */
  readonly unresolvedKeys: number[];
  /** Ports with live rows of each consumer. */
  readonly liveOwners: Map<number, number>;
  readonly sources: SourceList;
}

/** Who held the ports of one snapshot, and towards where; what the snapshot and the past alone can tell. */
export interface SnapshotHoldings {
  readonly holdings: ReadonlyMap<number, Holding>;
  readonly destinations: ReadonlyMap<number, DestinationHolding>;
  readonly exact: number;
  readonly clientTimeWait: number;
  /** Connected or Bound ports without an owner in the table. */
  readonly withoutOwner: number;
  /** Ages in seconds of the connected ports, where CreationTime was captured. */
  readonly liveAgesSeconds: readonly number[];
}

/** Walks the ports in use of one snapshot: each port is booked once, on its owner (half each on two) and on its destination. */
export function snapshotHoldings(
  snapshot: Snapshot,
  ledger: PortLedger,
  tuples: ClientTuples,
  consumers: ConsumerIndex,
  memory: PastOwners,
  openings: ReadonlyMap<number, LoggedOpening>,
  shortestTimeWaitMs: number = LONGEST_LEGAL_DELAY_MS,
): SnapshotHoldings {
  const { rows, atMs } = snapshot;
  // In a fuller pool a port that is free again goes at once to whoever asks next, and often for the same remote endpoint.
  const sameForMs = isReuseRare(ledger) ? LONGEST_LEGAL_DELAY_MS : shortestTimeWaitMs;
  const tupleOfRow = new Map<number, number>();
  for (let index = 0; index < tuples.length; index += 1) tupleOfRow.set(tuples.row[index] ?? UNKNOWN, index);
  const shared = sharedPorts(snapshot, ledger, consumers);
  const bookings = new Bookings(snapshot);
  for (let at = 0; at < ledger.classOfPort.length; at += 1) {
    const name = LEDGER_CLASSES[ledger.classOfPort[at] ?? FREE];
    if (name === undefined) continue;
    const row = ledger.rowOfPort[at] ?? UNKNOWN;
    const tuple = tupleOfRow.get(row);
    const pid = rows.pid[row] ?? UNKNOWN;
    const opening = openings.get(tuple ?? UNKNOWN) ?? null;
    const owner = consumers.idOf(pid, atMs, opening?.pid === pid ? opening.image : null);
    const holders = shared.get(at) ?? (owner === null ? NOBODY : new Map([[owner, name]]));
    bookings.beginPort(name, row, tuple === undefined ? null : (tuples.destination[tuple] ?? null));
    if (name === 'timeWait') {
      const key = tuple === undefined ? NaN : (tuples.key[tuple] ?? NaN);
      const former =
        opening === null
          ? memory.ownerOf(key, atMs, sameForMs)
          : consumers.idOf(opening.pid, opening.atMs, opening.image);
      const isFormer = former !== null && (opening !== null || holders.size === 0);
      bookings.bookWaiting(isFormer ? new Map([[former, name]]) : holders, opening !== null, key);
    } else bookings.bookLive(holders, owner, pid);
  }
  return bookings.finish(consumers);
}

/** The ports of one snapshot booked so far, and the port that is being booked. */
class Bookings {
  readonly #snapshot: Snapshot;
  readonly #holdings = new Map<number, Holding>();
  readonly #destinations = new Map<number, DestinationHolding>();
  readonly #liveAgesSeconds: number[] = [];
  #exact = 0;
  #clientTimeWait = 0;
  #withoutOwner = 0;
  #row = UNKNOWN;
  #towards: DestinationHolding | null = null;
  #ref: SourceRef;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#ref = { file: snapshot.file, line: snapshot.line, record: null, row: null };
  }

  beginPort(name: LedgerClass, row: number, destination: number | null): void {
    const { rows, file, line, atMs } = this.#snapshot;
    this.#row = row;
    this.#ref = { file, line: rows.line[row] ?? line, record: null, row: null };
    this.#towards = destination === null ? null : destinationOf(this.#destinations, destination);
    if (this.#towards !== null) {
      this.#towards.ports += 1;
      if (name === 'timeWait') this.#towards.timeWait += 1;
      else this.#towards.connected += 1;
      this.#towards.sources.addSource(this.#ref);
    }
    const createdMs = rows.createdMs[row] ?? NaN;
    if (name !== 'timeWait' && name !== 'bound' && atMs !== null && createdMs <= atMs) {
      this.#liveAgesSeconds.push((atMs - createdMs) / 1000);
    }
  }

  bookWaiting(holders: LiveHolders, isLogged: boolean, key: number): void {
    this.#clientTimeWait += 1;
    if (holders.size > 0) this.#exact += 1;
    else if (this.#towards !== null) {
      this.#towards.unresolved += 1;
      this.#towards.unresolvedKeys.push(key);
    }
    const part = 1 / holders.size;
    for (const consumer of holders.keys()) this.#bookPart(consumer, part)[isLogged ? 'logged' : 'sameTuple'] += part;
  }

  bookLive(holders: LiveHolders, owner: number | null, pid: number): void {
    if (holders.size === 0) this.#withoutOwner += 1;
    const createdMs = this.#snapshot.rows.createdMs[this.#row] ?? NaN;
    const part = 1 / holders.size;
    for (const [consumer, held] of holders) {
      const holding = this.#bookPart(consumer, part);
      holding.owned[held] += part;
      if (consumer === owner) {
        holding.pids.set(pid, (holding.pids.get(pid) ?? 0) + part);
        if (isAged(held) && !Number.isNaN(createdMs)) holding.createdMs[held].push(createdMs);
      }
      const live = this.#towards?.liveOwners;
      live?.set(consumer, (live.get(consumer) ?? 0) + part);
    }
  }

  #bookPart(consumer: number, part: number): Holding {
    const holding = holdingOf(this.#holdings, consumer);
    holding.sources.addSource(this.#ref);
    if (this.#towards !== null) {
      const { destination } = this.#towards;
      holding.destinations.set(destination, (holding.destinations.get(destination) ?? 0) + part);
    }
    return holding;
  }

  finish(consumers: ConsumerIndex): SnapshotHoldings {
    for (const { consumer, pids } of this.#holdings.values()) consumers.identity(consumer).mainPid = mainPidOf(pids);
    return {
      holdings: this.#holdings,
      destinations: this.#destinations,
      exact: this.#exact,
      clientTimeWait: this.#clientTimeWait,
      withoutOwner: this.#withoutOwner,
      liveAgesSeconds: this.#liveAgesSeconds,
    };
  }
}

function isAged(name: LedgerClass): name is AgedClass {
  return name === 'bound' || name === 'closeWait' || name === 'established';
}

/** Several consumers that turned out to be one. */
export function joinedHolding(first: Holding, others: readonly Holding[], consumer: number): Holding {
  const holding = { ...first, consumer, owned: { ...first.owned }, createdMs: { ...first.createdMs } };
  for (const { owned } of others) for (const name of LEDGER_CLASSES) holding.owned[name] += owned[name];
  for (const name of AGED_CLASSES) {
    holding.createdMs[name] = [first, ...others].flatMap(({ createdMs }) => createdMs[name]);
  }
  return holding;
}

/** With fewer ports than this a process is not what a consumer of several processes is about. */
const MAIN_PROCESS_PORTS = 100;
const MAIN_PROCESS_SHARE = 0.9;

function mainPidOf(pids: ReadonlyMap<number, number>): number | null {
  const all = [...pids.values()].reduce((total, ports) => total + ports, 0);
  const main = [...pids].find(([, ports]) => ports >= Math.max(all * MAIN_PROCESS_SHARE, MAIN_PROCESS_PORTS));
  return main?.[0] ?? null;
}

const NOBODY: LiveHolders = new Map();

function destinationOf(destinations: Map<number, DestinationHolding>, destination: number): DestinationHolding {
  let booked = destinations.get(destination);
  if (booked === undefined) {
    booked = {
      destination,
      ports: 0,
      timeWait: 0,
      connected: 0,
      unresolved: 0,
      unresolvedKeys: [],
      liveOwners: new Map(),
      sources: new SourceList(),
    };
    destinations.set(destination, booked);
  }
  return booked;
}

function holdingOf(holdings: Map<number, Holding>, consumer: number): Holding {
  let holding = holdings.get(consumer);
  if (holding === undefined) {
    holding = {
      consumer,
      owned: emptyCounts(),
      pids: new Map(),
      logged: 0,
      sameTuple: 0,
      destinations: new Map(),
      createdMs: { bound: [], closeWait: [], established: [] },
      sources: new SourceList(),
    };
    holdings.set(consumer, holding);
  }
  return holding;
}
