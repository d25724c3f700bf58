import type { PortSet } from './port-set.js';
import type { RandomStream } from './random.js';
import type { DynamicRange, PortOrder } from './scenario.js';

/** In which order the free ports of one transport are handed out. */
export class PortOrdering {
  readonly #order: PortOrder;
  readonly #range: DynamicRange;
  readonly #random: RandomStream;
  #cursor: number;
  /** Oldest first; some of them may be in use again. */
  #freed: number[] = [];

  constructor(order: PortOrder, range: DynamicRange, random: RandomStream) {
    this.#order = order;
    this.#range = range;
    this.#random = random;
    this.#cursor = this.#anywhere();
  }

  /** Where the search for the next port begins. */
  start(): number {
    return this.#order === 'random' ? this.#anywhere() : this.#cursor;
  }

  #anywhere(): number {
    return this.#range.start + this.#random.below(this.#range.count);
  }

  /** The member of `free` that comes next, -1 when there is none. */
  next(free: PortSet, from: number): number {
    while (this.#freed.length > 0) {
      const port = this.#freed.pop() ?? -1;
      if (free.has(port)) return port;
    }
    return free.nextFrom(from);
  }

  handedOut(port: number): void {
    this.#cursor = port + 1;
  }

  freed(port: number): void {
    if (this.#order === 'most-recently-freed') this.#freed.push(port);
  }
}
