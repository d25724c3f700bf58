import type { Shown } from './incident.js';
import { bareImage } from './rate-truth.js';
import type { ProcessSpec, Scenario } from './scenario.js';
import { SocketState, type Socket, type SocketTable } from './socket-table.js';

/** What one program held of the dynamic range at one moment. */
export interface Held {
  /** A port that several programs hold counts in equal parts for each. */
  readonly ports: number;
  /** Sockets on these ports, those in TIME_WAIT among them. */
  readonly connections: number;
  /** Live and Bound ports with no other socket on the same address: what is free once it is stopped. */
  readonly exclusive: number;
  /** Sockets that are bound and not connected, each of them on a port of its own: some tables do not list them. */
  readonly bound: number;
}

/** What every program held at one moment, as the file of that moment can show it at best. */
export interface HeldMoment {
  readonly file: string;
  /** Counted from 0: a file may hold several moments. */
  readonly place: number;
  /** By image (see bareImage); images that several services share are left out, as a table without services cannot tell them apart. */
  readonly byImage: ReadonlyMap<string, Held>;
}

/** By program, whose sockets in TIME_WAIT are still its own here. */
export function heldPorts(tcp: SocketTable, { clients }: Scenario): ReadonlyMap<ProcessSpec, Held> {
  const byPort = new Map<number, Socket[]>();
  for (const socket of tcp.all()) {
    if (socket.accepted || !tcp.inPool(socket.port)) continue;
    byPort.set(socket.port, [...(byPort.get(socket.port) ?? []), socket]);
  }
  const held = new Map<ProcessSpec, { -readonly [Name in keyof Held]: number }>();
  for (const sockets of byPort.values()) {
    const owners = new Set(sockets.flatMap(({ client }) => clients[client]?.process ?? []));
    for (const process of owners) {
      const own = held.get(process) ?? { ports: 0, connections: 0, exclusive: 0, bound: 0 };
      const ofIt = sockets.filter(({ client }) => clients[client]?.process === process);
      own.ports += 1 / owners.size;
      own.connections += ofIt.length;
      own.bound += ofIt.filter(({ state }) => state === SocketState.Bound).length;
      if (ofIt.some((socket) => isExclusive(socket, ofIt, sockets))) own.exclusive += 1;
      held.set(process, own);
    }
  }
  return held;
}

/** A connection over loopback, and one of the other family, has another address of this host: it takes nothing from this one's port. */
function isExclusive(socket: Socket, own: readonly Socket[], all: readonly Socket[]): boolean {
  return all
    .filter(({ ipv6, loopback }) => ipv6 === socket.ipv6 && loopback === socket.loopback)
    .every((other) => own.includes(other) && other.state !== SocketState.TimeWait);
}

/** What every table of a capture can say of who held what; lists that were filtered by state say nothing of it. */
export function heldMoments(tables: readonly Shown[]): readonly HeldMoment[] {
  const next = new Map<string, number>();
  return tables.flatMap(({ file, kind, snapshot }) => {
    const place = next.get(file) ?? 0;
    next.set(file, place + 1);
    if (kind !== 'full' && kind !== 'without-bound') return [];
    return [{ file, place, byImage: byImage(snapshot.held ?? new Map(), kind === 'full') }];
  });
}

function byImage(held: ReadonlyMap<ProcessSpec, Held>, showsBound: boolean): Map<string, Held> {
  const images = new Map<string, Held>();
  const several = new Set<string>();
  for (const [{ image }, { ports, connections, exclusive, bound }] of held) {
    const name = bareImage(image);
    if (images.has(name)) several.add(name);
    const unseen = showsBound ? 0 : bound;
    images.set(name, {
      ports: ports - unseen,
      connections: connections - unseen,
      exclusive: exclusive - unseen,
      bound: bound - unseen,
    });
  }
  for (const name of several) images.delete(name);
  return images;
}
