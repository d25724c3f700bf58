const LONGEST_KEPT_BYTES = 256;
const DEFAULT_LIMIT = 65_536;

/**
 * Turns bytes that repeat from row to row (addresses, state words, times) into one value each, made only when first seen.
 * `make` gets the bytes and must not keep them. After `limit` distinct values the table starts afresh, so that memory
 * stays bounded; values longer than 256 bytes are made each time.
 */
export class ByteInterner<Value = string> {
  readonly #make: (bytes: Uint8Array) => Value;
  readonly #limit: number;
  #slots = new Int32Array(1024);
  #hashes = new Int32Array(512);
  #ends = new Uint32Array(513);
  #bytes = new Uint8Array(8192);
  #values: Value[] = [];

  constructor(make: (bytes: Uint8Array) => Value, limit: number = DEFAULT_LIMIT) {
    this.#make = make;
    this.#limit = limit;
  }

  /** The value for bytes[start, end). */
  get(bytes: Uint8Array, start: number, end: number): Value {
    const hash = hashOf(bytes, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return this.#add(bytes.subarray(start, end), hash, slot);
      if (this.#hashes[entry - 1] !== hash || !this.#equals(entry - 1, bytes, start, end)) continue;
      const value = this.#values[entry - 1];
      if (value !== undefined) return value;
    }
  }

  #equals(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#ends[entry] ?? 0;
    if ((this.#ends[entry + 1] ?? 0) - own !== end - start) return false;
    const kept = this.#bytes;
    for (let at = start, from = own; at < end; at++, from++) if (kept[from] !== bytes[at]) return false;
    return true;
  }

  #add(key: Uint8Array, hash: number, slot: number): Value {
    const value = this.#make(key);
    if (key.length > LONGEST_KEPT_BYTES || value === undefined) return value;
    if (this.#values.length >= this.#limit) {
      this.#values = [];
      this.#slots.fill(0);
      return value;
    }
    const entry = this.#values.length;
    const from = this.#ends[entry] ?? 0;
    if (from + key.length > this.#bytes.length)
      this.#bytes = grown(this.#bytes, new Uint8Array(this.#bytes.length * 2));
    this.#bytes.set(key, from);
    this.#ends[entry + 1] = from + key.length;
    this.#hashes[entry] = hash;
    this.#slots[slot] = entry + 1;
    this.#values.push(value);
    if (this.#values.length * 2 === this.#slots.length) this.#widen();
    return value;
  }

  #widen(): void {
    const count = this.#values.length;
    this.#hashes = grown(this.#hashes, new Int32Array(count * 2));
    this.#ends = grown(this.#ends, new Uint32Array(count * 2 + 1));
    this.#slots = new Int32Array(count * 4);
    const mask = this.#slots.length - 1;
    for (let entry = 0; entry < count; entry++) {
      let slot = (this.#hashes[entry] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = entry + 1;
    }
  }
}

/** FNV-1a over four bytes at a time: one multiplication waits for the other, so fewer of them are faster. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

function grown<Table extends Uint8Array | Int32Array | Uint32Array>(from: Table, to: Table): Table {
  to.set(from);
  return to;
}
