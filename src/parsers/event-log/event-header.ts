import { EventLayouts, type LayoutHole } from './event-layout.js';
import { EventClock } from './event-time.js';
import { EventStrings } from './event-strings.js';
import type { EventHeader } from '../parser.js';

/** The header goes on beyond the bytes at hand. */
export const NEEDS_MORE = -1;
/** Not a plain `<System>` block (comments, CDATA, nested elements, broken quotes): left to the XML parser. */
export const NOT_PLAIN = -2;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

type Element = 'provider' | 'event-id' | 'time' | 'record-id' | 'channel' | 'computer' | 'other' | 'structure';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const SYSTEM = ascii('System');
const NAME = ascii('Name');
const EVENT_SOURCE_NAME = ascii('EventSourceName');
const SYSTEM_TIME = ascii('SystemTime');
const ELEMENTS: readonly { readonly element: Element; readonly name: Uint8Array }[] = [
  { element: 'provider', name: ascii('Provider') },
  { element: 'event-id', name: ascii('EventID') },
  { element: 'time', name: ascii('TimeCreated') },
  { element: 'record-id', name: ascii('EventRecordID') },
  { element: 'channel', name: ascii('Channel') },
  { element: 'computer', name: ascii('Computer') },
];

/**
 * Reads the `<System>` block of an event straight from its bytes. Elements and attributes may come in any order, in either
 * quote style, self-closed or not, with blanks, line breaks or the old viewer's dashes between them.
 */
export class EventHeaderReader {
  /** Filled by `read`: provider is empty, id and recordId are -1, atMs is NaN where the block does not say. */
  readonly header: EventHeader = emptyHeader();
  readonly #clock = new EventClock();
  readonly #providers: EventStrings;
  readonly #hosts: EventStrings;
  readonly #channels: EventStrings;
  readonly #layouts: EventLayouts;
  #isSelfClosed = false;
  /** Where the last walk found what, from `#start`. */
  #start = 0;
  #providerFrom = 0;
  #idTo = 0;
  #holes: LayoutHole[] = [];

  constructor(decode: (bytes: Uint8Array) => string) {
    this.#providers = new EventStrings(decode);
    this.#hosts = new EventStrings(decode);
    this.#channels = new EventStrings(decode);
    this.#layouts = new EventLayouts(this.#clock, this.#hosts);
  }

  /** From `<Event` at `start`: the offset behind `</System>`, NEEDS_MORE when `end` comes first, or NOT_PLAIN. */
  readHeader(bytes: Uint8Array, start: number, end: number): number {
    clear(this.header);
    const known = this.#layouts.readByLayout(bytes, start, end, this.header);
    if (known >= 0) return known;
    clear(this.header);
    this.#start = start;
    this.#holes = [];
    const behind = this.#walk(bytes, start, end);
    const { provider, id, atMs } = this.header;
    if (behind >= 0 && provider !== '' && id >= 0 && !Number.isNaN(atMs)) {
      const at = { provider: this.#providerFrom, idTo: this.#idTo, holes: this.#holes };
      this.#layouts.learn(bytes, start, behind, this.header, at);
    }
    return behind;
  }

  /** Of the tag that #restOfTag has just read; asked for by a call because reading a tag changes it. */
  #closesItself(): boolean {
    return this.#isSelfClosed;
  }

  #walk(bytes: Uint8Array, start: number, end: number): number {
    let at = this.#restOfTag(bytes, start + 6, end, 'structure');
    if (at < 0) return at;
    at = nextTag(bytes, at, end);
    if (end - at < SYSTEM.length + 2) return NEEDS_MORE;
    if (this.#isSelfClosed || !isWord(bytes, at + 1, nameEnd(bytes, at + 1, end), SYSTEM)) return NOT_PLAIN;
    at = this.#restOfTag(bytes, at + 1 + SYSTEM.length, end, 'structure');
    if (at < 0) return at;
    if (this.#closesItself()) return NOT_PLAIN;

    for (;;) {
      at = nextTag(bytes, at, end) + 1;
      if (at + SYSTEM.length + 2 > end) return NEEDS_MORE;
      if (bytes[at] === SLASH) {
        if (!isWord(bytes, at + 1, nameEnd(bytes, at + 1, end), SYSTEM)) return NOT_PLAIN;
        return this.#restOfTag(bytes, at + 1 + SYSTEM.length, end, 'structure');
      }
      at = this.#element(bytes, at, end);
      if (at < 0) return at;
    }
  }

  /** One child of System, from its name to behind its end tag. */
  #element(bytes: Uint8Array, from: number, end: number): number {
    const nameTo = nameEnd(bytes, from, end);
    if (nameTo >= end) return NEEDS_MORE;
    if (bytes[from] === 0x21 || bytes[from] === 0x3f) return NOT_PLAIN;
    const element = elementNamed(bytes, from, nameTo);
    const valueFrom = this.#restOfTag(bytes, nameTo, end, element);
    if (valueFrom < 0 || this.#isSelfClosed) return valueFrom;
    const valueTo = nextTag(bytes, valueFrom, end);
    const closed = valueTo + 2 + nameTo - from;
    if (closed >= end) return NEEDS_MORE;
    if (bytes[valueTo + 1] !== SLASH || (bytes[closed] !== GT && !isBlank(bytes[closed]))) return NOT_PLAIN;
    this.#value(element, bytes, valueFrom, valueTo);
    return this.#restOfTag(bytes, closed, end, 'structure');
  }

  #value(element: Element, bytes: Uint8Array, from: number, to: number): void {
    while (from < to && isBlank(bytes[from])) from++;
    while (to > from && isBlank(bytes[to - 1])) to--;
    if (from === to) return;
    if (element === 'event-id') {
      const code = wholeNumber(bytes, from, to);
      this.header.id = code < 0 ? -1 : code & 0xffff;
      this.#idTo = to - this.#start;
    } else if (element === 'record-id') {
      this.header.recordId = wholeNumber(bytes, from, to);
      this.#hole('record-id', from, to);
    } else if (element === 'channel') this.header.channel = this.#channels.readString(bytes, from, to);
    else if (element === 'computer') {
      this.header.host = this.#hosts.readString(bytes, from, to);
      this.#hole('host', from, to);
    }
  }

