import type { EventClock } from './event-time.js';
import type { EventStrings } from './event-strings.js';
import type { EventHeader } from '../parser.js';

/** What varies between headers of one provider and id: a number, the time, the computer, or an attribute nobody reads. */
export interface LayoutHole {
  readonly kind: 'time' | 'record-id' | 'host' | 'unread';
  /** Offsets from `<Event`. */
  readonly from: number;
  readonly to: number;
}

const LT = 0x3c;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const PROVIDER_BYTES_MAX = 256;
const HEADER_BYTES_MAX = 2048;
const BUCKET_MAX = 32;
const LAYOUTS_MAX = 1024;
/** A log whose headers never repeat gains nothing from remembering them. */
const RENEWALS_MAX = 4;

interface Layout {
  readonly bytes: Uint8Array;
  readonly words: DataView;
  readonly holes: readonly LayoutHole[];
  /** The end of the id with what stands before it, four bytes: tells most layouts of a provider apart at once. */
  readonly idWordFrom: number;
  readonly idWord: number;
  readonly provider: string;
  readonly id: number;
  readonly channel: string;
}

/**
 * Headers already read, to recognise the next one that differs only in its holes: every other byte is compared, eight at a
 * time, so that the answer is the one that reading it again would give.
 */
export class EventLayouts {
  readonly #clock: EventClock;
  readonly #hosts: EventStrings;
  readonly #byProvider = new Map<number, Layout[]>();
  #kept = 0;
  #renewals = 0;
  #providerFrom = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #words: DataView = new DataView(new ArrayBuffer(0));

  constructor(clock: EventClock, hosts: EventStrings) {
    this.#clock = clock;
    this.#hosts = hosts;
  }

  /** Fills `header` and returns the offset behind the header at `start`, or -1 when it is like none seen before. */
  readByLayout(bytes: Uint8Array, start: number, end: number, header: EventHeader): number {
    const bucket = this.#byProvider.get(providerHash(bytes, start + this.#providerFrom, end));
    if (bucket === undefined) return -1;
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    for (let index = 0; index < bucket.length; index++) {
      const layout = bucket[index];
      const wordFrom = start + (layout?.idWordFrom ?? 0);
      if (layout === undefined || wordFrom + 4 > end || this.#words.getInt32(wordFrom, true) !== layout.idWord)
        continue;
      const behind = this.#match(layout, bytes, start, end, header);
      if (behind < 0) continue;
      header.provider = layout.provider;
      header.id = layout.id;
      header.channel = layout.channel;
      const before = bucket[index - 1];
      if (before !== undefined) {
        bucket[index - 1] = layout;
        bucket[index] = before;
      }
      return behind;
    }
    return -1;
  }

  /** Remembers the header in [start, behind); offsets are from `start`, holes in order. */
  learn(
    bytes: Uint8Array,
    start: number,
    behind: number,
    header: EventHeader,
    at: {
      readonly provider: number;
      readonly idTo: number;
      readonly holes: readonly LayoutHole[];
    },
  ): void {
    if (behind - start > HEADER_BYTES_MAX || this.#renewals > RENEWALS_MAX) return;
    if (this.#kept >= LAYOUTS_MAX || at.provider !== this.#providerFrom) {
      this.#byProvider.clear();
      this.#kept = 0;
      this.#renewals++;
    }
    this.#providerFrom = at.provider;
    const hash = providerHash(bytes, start + at.provider, behind);
    const copy = new Uint8Array(bytes.subarray(start, behind));
    if (hash < 0 || !copy.every(isComparable)) return;
    const words = new DataView(copy.buffer);
    const layout: Layout = {
      bytes: copy,
      words,
      holes: [...at.holes, { kind: 'unread', from: copy.length, to: copy.length }],
      idWordFrom: at.idTo - 4,
      idWord: words.getInt32(at.idTo - 4, true),
      provider: header.provider,
      id: header.id,
      channel: header.channel,
    };
    const bucket = this.#byProvider.get(hash);
    this.#kept++;
    if (bucket === undefined) this.#byProvider.set(hash, [layout]);
    else if (bucket.length < BUCKET_MAX) bucket.push(layout);
    else bucket[BUCKET_MAX - 1] = layout;
  }

  #match(layout: Layout, bytes: Uint8Array, start: number, end: number, header: EventHeader): number {
    const words = this.#words;
    const { holes, words: knownWords, bytes: known } = layout;
    let at = start;
    let from = 0;
    for (const hole of holes) {
      const shift = at - from;
      if (hole.from + shift > end) return -1;
      for (; from + 8 <= hole.from; from += 8) {
        if (words.getFloat64(from + shift, true) !== knownWords.getFloat64(from, true)) return -1;
      }
      for (; from < hole.from; from++) if (bytes[from + shift] !== known[from]) return -1;
      at = hole.from + shift;
      if (hole.to === known.length) return at;
      const holeEnd = this.#holeEnd(hole, bytes, at, end, known[hole.to]);
      if (holeEnd < 0) return -1;
      if (!this.#take(hole, bytes, at, holeEnd, header)) return -1;
      at = holeEnd;
      from = hole.to;
    }
    return -1;
  }

  /** The hole ends at the byte that ended it before: a quote, or the `<` of the end tag. */
  #holeEnd(hole: LayoutHole, bytes: Uint8Array, from: number, end: number, stop: number | undefined): number {
    let at = from;
    while (at < end && bytes[at] !== stop && bytes[at] !== LT) at++;
    return at < end && at > from && bytes[at] === stop ? at : -1;
  }

  #take(hole: LayoutHole, bytes: Uint8Array, from: number, to: number, header: EventHeader): boolean {
    switch (hole.kind) {
      case 'unread':
        return true;
      case 'time':
        header.atMs = this.#clock.readTime(bytes, from, to);
        return !Number.isNaN(header.atMs);
      case 'record-id':
        header.recordId = digits(bytes, from, to);
        return header.recordId >= 0;
      case 'host':
        if ((bytes[from] ?? 0) <= 0x20 || (bytes[to - 1] ?? 0) <= 0x20) return false;
        header.host = this.#hosts.readString(bytes, from, to);
        return true;
    }
  }
}

/** Eight such bytes read as a double are neither NaN nor zero: equal numbers are equal bytes. */
function isComparable(byte: number): boolean {
  return byte > 0 && byte < 0x7f;
}

/** FNV-1a of the bytes up to the closing quote, as a number from 0; -1 when there is no quote before or behind them. */
function providerHash(bytes: Uint8Array, from: number, end: number): number {
  const quote = bytes[from - 1];
  if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
  const to = Math.min(end, from + PROVIDER_BYTES_MAX);
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return hash >>> 0;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return -1;
}

/** At most 15 digits, which a number holds exactly; -1 for anything else. */
function digits(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 15) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
