import { hasOwner } from '../../model/owner-by-name.js';
import { WINDOWS_DEFAULT_RANGE } from '../../model/port.js';
import { TcpState, UNKNOWN } from '../../model/connection.js';
import type { ConnectionTable } from '../../model/connection-table.js';
import { addressFamily, isWildcard, type AddressFamily } from '../../model/endpoint.js';
import type { Snapshot } from '../../model/snapshot.js';
import { tupleKey, type Destinations } from './client-tuples.js';
import { ChanceReuse } from './chance-reuse.js';
import { holdsPort, type PortPool } from '../pools/port-pool.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

const LEGAL_DELAY_MS = { ipv4: LONGEST_LEGAL_DELAY_MS, ipv6: LONGEST_LEGAL_DELAY_MS } as const;
/** Tuples followed at once; beyond it those not seen lately are forgotten unless they have been reopened. */
const MAX_FOLLOWED = 100_000;

/** One (local endpoint, remote endpoint) pair that was closed and opened again. */
export interface ReopenedTuple {
  readonly localAddress: number;
  readonly localPort: number;
  readonly destination: number;
  readonly firstMs: number;
  readonly file: string;
  readonly line: number;
  lastMs: number;
  /** Times the tuple was found alive after TIME_WAIT, or waiting again when its first wait must have been over. */
  reopened: number;
  sightings: number;
  waitingSinceMs: number;
  owner: number;
}

/**
 * Looks for pinned source ports: the same local port towards the same remote endpoint, closed and opened again and again, often
 * outside the dynamic range. In a nearly empty pool chance hardly ever does that, unless the range has come round in between.
 */
export class ReopenedTuples {
  readonly #tuples = new Map<number, ReopenedTuple>();
  readonly #round = new ChanceReuse();
  readonly #shared: PortPool | undefined;

  constructor(pools: readonly PortPool[] = []) {
    this.#shared = pools.find(({ kind }) => kind === 'auto-reuse');
  }

  /** `longestWaitMs`: what waits for longer was closed twice; as far as the delay has been measured. */
  watchTuples(
    snapshot: Snapshot,
    atMs: number,
    listeners: ReadonlySet<number>,
    destinations: Destinations,
    longestWaitMs: Readonly<Record<AddressFamily, number>> = LEGAL_DELAY_MS,
  ): void {
    const { rows } = snapshot;
    const waitingTowards = new Map<number, number>();
    for (let index = 0; index < rows.length; index += 1) {
      const remotePort = rows.remotePort[index] ?? UNKNOWN;
      const state = rows.state[index] ?? 0;
      const localPort = rows.localPort[index] ?? 0;
      if (rows.udp[index] === 1 || state === TcpState.Listen || state === TcpState.Bound) continue;
      if (remotePort <= 0 || remotePort >= WINDOWS_DEFAULT_RANGE.start || listeners.has(localPort)) continue;
      // An auto-reuse range gives the same port to the same endpoint again and again, which no program has pinned.
      if (this.#shared !== undefined && holdsPort(this.#shared, localPort)) continue;
      const remote = rows.remoteAddress[index] ?? 0;
      if (isWildcard(rows.addresses.valueOf(remote))) continue;
      const destination = destinations.idOf(remote, remotePort);
      const localAddress = rows.localAddress[index] ?? 0;
      const key = tupleKey(destination, localAddress, localPort);
      const waiting = state === TcpState.TimeWait;
      if (waiting) waitingTowards.set(destination, (waitingTowards.get(destination) ?? 0) + 1);
      const known = this.#tuples.get(key);
      if (known === undefined) {
        this.#tuples.set(key, seenFirst(snapshot, index, atMs, destination));
      } else if (known.lastMs !== atMs)
        seenAgain(known, atMs, waiting, rows.pid[index] ?? UNKNOWN, longestWaitMs[familyOf(rows, localAddress)]);
    }
    this.#round.noteWaiting(atMs, waitingTowards);
    if (this.#tuples.size > MAX_FOLLOWED) this.#forget(atMs);
  }

  /** Most often reopened first; ports of `pool` only as far as the pool's coming round does not explain them. */
  list(pool: PortPool | null = null): ReopenedTuple[] {
    const towards = new Map<number, number>();
    for (const { destination } of this.#tuples.values()) towards.set(destination, (towards.get(destination) ?? 0) + 1);
    const isChance = ({ destination, localPort, reopened }: ReopenedTuple): boolean =>
      pool !== null &&
      holdsPort(pool, localPort) &&
      this.#round.explains(destination, reopened, towards.get(destination) ?? 1, pool.range.count);
    return [...this.#tuples.values()]
      .filter((tuple) => tuple.reopened > 0 && !isChance(tuple))
      .sort((a, b) => b.reopened - a.reopened || a.localPort - b.localPort)
      .slice(0, 100);
  }

  #forget(atMs: number): void {
    for (const [key, tuple] of this.#tuples) {
      if (tuple.reopened === 0 && tuple.lastMs < atMs) this.#tuples.delete(key);
    }
  }
}

function familyOf({ addresses }: ConnectionTable, localAddress: number): AddressFamily {
  return addressFamily(addresses.valueOf(localAddress));
}

function seenAgain(known: ReopenedTuple, atMs: number, waiting: boolean, pid: number, longestWaitMs: number): void {
  const waited = !Number.isNaN(known.waitingSinceMs);
  if (waited && (!waiting || atMs - known.waitingSinceMs > longestWaitMs)) {
    known.reopened += 1;
    known.waitingSinceMs = waiting ? atMs : NaN;
  } else if (waiting && !waited) known.waitingSinceMs = atMs;
  known.sightings += 1;
  known.lastMs = atMs;
  if (hasOwner(pid)) known.owner = pid;
}

function seenFirst({ rows, file, line }: Snapshot, index: number, atMs: number, destination: number): ReopenedTuple {
  return {
    localAddress: rows.localAddress[index] ?? 0,
    localPort: rows.localPort[index] ?? 0,
    destination,
    firstMs: atMs,
    lastMs: atMs,
    file,
    line: rows.line[index] ?? line,
    reopened: 0,
    sightings: 1,
    waitingSinceMs: rows.state[index] === TcpState.TimeWait ? atMs : NaN,
    owner: rows.pid[index] ?? UNKNOWN,
  };
}
