import { MAX_PORT } from './port.js';

/** Ports, a bit each: 8 KB however many there are. */
export class PortSet {
  readonly #bits = new Uint8Array((MAX_PORT + 1) / 8);

  add(port: number): void {
    this.#bits[port >> 3] = (this.#bits[port >> 3] ?? 0) | (1 << (port & 7));
  }

  addAll(other: PortSet): void {
    for (const [at, bits] of other.#bits.entries()) this.#bits[at] = (this.#bits[at] ?? 0) | bits;
  }

  /** In order, but for those of `without`. */
  list(without: ReadonlySet<number>): number[] {
    const ports: number[] = [];
    for (const [at, bits] of this.#bits.entries()) {
      for (let bit = 0; bits >> bit > 0; bit += 1) {
        if (((bits >> bit) & 1) === 1 && !without.has(at * 8 + bit)) ports.push(at * 8 + bit);
      }
    }
    return ports;
  }
}
