import { hasOwner } from '../../model/owner-by-name.js';
import { TcpState, UNKNOWN } from '../../model/connection.js';
import type { ConnectionTable } from '../../model/connection-table.js';
import type { AddressFamily } from '../../model/endpoint.js';
import { LEDGER_CLASSES, type LedgerClass } from '../../model/report-ports.js';
import type { Snapshot } from '../../model/snapshot.js';
import { lastPort } from '../../model/port.js';
import { holdsPort, type PortPool } from './port-pool.js';

/** Class number of a port that no row holds; otherwise an index into LEDGER_CLASSES. */
export const FREE = 255;
const CLASS_INDEX = new Map<LedgerClass, number>(LEDGER_CLASSES.map((name, index) => [name, index]));
const BOUND_CLASS = CLASS_INDEX.get('bound') ?? FREE;

/** The ledger of one pool in one snapshot, to the port. */
export interface PortLedger {
  readonly pool: PortPool;
  /** For each port of the range (index 0 = its start) the class that holds it, or FREE. */
  readonly classOfPort: Uint8Array;
  /** For each port of the range the row that decided its class, or UNKNOWN. */
  readonly rowOfPort: Int32Array;
  readonly counts: Readonly<Record<LedgerClass, number>>;
  readonly listening: number;
  readonly usable: number;
  readonly inUse: number;
  readonly rowsCountedNaively: number;
  /** TIME_WAIT rows on a listener's port: the server side, which costs no dynamic port. */
  readonly serverSideTimeWait: number;
}

export interface ListeningPorts {
  readonly ports: ReadonlySet<number>;
  /** False when the snapshot itself lists no listener, so that `ports` comes from other snapshots. */
  readonly fromSnapshot: boolean;
}

/**
 * The listening TCP ports of a snapshot; where it lists none (a filter), those seen in any snapshot of the host, and those that
 * several ports of this host are connected to: both ends of such a connection are rows, and one of them serves.
 */
export function listeningPorts(rows: ConnectionTable, everSeen: ReadonlySet<number>): ListeningPorts {
  const ports = new Set<number>();
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 0 && rows.state[index] === TcpState.Listen) ports.add(rows.localPort[index] ?? 0);
  }
  if (ports.size > 0) return { ports, fromSnapshot: true };
  const serving = servingPorts(rows);
  return { ports: serving.size === 0 ? everSeen : new Set([...everSeen, ...serving]), fromSnapshot: false };
}

/** Ports that more than one other port of the same address is connected to. */
function servingPorts(rows: ConnectionTable): ReadonlySet<number> {
  const peers = new Map<number, number>();
  const serving = new Set<number>();
  for (let index = 0; index < rows.length; index += 1) {
    const remote = rows.remotePort[index] ?? UNKNOWN;
    if (rows.udp[index] === 1 || remote <= 0 || rows.localAddress[index] !== rows.remoteAddress[index]) continue;
    const local = rows.localPort[index] ?? 0;
    const known = peers.get(local);
    if (known === undefined) peers.set(local, remote);
    else if (known !== remote) serving.add(local);
  }
  return serving;
}

/**
 * One port, one class: a port in use belongs to the first class of LEDGER_CLASSES that any of its rows is in. Not in use are the
 * ports of listeners and every row on them, excluded ports, and Bound rows that stand beside a connected row of the same process.
 */
export function tcpLedger(pool: PortPool, snapshot: Snapshot, listeners: ListeningPorts): PortLedger {
  const { rows } = snapshot;
  const { start, count } = pool.range;
  const classOfPort = new Uint8Array(count).fill(FREE);
  const rowOfPort = new Int32Array(count).fill(UNKNOWN);
  let rowsCountedNaively = 0;
  let serverSideTimeWait = 0;
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 1) continue;
    const port = rows.localPort[index] ?? 0;
    const ofFamily = pool.family === 'combined' || isFamily(rows, index, pool.family);
    const inside = port >= start && port < start + count;
    if (inside && ofFamily) rowsCountedNaively += 1;
    const state = rows.state[index] ?? 0;
    if (listeners.ports.has(port)) {
      if (state === TcpState.TimeWait && ofFamily) serverSideTimeWait += 1;
      continue;
    }
    if (!inside || !ofFamily || state === TcpState.Listen) continue;
    const at = port - start;
    const held = classOf(state);
    const before = classOfPort[at] ?? FREE;
    if (held < before || (held === before && precedes(rows, index, rowOfPort[at] ?? UNKNOWN))) {
      classOfPort[at] = held;
      rowOfPort[at] = index;
    }
  }
  if (pool.family !== 'combined') dropForeignTwins(rows, pool, classOfPort, rowOfPort, pool.family);
  for (const { first, last } of pool.exclusions) {
    classOfPort.fill(FREE, first - start, last - start + 1);
    rowOfPort.fill(UNKNOWN, first - start, last - start + 1);
  }
  const counts = countClasses(classOfPort);
  let listening = 0;
  for (const port of listeners.ports) if (holdsPort(pool, port)) listening += 1;
  const inUse = LEDGER_CLASSES.reduce((total, name) => total + counts[name], 0);
  const usable = count - pool.excluded - listening;
  return { pool, classOfPort, rowOfPort, counts, listening, usable, inUse, rowsCountedNaively, serverSideTimeWait };
}

