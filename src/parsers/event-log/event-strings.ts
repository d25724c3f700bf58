import { decodeEntities } from './event-entities.js';

/** More distinct values than any log has; a hostile file with more gets fresh strings instead of memory. */
const KEPT_MAX = 4096;
const KEPT_BYTES_MAX = 512;

interface KeptString {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** The strings of one header field. The same bytes give the same string: a million events name a hundred providers. */
export class EventStrings {
  readonly #decode: (bytes: Uint8Array) => string;
  readonly #byHash = new Map<number, KeptString[]>();
  #last: KeptString = { bytes: new Uint8Array(0), text: '' };
  #kept = 0;

  constructor(decode: (bytes: Uint8Array) => string) {
    this.#decode = decode;
  }

  /** The text at [from, to) with references resolved. */
  readString(bytes: Uint8Array, from: number, to: number): string {
    if (isSame(this.#last.bytes, bytes, from, to)) return this.#last.text;
    // FNV-1a over 32 bits.
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const bucket = this.#byHash.get(hash);
    const known = bucket?.find((candidate) => isSame(candidate.bytes, bytes, from, to));
    if (known !== undefined) {
      this.#last = known;
      return known.text;
    }
    const text = decodeEntities(this.#decode(bytes.subarray(from, to)));
    if (this.#kept < KEPT_MAX && to - from <= KEPT_BYTES_MAX) {
      this.#last = { bytes: new Uint8Array(bytes.subarray(from, to)), text };
      this.#kept++;
      if (bucket === undefined) this.#byHash.set(hash, [this.#last]);
      else bucket.push(this.#last);
    }
    return text;
  }
}

function isSame(kept: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (kept.length !== to - from) return false;
  for (let at = 0; at < kept.length; at++) if (kept[at] !== bytes[from + at]) return false;
  return true;
}
