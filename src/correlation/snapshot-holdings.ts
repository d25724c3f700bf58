import { TcpState, UNKNOWN } from '../model/connection.js';
import { LEDGER_CLASSES, type LedgerClass } from '../model/report.js';
import type { LoggedConnections } from '../capture/logged-connections.js';
import type { Snapshot } from '../model/snapshot.js';
import { SourceList } from '../model/source-ref.js';
import type { ClientTuples } from './client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import type { OwnerMemory } from './owner-memory.js';
import { emptyCounts, FREE, type PortLedger } from './port-ledger.js';

/** What one consumer held in one snapshot, in ports of the primary pool. */
export interface Holding {
  readonly consumer: number;
  /** Ports it owns by a PID in the table. */
  readonly owned: Record<LedgerClass, number>;
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
export type AgedClass = Extract<LedgerClass, 'bound' | 'closeWait' | 'established'>;

export interface DestinationHolding {
  readonly destination: number;
  ports: number;
  timeWait: number;
  connected: number;
  /** TIME_WAIT ports nobody is known to have owned, yet. */
  unresolved: number;
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

/** The latest logged opening of a port is its owner's for as long as a connection and its TIME_WAIT usually last. */
const LOG_WINDOW_MS = 3_600_000;

/** Walks the ports in use of one snapshot: each port is booked once, on its owner and on its destination. */
export function snapshotHoldings(
  snapshot: Snapshot,
  ledger: PortLedger,
  tuples: ClientTuples,
  consumers: ConsumerIndex,
  memory: OwnerMemory,
  logged: LoggedConnections,
): SnapshotHoldings {
  const { rows, file, atMs } = snapshot;
  const holdings = new Map<number, Holding>();
  const destinations = new Map<number, DestinationHolding>();
  const tupleOfRow = new Map<number, number>();
  for (let index = 0; index < tuples.length; index += 1) tupleOfRow.set(tuples.row[index] ?? UNKNOWN, index);
  const boundOwners = boundOwnersOfWaitingPorts(snapshot, ledger);
  let exact = 0;
  let clientTimeWait = 0;
  let withoutOwner = 0;
  const liveAgesSeconds: number[] = [];
  for (let at = 0; at < ledger.classOfPort.length; at += 1) {
    const held = ledger.classOfPort[at] ?? FREE;
    const name = LEDGER_CLASSES[held];
    if (name === undefined) continue;
    const row = ledger.rowOfPort[at] ?? UNKNOWN;
    const tuple = tupleOfRow.get(row);
    const destination = tuple === undefined ? null : (tuples.destination[tuple] ?? null);
    const booked = destination === null ? null : destinationOf(destinations, destination);
    const ref = { file, line: rows.line[row] ?? snapshot.line, record: null, row: null };
    if (booked !== null) {
      booked.ports += 1;
      if (name === 'timeWait') booked.timeWait += 1;
      else booked.connected += 1;
      booked.sources.add(ref);
    }
    const pid = rows.pid[row] ?? UNKNOWN;
    let owner = consumers.idOf(pid, atMs);
    let rung: 'logged' | 'sameTuple' | null = null;
    if (name === 'timeWait') {
      clientTimeWait += 1;
      const key = tuple === undefined ? NaN : (tuples.key[tuple] ?? NaN);
      const remotePort = rows.remotePort[row] ?? UNKNOWN;
      const port = rows.localPort[row] ?? 0;
      const loggedPid = atMs === null ? null : logged.ownerOf(port, remotePort, atMs, LOG_WINDOW_MS);
      const formerPid = loggedPid ?? boundOwners.get(at) ?? memory.ownerOf(key);
      owner ??= formerPid === null ? null : consumers.idOf(formerPid, atMs);
      if (owner !== null) {
        rung = loggedPid === null ? 'sameTuple' : 'logged';
        exact += 1;
      } else if (booked !== null) booked.unresolved += 1;
    } else if (owner === null) withoutOwner += 1;
    const createdMs = rows.createdMs[row] ?? NaN;
    if (name !== 'timeWait' && name !== 'bound' && atMs !== null && createdMs <= atMs) {
      liveAgesSeconds.push((atMs - createdMs) / 1000);
    }
    if (owner === null) continue;
    const holding = holdingOf(holdings, owner);
    if (rung !== null) holding[rung] += 1;
    else {
      holding.owned[name] += 1;
      if ((name === 'bound' || name === 'closeWait' || name === 'established') && !Number.isNaN(createdMs)) {
        holding.createdMs[name].push(createdMs);
      }
      if (booked !== null) booked.liveOwners.set(owner, (booked.liveOwners.get(owner) ?? 0) + 1);
    }
    holding.sources.add(ref);
    if (destination !== null) holding.destinations.set(destination, (holding.destinations.get(destination) ?? 0) + 1);
  }
  return { holdings, destinations, exact, clientTimeWait, withoutOwner, liveAgesSeconds };
}

/** A port in TIME_WAIT whose socket handle is still open shows a Bound row beside it: its owner, by port index. */
function boundOwnersOfWaitingPorts(snapshot: Snapshot, ledger: PortLedger): Map<number, number> {
  const { rows } = snapshot;
  const owners = new Map<number, number>();
  for (let index = 0; index < rows.length; index += 1) {
    const pid = rows.pid[index] ?? UNKNOWN;
    if (rows.udp[index] === 1 || rows.state[index] !== TcpState.Bound || pid <= 0) continue;
    const at = (rows.localPort[index] ?? 0) - ledger.pool.range.start;
    const held = ledger.classOfPort[at];
    if (held === undefined || LEDGER_CLASSES[held] !== 'timeWait') continue;
    // Of several handles the lowest PID's: the order of the rows says nothing.
    owners.set(at, Math.min(pid, owners.get(at) ?? pid));
  }
  return owners;
}

function destinationOf(destinations: Map<number, DestinationHolding>, destination: number): DestinationHolding {
  let booked = destinations.get(destination);
  if (booked === undefined) {
    booked = {
      destination,
      ports: 0,
      timeWait: 0,
      connected: 0,
      unresolved: 0,
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