function countClasses(classOfPort: Uint8Array): Record<LedgerClass, number> {
  const counts = emptyCounts();
  for (const held of classOfPort) {
    const name = LEDGER_CLASSES[held];
    if (name !== undefined) counts[name] += 1;
  }
  return counts;
}

/** The UDP pool: every distinct local port in the range is in use; UDP has no listeners apart from sockets. */
export function udpLedger(
  pool: PortPool,
  rows: ConnectionTable,
): { inUse: number; usable: number; rowsCountedNaively: number } {
  const { start, count } = pool.range;
  const used = new Uint8Array(count);
  let rowsCountedNaively = 0;
  let inUse = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const port = rows.localPort[index] ?? 0;
    if (rows.udp[index] !== 1 || port < start || port > lastPort(pool.range)) continue;
    rowsCountedNaively += 1;
    if (used[port - start] === 0 && holdsPort(pool, port)) {
      used[port - start] = 1;
      inUse += 1;
    }
  }
  return { inUse, usable: count - pool.excluded, rowsCountedNaively };
}

/** A state's place in the order of precedence; words nobody knows hold their port too. */
export function classOf(state: number): number {
  return CLASS_INDEX.get(className(state)) ?? FREE;
}

export function emptyCounts(): Record<LedgerClass, number> {
  return {
    established: 0,
    synSent: 0,
    synReceived: 0,
    finWait1: 0,
    finWait2: 0,
    closing: 0,
    lastAck: 0,
    closeWait: 0,
    otherState: 0,
    timeWait: 0,
    bound: 0,
  };
}

export function className(state: number): LedgerClass {
  switch (state) {
    case TcpState.Established:
      return 'established';
    case TcpState.SynSent:
      return 'synSent';
    case TcpState.SynReceived:
      return 'synReceived';
    case TcpState.FinWait1:
      return 'finWait1';
    case TcpState.FinWait2:
      return 'finWait2';
    case TcpState.Closing:
      return 'closing';
    case TcpState.LastAck:
      return 'lastAck';
    case TcpState.CloseWait:
      return 'closeWait';
    case TcpState.TimeWait:
      return 'timeWait';
    case TcpState.Bound:
      return 'bound';
    default:
      return 'otherState';
  }
}

/** In a pool of one family, a Bound row whose connected twin is of the other family (a dual-mode socket) is no leak. */
function dropForeignTwins(
  rows: ConnectionTable,
  pool: PortPool,
  classOfPort: Uint8Array,
  rowOfPort: Int32Array,
  family: AddressFamily,
): void {
  const connectedPids = new Map<number, Set<number>>();
  for (let index = 0; index < rows.length; index += 1) {
    const at = (rows.localPort[index] ?? 0) - pool.range.start;
    if (rows.udp[index] === 1 || classOfPort[at] !== BOUND_CLASS) continue;
    const state = rows.state[index] ?? 0;
    if (state === TcpState.Listen || state === TcpState.Bound || state === TcpState.TimeWait) continue;
    const pids = connectedPids.get(at) ?? new Set();
    connectedPids.set(at, pids.add(rows.pid[index] ?? UNKNOWN));
  }
  if (connectedPids.size === 0) return;
  for (const at of connectedPids.keys()) {
    classOfPort[at] = FREE;
    rowOfPort[at] = UNKNOWN;
  }
  // A port that a second process has bound stays held for that one.
  for (let index = 0; index < rows.length; index += 1) {
    const at = (rows.localPort[index] ?? 0) - pool.range.start;
    const pids = connectedPids.get(at);
    if (pids === undefined || rows.udp[index] === 1 || rows.state[index] !== TcpState.Bound) continue;
    if (!isFamily(rows, index, family) || pids.has(rows.pid[index] ?? UNKNOWN)) continue;
    if (classOfPort[at] === FREE || precedes(rows, index, rowOfPort[at] ?? UNKNOWN)) {
      classOfPort[at] = BOUND_CLASS;
      rowOfPort[at] = index;
    }
  }
}

/**
 * Which of two rows of one class stands for their port: one with an owner, then by remote and local endpoint and PID. A table's
 * order says nothing, and the same rows in another order must give the same owners and destinations.
 */
function precedes(rows: ConnectionTable, a: number, b: number): boolean {
  const owned = Number(hasOwner(rows.pid[b] ?? 0)) - Number(hasOwner(rows.pid[a] ?? 0));
  const text = (column: Uint32Array, index: number): string => rows.addresses.valueOf(column[index] ?? 0);
  const order =
    owned ||
    compare(text(rows.remoteAddress, a), text(rows.remoteAddress, b)) ||
    (rows.remotePort[a] ?? 0) - (rows.remotePort[b] ?? 0) ||
    compare(text(rows.localAddress, a), text(rows.localAddress, b)) ||
    (rows.pid[a] ?? 0) - (rows.pid[b] ?? 0);
  return order < 0;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function isFamily(rows: ConnectionTable, index: number, family: AddressFamily): boolean {
  const isIpv6 = rows.addresses.valueOf(rows.localAddress[index] ?? 0).includes(':');
  return isIpv6 === (family === 'ipv6');
}
