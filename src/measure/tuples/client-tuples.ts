import { TcpState, UNKNOWN } from '../../model/connection.js';
import { isWildcard } from '../../model/endpoint.js';
import type { Snapshot } from '../../model/snapshot.js';
import { FREE, type PortLedger } from '../pools/port-ledger.js';

/** Ports are 16 bits. */
export const PORT_NUMBERS = 65_536;
/** Destinations beyond it share their last number; no host talks to a million endpoints from one port range. */
const MAX_NUMBERED_DESTINATIONS = 1 << 20;

/** Remote endpoints numbered across the snapshots of a host. */
export class Destinations {
  readonly #ids = new Map<number, number>();
  readonly #endpoints: { address: number; port: number }[] = [];

  idOf(address: number, port: number): number {
    const key = address * 65_537 + port + 1;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#endpoints.length >= MAX_NUMBERED_DESTINATIONS) return MAX_NUMBERED_DESTINATIONS - 1;
    const id = this.#endpoints.push({ address, port }) - 1;
    this.#ids.set(key, id);
    return id;
  }

  /** The interned address and the port of a destination. */
  endpoint(id: number): { readonly address: number; readonly port: number } {
    return this.#endpoints[id] ?? { address: 0, port: UNKNOWN };
  }
}

/** The rows of one snapshot that hold a dynamic port of the primary pool towards a remote endpoint, in columns. */
export interface ClientTuples {
  readonly length: number;
  /** Row index in the snapshot. */
  readonly row: Int32Array;
  readonly destination: Int32Array;
  /** (local address, local port, destination) as one number: the same tuple has the same key in every snapshot. */
  readonly key: Float64Array;
  readonly isTimeWait: Uint8Array;
  readonly pid: Int32Array;
}

/** Picks the client-side tuples of a snapshot: connected or TIME_WAIT rows on ports that the ledger counts as in use. */
export function clientTuples(snapshot: Snapshot, ledger: PortLedger, destinations: Destinations): ClientTuples {
  const { rows } = snapshot;
  const { start, count } = ledger.pool.range;
  const picked: number[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const at = (rows.localPort[index] ?? 0) - start;
    if (at < 0 || at >= count || rows.udp[index] === 1 || ledger.classOfPort[at] === FREE) continue;
    const state = rows.state[index] ?? 0;
    if (state === TcpState.Bound || state === TcpState.Listen) continue;
    if (isWildcard(rows.addresses.valueOf(rows.remoteAddress[index] ?? 0))) continue;
    picked.push(index);
  }
  const length = picked.length;
  const tuples = {
    length,
    row: Int32Array.from(picked),
    destination: new Int32Array(length),
    key: new Float64Array(length),
    isTimeWait: new Uint8Array(length),
    pid: new Int32Array(length),
  };
  picked.forEach((index, at) => {
    const destination = destinations.idOf(rows.remoteAddress[index] ?? 0, rows.remotePort[index] ?? UNKNOWN);
    tuples.destination[at] = destination;
    tuples.key[at] = tupleKey(destination, rows.localAddress[index] ?? 0, rows.localPort[index] ?? 0);
    tuples.isTimeWait[at] = rows.state[index] === TcpState.TimeWait ? 1 : 0;
    tuples.pid[at] = rows.pid[index] ?? UNKNOWN;
  });
  return tuples;
}

/** The destination of a tuple's key. */
export function destinationOfKey(key: number): number {
  return Math.floor(key / (PORT_NUMBERS * PORT_NUMBERS));
}

/** Below 2^53: 20 bits of destination, 16 of local address, 16 of port. */
export function tupleKey(destination: number, localAddress: number, localPort: number): number {
  return (destination * PORT_NUMBERS + (localAddress & 0xffff)) * PORT_NUMBERS + localPort;
}
