import type { Socket } from './socket-table.js';

/** Sockets in TIME_WAIT in the order in which they will be released. */
export class WaitQueue {
  #sockets: Socket[] = [];
  #seconds: number[] = [];
  #first = 0;

  get nextSeconds(): number {
    return this.#seconds[this.#first] ?? Infinity;
  }

  push(socket: Socket, seconds: number): void {
    this.#sockets.push(socket);
    this.#seconds.push(seconds);
  }

  shift(): Socket {
    const socket = this.#sockets[this.#first];
    if (socket === undefined) throw new RangeError('nothing waits');
    this.#first++;
    if (this.#first > 65_536) {
      this.#sockets = this.#sockets.slice(this.#first);
      this.#seconds = this.#seconds.slice(this.#first);
      this.#first = 0;
    }
    return socket;
  }

  clear(): void {
    this.#sockets = [];
    this.#seconds = [];
    this.#first = 0;
  }
}
