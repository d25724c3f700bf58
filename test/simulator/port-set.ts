/** A set of ports that finds its next member after a port in a few steps, however full or empty it is. */
export class PortSet {
  readonly #words = new Int32Array(2048);
  readonly #summary = new Int32Array(64);
  size = 0;

  has(port: number): boolean {
    return ((this.#words[port >> 5] ?? 0) & (1 << (port & 31))) !== 0;
  }

  add(port: number): void {
    if (this.has(port)) return;
    const word = port >> 5;
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (port & 31));
    this.#summary[word >> 5] = (this.#summary[word >> 5] ?? 0) | (1 << (word & 31));
    this.size++;
  }

  delete(port: number): void {
    if (!this.has(port)) return;
    const word = port >> 5;
    const rest = (this.#words[word] ?? 0) & ~(1 << (port & 31));
    this.#words[word] = rest;
    if (rest === 0) this.#summary[word >> 5] = (this.#summary[word >> 5] ?? 0) & ~(1 << (word & 31));
    this.size--;
  }

  /** The first member at or after the port, from the bottom again when there is none; -1 when the set is empty. */
  nextFrom(port: number): number {
    if (this.size === 0) return -1;
    const found = this.#ascend(port);
    return found >= 0 ? found : this.#ascend(0);
  }

  #ascend(port: number): number {
    if (port > 65_535) return -1;
    let word = port >> 5;
    const first = (this.#words[word] ?? 0) & (-1 << (port & 31));
    if (first !== 0) return word * 32 + lowestBit(first);
    word++;
    if (word > 2047) return -1;
    let group = word >> 5;
    let groups = (this.#summary[group] ?? 0) & (-1 << (word & 31));
    while (groups === 0) {
      group++;
      if (group > 63) return -1;
      groups = this.#summary[group] ?? 0;
    }
    word = group * 32 + lowestBit(groups);
    return word * 32 + lowestBit(this.#words[word] ?? 0);
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
