import type { HostFacts } from '../../measure/facts.js';
import { lastPort, MAX_PORT, type PortRange } from '../../model/port.js';
import { UsablePorts, ROUND_TO } from './usable-ports.js';

/** What an auto-reuse range would offer: it lies beside the dynamic range, and a port serves each remote endpoint once. */
export class UsableAutoReusePorts extends UsablePorts {
  readonly #low: number;
  readonly #high: number;

  constructor(facts: HostFacts) {
    super(facts);
    const dynamic = facts.pools.find(({ id }) => id === 'tcp')?.range ?? { start: MAX_PORT + 1, count: 0 };
    const below = facts.pool.kind === 'dynamic' || facts.pool.range.start < dynamic.start;
    this.#low = below ? Math.min(this.lowest, dynamic.start) : lastPort(dynamic) + 1;
    this.#high = below ? dynamic.start - 1 : MAX_PORT;
  }

  override get widest(): PortRange {
    return { start: this.#low, count: Math.max(this.#high - this.#low + 1, 0) };
  }

  /** The range as it is where it is enough; else as far up as the dynamic range allows, then down, in whole thousands. */
  override smallest(current: PortRange, usableNeeded: number): PortRange | null {
    if (this.usable(current) >= usableNeeded) return current;
    const { start } = current;
    for (let end = roundedUp(lastPort(current) + 1); ; end += ROUND_TO) {
      const range = { start, count: Math.min(end - 1, this.#high) - start + 1 };
      if (this.usable(range) >= usableNeeded) return range;
      if (end > this.#high) break;
    }
    for (let lower = Math.floor((start - 1) / ROUND_TO) * ROUND_TO; ; lower -= ROUND_TO) {
      const from = Math.max(lower, this.#low);
      const range = { start: from, count: this.#high - from + 1 };
      if (this.usable(range) >= usableNeeded) return range;
      if (lower <= this.#low) return null;
    }
  }

  /** Everything from the range's start up to the dynamic range, and more below where that does not carry what is known. */
  override largestAboveListeners(current: PortRange, usableNeeded: number): PortRange | null {
    const upwards = { start: current.start, count: this.#high - current.start + 1 };
    const largest = this.usable(upwards) >= usableNeeded ? upwards : this.smallest(current, usableNeeded);
    return largest === null || this.usable(largest) > this.usable(current) + 1 ? largest : current;
  }

  /** The highest range beside the dynamic one with this many usable ports, from a whole thousand up; null where there is no room. */
  highest(usableNeeded: number): PortRange | null {
    for (
      let start = Math.floor((this.#high - usableNeeded) / ROUND_TO) * ROUND_TO;
      start >= this.#low;
      start -= ROUND_TO
    ) {
      const range = { start, count: this.#high - start + 1 };
      if (this.usable(range) >= usableNeeded) return range;
    }
    return null;
  }
}

function roundedUp(port: number): number {
  return Math.ceil(port / ROUND_TO) * ROUND_TO;
}
