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
  #keptView = new DataView(this.#bytes.buffer);
  /** The bytes asked for last, and words of them. */
  #viewed: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#viewed.buffer);
  #values: Value[] = [];

  constructor(make: (bytes: Uint8Array) => Value, limit: number = DEFAULT_LIMIT) {
    this.#make = make;
    this.#limit = limit;
  }

  /** The value for bytes[start, end). */
  get(bytes: Uint8Array, start: number, end: number): Value {
    if (bytes !== this.#viewed) {
      this.#viewed = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const hash = hashOf(this.#view, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return this.#addValue(bytes.subarray(start, end), hash, slot);
      if (this.#hashes[entry - 1] !== hash || !this.#equals(entry - 1, start, end)) continue;
      const value = this.#values[entry - 1];
      if (value !== undefined) return value;
    }
  }

  #equals(entry: number, start: number, end: number): boolean {
    const own = this.#ends[entry] ?? 0;
    const length = end - start;
    if ((this.#ends[entry + 1] ?? 0) - own !== length) return false;
    const [kept, view] = [this.#keptView, this.#view];
    if (length < 4) {
      for (let i = 0; i < length; i++) if (kept.getUint8(own + i) !== view.getUint8(start + i)) return false;
      return true;
    }
    // The last four bytes may be compared twice: cheaper than one by one.
    for (let i = 0; i < length - 4; i += 4) if (kept.getInt32(own + i) !== view.getInt32(start + i)) return false;
    return kept.getInt32(own + length - 4) === view.getInt32(end - 4);
  }

  #addValue(key: Uint8Array, hash: number, slot: number): Value {
    const value = this.#make(key);
    if (key.length > LONGEST_KEPT_BYTES || value === undefined) return value;
    if (this.#values.length >= this.#limit) {
      this.#values = [];
      this.#slots.fill(0);
      return value;
    }
    const entry = this.#values.length;
    const from = this.#ends[entry] ?? 0;
    if (from + key.length > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, new Uint8Array(this.#bytes.length * 2));
      this.#keptView = new DataView(this.#bytes.buffer);
    }
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

/** FNV-1a over four bytes at a time, the last four once more where the length is no multiple. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  if (end - start < 4) {
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
    return hash ^ (hash >>> 15);
  }
  for (let at = start; at < end - 4; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ view.getInt32(end - 4), 0x01000193);
  return hash ^ (hash >>> 15);
}

function grown<Table extends Uint8Array | Int32Array | Uint32Array>(from: Table, to: Table): Table {
  to.set(from);
  return to;
}
