import { hasOwner } from '../../model/owner-by-name.js';
import { TcpState, UNKNOWN } from '../../model/connection.js';
import { isWildcard } from '../../model/endpoint.js';
import { SERVICE_PORTS_BELOW } from '../../model/port.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { ListeningPorts } from '../pools/port-ledger.js';
import { holdsPort, type PortPool } from '../pools/port-pool.js';

/** A server of FTP connects from it to whatever port the client names (RFC 959). */
const FTP_DATA_PORT = 20;
/** More ports outside the range than this were not chosen one by one: the range is another one. */
const MOST_PINNED = 20;

/** A local port that a program has chosen itself: outside every range that Windows hands out, towards a service. */
export interface PinnedPort {
  readonly localAddress: number;
  readonly localPort: number;
  readonly remotePort: number;
  /** Interned addresses of the far ends, in the order seen. */
  readonly remotes: Set<number>;
  readonly file: string;
  readonly line: number;
  sightings: number;
  owner: number;
  lastMs: number | null;
}

/**
 * Finds ports that no range holds and nobody listens on, towards one service port. Towards several remote ports it is a server whose
 * listener has stopped or was filtered away.
 */
export class PinnedPorts {
  readonly #pools: readonly PortPool[];
  readonly #pinned = new Map<number, PinnedPort>();
  readonly #servers = new Set<number>();

  constructor(pools: readonly PortPool[]) {
    this.#pools = pools.filter(({ transport }) => transport === 'tcp');
  }

  watchTable(snapshot: Snapshot, listeners: ListeningPorts): void {
    if (!listeners.fromSnapshot) return;
    const { rows } = snapshot;
    for (let index = 0; index < rows.length; index += 1) {
      const localPort = rows.localPort[index] ?? 0;
      if (rows.udp[index] === 1 || !this.#isOutside(localPort) || listeners.ports.has(localPort)) continue;
      if (this.#servers.has(localPort) || !isConnection(snapshot, index)) continue;
      const remotePort = rows.remotePort[index] ?? UNKNOWN;
      const known = this.#pinned.get(localPort);
      if (remotePort >= SERVICE_PORTS_BELOW || (known !== undefined && known.remotePort !== remotePort)) {
        this.#servers.add(localPort);
        this.#pinned.delete(localPort);
      } else if (known !== undefined) this.#seenAgain(known, snapshot, index);
      else if (this.#pinned.size <= MOST_PINNED) this.#pinned.set(localPort, seenFirst(snapshot, index));
    }
  }

  /** Most remotes first, then most often seen. */
  list(): PinnedPort[] {
    if (this.#pinned.size > MOST_PINNED) return [];
    return [...this.#pinned.values()].sort(
      (a, b) => b.remotes.size - a.remotes.size || b.sightings - a.sightings || a.localPort - b.localPort,
    );
  }

  #isOutside(port: number): boolean {
    return port !== FTP_DATA_PORT && !this.#pools.some((pool) => holdsPort(pool, port));
  }

  #seenAgain(known: PinnedPort, { rows, atMs }: Snapshot, index: number): void {
    known.remotes.add(rows.remoteAddress[index] ?? 0);
    known.sightings += 1;
    known.lastMs = atMs;
    const pid = rows.pid[index] ?? UNKNOWN;
    if (hasOwner(pid)) known.owner = pid;
  }
}

/** True for a row with a far end. */
function isConnection({ rows }: Snapshot, index: number): boolean {
  const state = rows.state[index] ?? 0;
  if (state === TcpState.Listen || state === TcpState.Bound || (rows.remotePort[index] ?? UNKNOWN) <= 0) return false;
  return !isWildcard(rows.addresses.valueOf(rows.remoteAddress[index] ?? 0));
}

function seenFirst({ rows, file, line, atMs }: Snapshot, index: number): PinnedPort {
  return {
    localAddress: rows.localAddress[index] ?? 0,
    localPort: rows.localPort[index] ?? 0,
    remotePort: rows.remotePort[index] ?? UNKNOWN,
    remotes: new Set([rows.remoteAddress[index] ?? 0]),
    file,
    line: rows.line[index] ?? line,
    sightings: 1,
    owner: rows.pid[index] ?? UNKNOWN,
    lastMs: atMs,
  };
}
