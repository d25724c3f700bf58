import type { EventQueue } from './event-queue.js';
import type { ProcessTable } from './process-table.js';
import type { Ending, HostSpec } from './scenario.js';
import { NO_SOCKET, SocketState, type Socket, type SocketTable } from './socket-table.js';
import { WaitQueue } from './wait-queue.js';

/** How connections go: closed by either end, lingering, waiting, or dropped. */
export class ConnectionEndings {
  /** Replaced at a restart of the host. */
  table: SocketTable;
  /** TIME_WAIT ends in the order it began: one queue for each family. */
  readonly #waiting4 = new WaitQueue();
  readonly #waiting6 = new WaitQueue();
  readonly #queue: EventQueue;
  readonly #kind: number;
  readonly #processes: ProcessTable;
  readonly #timeWaitSeconds: HostSpec['timeWaitSeconds'];

  /** `kind` marks this object's entries in the queue. */
  constructor(table: SocketTable, queue: EventQueue, kind: number, processes: ProcessTable, host: HostSpec) {
    this.table = table;
    this.#queue = queue;
    this.#kind = kind;
    this.#processes = processes;
    this.#timeWaitSeconds = host.timeWaitSeconds;
  }

  /** Seconds at which the next TIME_WAIT ends. */
  get nextRelease(): number {
    return Math.min(this.#waiting4.nextSeconds, this.#waiting6.nextSeconds);
  }

  release(): void {
    const first = this.#waiting4.nextSeconds <= this.#waiting6.nextSeconds ? this.#waiting4 : this.#waiting6;
    this.table.close(first.shift());
  }

  /** The host restarts: nothing waits any more. */
  restart(table: SocketTable): void {
    this.table = table;
    this.#waiting4.clear();
    this.#waiting6.clear();
  }

  /** The next step of a connection whose time has come. */
  next(socket: Socket, ending: Ending, closingSeconds: number, seconds: number): void {
    const live = socket.state === SocketState.Established;
    switch (ending) {
      case 'we-close':
        if (live && closingSeconds > 0) this.#linger(socket, SocketState.FinWait2, seconds, closingSeconds);
        else this.wait(socket, seconds);
        break;
      case 'peer-closes':
        if (live && closingSeconds > 0) this.#linger(socket, SocketState.CloseWait, seconds, closingSeconds);
        else if (socket.peer !== NO_SOCKET) this.#peerWaits(socket, seconds);
        else this.close(socket, seconds);
        break;
      case 'close-wait-for-ever':
        this.table.change(socket, SocketState.CloseWait, seconds);
        break;
      case 'closing-for-ever':
        this.table.change(socket, SocketState.Closing, seconds);
        break;
      case 'fin-wait-2-for-ever':
        this.table.change(socket, SocketState.FinWait2, seconds);
        break;
      case 'last-ack-for-ever':
        this.table.change(socket, SocketState.LastAck, seconds);
        break;
      default:
        this.close(socket, seconds);
    }
  }

  #linger(socket: Socket, state: SocketState, seconds: number, forSeconds: number): void {
    this.table.change(socket, state, seconds);
    this.later(socket, seconds + forSeconds);
  }

  /** Calls for the connection's next step at a moment. */
  later(socket: Socket, seconds: number): void {
    this.#queue.push(seconds, this.#kind, socket.id, socket.generation);
  }

  /** Into TIME_WAIT, for the delay of its family; the other end of a connection to itself goes. */
  wait(socket: Socket, seconds: number): void {
    this.#closePeer(socket);
    this.#processes.callEnded(socket.process, seconds);
    socket.generation++;
    this.table.wait(socket, seconds);
    const { ipv4, ipv6 } = this.#timeWaitSeconds;
    if (socket.ipv6) this.#waiting6.push(socket, seconds + ipv6);
    else this.#waiting4.push(socket, seconds + ipv4);
  }

  /** The listener's end closed first: it waits, the client's port is free at once. */
  #peerWaits(socket: Socket, seconds: number): void {
    const peer = this.table.sockets[socket.peer];
    if (peer !== undefined) {
      peer.peer = NO_SOCKET;
      socket.peer = NO_SOCKET;
      this.wait(peer, seconds);
    }
    this.close(socket, seconds);
  }

  /** Gone at once, without TIME_WAIT. */
  close(socket: Socket, seconds: number): void {
    this.#closePeer(socket);
    this.#processes.callEnded(socket.process, seconds);
    this.table.close(socket);
  }

  #closePeer(socket: Socket): void {
    const peer = this.table.sockets[socket.peer];
    socket.peer = NO_SOCKET;
    if (peer !== undefined) {
      peer.peer = NO_SOCKET;
      this.table.close(peer);
    }
  }
}
