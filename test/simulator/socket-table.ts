import { AutoReuseRange } from './auto-reuse-range.js';
import { type PortOrdering } from './port-ordering.js';
import type { DynamicRange } from './scenario.js';
import { PortSet } from './port-set.js';

export const SocketState = {
  Bound: 1,
  SynSent: 2,
  Established: 3,
  FinWait2: 4,
  CloseWait: 5,
  LastAck: 6,
  TimeWait: 7,
  Udp: 8,
  Closing: 9,
} as const;
export type SocketState = (typeof SocketState)[keyof typeof SocketState];

export const NO_SOCKET = -1;
/** No port at all is left. */
export const EXHAUSTED = -1;
/** Every port that could be had still waits for this very remote endpoint. */
export const COLLISION = -2;

/** One open socket; the objects are pooled, `generation` tells a new tenant from the old one. */
export interface Socket {
  readonly id: number;
  generation: number;
  state: SocketState;
  port: number;
  /** Index of the remote endpoint, -1 for none. */
  remote: number;
  ipv6: boolean;
  loopback: boolean;
  /** Accepted here: lives on the listener's port and uses none of the pool. */
  accepted: boolean;
  process: number;
  createdSeconds: number;
  sinceSeconds: number;
  client: number;
  /** The other end of a connection of this host to itself. */
  peer: number;
  /** Position in `ports`' list of its port. */
  next: number;
}

/** The ports of one transport: which are free, which only wait, and who sits on each. */
export class SocketTable {
  readonly sockets: Socket[] = [];
  readonly free = new PortSet();
  /** Ports on which nothing but TIME_WAIT is left. */
  readonly waiting = new PortSet();
  readonly usable: number;
  readonly autoReuse: AutoReuseRange | null;
  readonly #inPool = new Uint8Array(65_536);
  readonly #head = new Int32Array(65_536).fill(NO_SOCKET);
  readonly #live = new Uint16Array(65_536);
  /** For each remote endpoint: on how many of the waiting ports one of its own pairs waits. */
  readonly #waitingFor: number[] = [];
  readonly #vacant: number[] = [];
  /** The defect of Server 2008 SP2. */
  handsOutClosingPorts = false;
  readonly #order: PortOrdering;
  /** What was due for a socket of an earlier boot must not meet a new one. */
  readonly #firstGeneration: number;

  constructor(
    range: DynamicRange,
    exclusions: readonly (readonly [number, number])[],
    taken: ReadonlySet<number>,
    order: PortOrdering,
    boots: number,
    autoReuse: DynamicRange | null = null,
  ) {
    this.#firstGeneration = boots * 1_000_000;
    const excluded = (port: number): boolean => exclusions.some(([first, last]) => port >= first && port <= last);
    const reusable = autoReuse === null ? [] : portsOf(autoReuse).filter((port) => !excluded(port) && !taken.has(port));
    this.autoReuse = autoReuse === null ? null : new AutoReuseRange(reusable, autoReuse.start);
    for (const port of portsOf(range)) {
      // Which of two ranges that overlap would win is not known: the scenarios keep them apart, and a port here serves one of them.
      if (excluded(port) || taken.has(port) || this.autoReuse?.has(port) === true) continue;
      this.#inPool[port] = 1;
      this.free.add(port);
    }
    this.usable = this.free.size;
    this.#order = order;
  }

  get inUse(): number {
    return this.usable - this.free.size;
  }

  inPool(port: number): boolean {
    return this.#inPool[port] === 1;
  }

  /** A port nobody uses, in the order of this host, or EXHAUSTED; COLLISION for one that should not have been chosen. */
  allocateFree(): number {
    const from = this.#order.start();
    const port = this.#order.next(this.free, from);
    if (port < 0) return EXHAUSTED;
    const closing = this.handsOutClosingPorts ? this.#closingBetween(from, port) : -1;
    this.#order.handedOut(closing >= 0 ? closing : port);
    return closing >= 0 ? COLLISION : port;
  }