  #hole(kind: LayoutHole['kind'], from: number, to: number): void {
    this.#holes.push({ kind, from: from - this.#start, to: to - this.#start });
  }

  /** From behind a tag's name to behind its `>`, taking the attributes that matter on the way. */
  #restOfTag(bytes: Uint8Array, from: number, end: number, element: Element): number {
    let at = from;
    let nameFrom = -1;
    let nameTo = -1;
    while (at < end) {
      const byte = bytes[at];
      if (byte === GT) {
        this.#isSelfClosed = bytes[at - 1] === SLASH || (bytes[at - 1] === 0x20 && bytes[at - 2] === SLASH);
        return at + 1;
      }
      if (byte === LT) return NOT_PLAIN;
      if (byte === QUOTE || byte === APOSTROPHE) {
        const valueFrom = ++at;
        while (at < end && bytes[at] !== byte && bytes[at] !== LT) at++;
        if (at >= end) return NEEDS_MORE;
        if (bytes[at] === LT) return NOT_PLAIN;
        if (element !== 'structure' && at > valueFrom) this.#attribute(element, bytes, nameFrom, nameTo, valueFrom, at);
        nameFrom = -1;
      } else if (byte === EQUALS || isBlank(byte)) {
        if (nameFrom >= 0 && nameTo < nameFrom) nameTo = at;
      } else if (nameFrom < 0 || nameTo > nameFrom) {
        nameFrom = at;
        nameTo = -1;
      }
      at++;
    }
    return NEEDS_MORE;
  }

  #attribute(
    element: Element,
    bytes: Uint8Array,
    nameFrom: number,
    nameTo: number,
    valueFrom: number,
    valueTo: number,
  ): void {
    if (element === 'time' && isWord(bytes, nameFrom, nameTo, SYSTEM_TIME)) {
      this.header.atMs = this.#clock.readTime(bytes, valueFrom, valueTo);
      this.#hole('time', valueFrom, valueTo);
    } else if (element === 'other') {
      this.#hole('unread', valueFrom, valueTo);
    } else if (element === 'provider') {
      const isName = isWord(bytes, nameFrom, nameTo, NAME);
      const isSource = isWord(bytes, nameFrom, nameTo, EVENT_SOURCE_NAME) && this.header.provider === '';
      if (!isName && !isSource) return;
      this.header.provider = this.#providers.readString(bytes, valueFrom, valueTo);
      this.#providerFrom = valueFrom - this.#start;
    }
  }
}

export function emptyHeader(): EventHeader {
  return { provider: '', id: -1, atMs: NaN, recordId: -1, host: '', channel: '', line: 0 };
}

function clear(header: EventHeader): void {
  header.provider = '';
  header.id = -1;
  header.atMs = NaN;
  header.recordId = -1;
  header.host = '';
  header.channel = '';
}

function elementNamed(bytes: Uint8Array, from: number, to: number): Element {
  for (const known of ELEMENTS) if (isWord(bytes, from, to, known.name)) return known.element;
  return 'other';
}

function nextTag(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== LT) at++;
  return at;
}

function nameEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== GT && bytes[at] !== SLASH && bytes[at] !== LT && !isBlank(bytes[at])) at++;
  return at;
}

function isWord(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let at = 0; at < word.length; at++) if (bytes[from + at] !== word[at]) return false;
  return true;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** -1 for anything but decimal digits, and for numbers beyond 2^53. */
function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return Number.isSafeInteger(value) ? value : -1;
}
