import { TcpState, UNKNOWN } from '../../model/connection.js';
import { ConnectionTable } from '../../model/connection-table.js';
import { isWildcard } from '../../model/endpoint.js';
import type { Snapshot } from '../../model/snapshot.js';
import { FREE, type PortLedger } from './port-ledger.js';
import { holdsPort, type PortPool } from './port-pool.js';

/** A remote endpoint, by the id of its address in the interner of the snapshots. */
export interface RemoteEndpoint {
  readonly address: number;
  readonly port: number;
}

/** The remote endpoint that most ports of an auto-reuse range were in use towards at a time: it is the one that runs out of them. */
export interface BusiestDestination extends RemoteEndpoint {
  readonly ports: number;
  readonly usable: number;
}

/**
 * A port of an auto-reuse range serves many remote endpoints at once, each of them once. How many distinct ports are in use says
 * little; what can run out is the ports towards one endpoint. Returns that of the snapshots before where none here has more.
 */
export function busiestDestination(
  { rows }: Snapshot,
  ledger: PortLedger,
  before: BusiestDestination | null = null,
): BusiestDestination | null {
  const { start, count } = ledger.pool.range;
  const portsOf = new Map<number, { endpoint: RemoteEndpoint; ports: Set<number> }>();
  let busiest: { endpoint: RemoteEndpoint; ports: Set<number> } | null = null;
  let most = before?.ports ?? 0;
  for (let index = 0; index < rows.length; index += 1) {
    const port = rows.localPort[index] ?? 0;
    const at = port - start;
    if (at < 0 || at >= count || rows.udp[index] === 1 || ledger.classOfPort[at] === FREE) continue;
    if (!isConnection(rows, index)) continue;
    const endpoint = { address: rows.remoteAddress[index] ?? 0, port: rows.remotePort[index] ?? UNKNOWN };
    const key = endpoint.address * 65_537 + endpoint.port + 1;
    const known = portsOf.get(key) ?? { endpoint, ports: new Set() };
    if (known.ports.size === 0) portsOf.set(key, known);
    known.ports.add(port);
    if (known.ports.size <= most) continue;
    most = known.ports.size;
    busiest = known;
  }
  return busiest === null ? before : { ...busiest.endpoint, ports: busiest.ports.size, usable: ledger.usable };
}

/** The snapshot as one remote endpoint sees it: the connections from this pool's ports towards it, and the listeners. */
export function towards(snapshot: Snapshot, pool: PortPool, remote: RemoteEndpoint): Snapshot {
  const { rows } = snapshot;
  const picked: number[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 1) continue;
    const listens = rows.state[index] === TcpState.Listen;
    const served =
      holdsPort(pool, rows.localPort[index] ?? 0) &&
      rows.remoteAddress[index] === remote.address &&
      rows.remotePort[index] === remote.port;
    if (listens || (served && isConnection(rows, index))) picked.push(index);
  }
  return { ...snapshot, rows: rowsAt(rows, picked) };
}

function isConnection(rows: ConnectionTable, index: number): boolean {
  const state = rows.state[index] ?? 0;
  if (state === TcpState.Listen || state === TcpState.Bound) return false;
  return !isWildcard(rows.addresses.valueOf(rows.remoteAddress[index] ?? 0));
}

function rowsAt(rows: ConnectionTable, picked: readonly number[]): ConnectionTable {
  const part = new ConnectionTable(rows.addresses);
  part.length = picked.length;
  part.udp = Uint8Array.from(picked, (index) => rows.udp[index] ?? 0);
  part.state = Uint8Array.from(picked, (index) => rows.state[index] ?? 0);
  part.localAddress = Uint32Array.from(picked, (index) => rows.localAddress[index] ?? 0);
  part.localPort = Uint16Array.from(picked, (index) => rows.localPort[index] ?? 0);
  part.remoteAddress = Uint32Array.from(picked, (index) => rows.remoteAddress[index] ?? 0);
  part.remotePort = Int32Array.from(picked, (index) => rows.remotePort[index] ?? UNKNOWN);
  part.pid = Int32Array.from(picked, (index) => rows.pid[index] ?? UNKNOWN);
  part.ageMs = Float32Array.from(picked, (index) => rows.ageMs[index] ?? NaN);
  part.createdMs = Float64Array.from(picked, (index) => rows.createdMs[index] ?? NaN);
  part.line = Uint32Array.from(picked, (index) => rows.line[index] ?? 0);
  return part;
}