  #closingBetween(from: number, port: number): number {
    for (let at = from; at < port; at++) {
      for (const socket of this.on(at)) if (socket.state === SocketState.Closing) return at;
    }
    return -1;
  }

  /** A free port, else one that waits for other endpoints only; COLLISION or EXHAUSTED when there is none. */
  allocateFor(remote: number): number {
    const free = this.allocateFree();
    if (free !== EXHAUSTED) return free;
    if (this.waiting.size === 0) return EXHAUSTED;
    if ((this.#waitingFor[remote] ?? 0) >= this.waiting.size) return COLLISION;
    let port = this.#order.start();
    for (;;) {
      port = this.waiting.nextFrom(port);
      if (!this.pairExists(port, remote)) break;
      port++;
    }
    this.#order.handedOut(port);
    return port;
  }

  /** A port of the auto-reuse range, in turn; COLLISION when a pair with this endpoint waits on every port, EXHAUSTED when all live. */
  allocateReusable(remote: number, reusable: AutoReuseRange): number {
    const port = reusable.next(remote);
    if (port >= 0) return port;
    for (const { state, remote: other, port: held } of this.all()) {
      if (other === remote && state === SocketState.TimeWait && reusable.has(held)) return COLLISION;
    }
    return EXHAUSTED;
  }

  pairExists(port: number, remote: number): boolean {
    for (let id = this.#head[port] ?? NO_SOCKET; id !== NO_SOCKET;) {
      const socket = this.sockets[id];
      if (socket === undefined) break;
      if (socket.remote === remote) return true;
      id = socket.next;
    }
    return false;
  }

  open(state: SocketState, port: number, remote: number, accepted: boolean, seconds: number): Socket {
    const id = this.#vacant.pop();
    let socket = id === undefined ? undefined : this.sockets[id];
    if (socket === undefined) {
      socket = {
        id: this.sockets.length,
        generation: this.#firstGeneration,
        state,
        port,
        remote,
        ipv6: false,
        loopback: false,
        accepted,
        process: -1,
        createdSeconds: seconds,
        sinceSeconds: seconds,
        client: -1,
        peer: NO_SOCKET,
        next: NO_SOCKET,
      };
      this.sockets.push(socket);
    } else {
      socket.state = state;
      socket.port = port;
      socket.remote = remote;
      socket.ipv6 = false;
      socket.loopback = false;
      socket.accepted = accepted;
      socket.process = -1;
      socket.createdSeconds = seconds;
      socket.sinceSeconds = seconds;
      socket.client = -1;
      socket.peer = NO_SOCKET;
      socket.next = NO_SOCKET;
    }
    socket.generation++;
    if (!accepted) this.#attach(socket);
    return socket;
  }

  /** Live states among each other; use `wait` for TIME_WAIT. */
  change(socket: Socket, state: SocketState, seconds: number): void {
    socket.state = state;
    socket.sinceSeconds = seconds;
  }

  wait(socket: Socket, seconds: number): void {
    this.change(socket, SocketState.TimeWait, seconds);
    socket.process = -1;
    if (socket.accepted) return;
    const live = (this.#live[socket.port] ?? 1) - 1;
    this.#live[socket.port] = live;
    if (live === 0) this.#becomeWaiting(socket.port);
  }

  close(socket: Socket): void {
    socket.generation++;
    if (!socket.accepted) this.#detach(socket);
    socket.state = SocketState.Bound;
    socket.port = -1;
    this.#vacant.push(socket.id);
  }

  isOpen(socket: Socket): boolean {
    return socket.port >= 0;
  }

  /** Every open socket, in no order that means anything. */
  *all(): Generator<Socket> {
    for (const socket of this.sockets) if (socket.port >= 0) yield socket;
  }

  /** The open sockets on a port, accepted ones left out. */
  *on(port: number): Generator<Socket> {
    for (let id = this.#head[port] ?? NO_SOCKET; id !== NO_SOCKET;) {
      const socket = this.sockets[id];
      if (socket === undefined) return;
      yield socket;
      id = socket.next;
    }
  }

  #attach(socket: Socket): void {
    const port = socket.port;
    if (this.#inPool[port] === 1) {
      if (this.waiting.has(port)) this.#leaveWaiting(port);
      this.free.delete(port);
    }
    if (this.autoReuse?.has(port) === true) this.autoReuse.opened(port, socket.remote);
    this.#live[port] = (this.#live[port] ?? 0) + 1;
    socket.next = this.#head[port] ?? NO_SOCKET;
    this.#head[port] = socket.id;
  }

  #detach(socket: Socket): void {
    const port = socket.port;
    const wasWaiting = this.waiting.has(port);
    if (this.autoReuse?.has(port) === true) this.autoReuse.closed(port, socket.remote);
    if (wasWaiting) this.#leaveWaiting(port);
    if (socket.state !== SocketState.TimeWait) this.#live[port] = (this.#live[port] ?? 1) - 1;
    if (this.#head[port] === socket.id) {
      this.#head[port] = socket.next;
    } else {
      for (const before of this.on(port)) {
        if (before.next === socket.id) {
          before.next = socket.next;
          break;
        }
      }
    }
    if (this.#head[port] === NO_SOCKET) {
      if (this.#inPool[port] === 1) {
        this.free.add(port);
        this.#order.freed(port);
      }
    } else if (this.#live[port] === 0) {
      this.#becomeWaiting(port);
    }
  }

  #becomeWaiting(port: number): void {
    if (this.#inPool[port] !== 1) return;
    this.waiting.add(port);
    for (const socket of this.on(port)) this.#waitingFor[socket.remote] = (this.#waitingFor[socket.remote] ?? 0) + 1;
  }

  #leaveWaiting(port: number): void {
    this.waiting.delete(port);
    for (const socket of this.on(port)) this.#waitingFor[socket.remote] = (this.#waitingFor[socket.remote] ?? 1) - 1;
  }
}

function portsOf({ start, count }: DynamicRange): number[] {
  return Array.from({ length: count }, (_, index) => start + index);
}
