import { NEEDS_MORE } from './event-header.js';
import { OPENING_BYTES_MAX, SectionFinder, type Section } from './event-sections.js';
import type { ParserContext } from '../parser.js';

/**
 * An event of the Windows log holds at most 64 KiB of data; rendered and escaped it stays far below this. What is larger is
 * no event, and is never buffered further.
 */
export const EVENT_BYTES_MAX = 1 << 20;
/** A `<System>` block longer than this is read after its event has been framed. */
const HEAD_BYTES_MAX = 8192;
/** Chunks are taken in slices of this size, so that memory does not depend on the caller's. */
const SLICE_BYTES = 256 * 1024;
const END_TAG_BLANKS_MAX = 8;
/** After so many `Event` in a row that are no tags, a message about events: a call for each would cost too much. */
const PROSE_WORDS = 16;
const SHORT_LINE_BYTES = 64;
/** A mark is decided only when this many bytes follow it, so that a cut through it changes nothing. */
const LOOKAHEAD = OPENING_BYTES_MAX + END_TAG_BLANKS_MAX;

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const NEWLINE = 0x0a;
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const EVENT = ascii('Event');
const DATA_START = ascii('<EventData');
const DATA_END = ascii('Data></');

/** Where framed events go, in file order. The bytes are valid only during the call. */
export interface EventFrames {
  /**
   * Reads the header of the event at `start` from what is at hand: the offset behind it (free of event marks and sections),
   * NEEDS_MORE, or another negative number when it cannot tell.
   */
  head(bytes: Uint8Array, start: number, end: number): number;
  /** One `<Event>…</Event>`; `hasHead` when `head` read this event's header. */
  event(bytes: Uint8Array, start: number, end: number, line: number, hasHead: boolean): void;
  /** The file ends in the middle of an event: [start, end) is what there is of it. */
  brokenOff(bytes: Uint8Array, start: number, end: number, line: number): void;
  /** [start, end) is what there is of the event, or the declaration. */
  problem(
    code: 'incomplete-event' | 'unreadable-event' | 'doctype-refused',
    bytes: Uint8Array,
    start: number,
    end: number,
    line: number,
  ): void;
}

/** Cuts a byte stream into `<Event>…</Event>` pieces, whatever stands between them. Holds one event at most. */
export class EventFramer {
  readonly #context: ParserContext;
  readonly #frames: EventFrames;
  readonly #sections: SectionFinder;
  #buffer = new Uint8Array(2 * SLICE_BYTES);
  #length = 0;
  /** Offset of the open event, -1 between events. */
  #start = -1;
  #startLine = 0;
  #hasHead = false;
  #isHeadDue = false;
  /** Everything before this offset is settled. */
  #scan = 0;
  /** The next tag's `Event` at or after `#scan`, unless it is before `#scan`. */
  #mark = -1;
  /** No such mark begins in between `#scan` and this offset, except `#mark`. */
  #markSearchedTo = 0;
  #line = 1;
  /** `#line` is the line of this offset. */
  #lineOffset = 0;
  /** No newline stands in between `#lineOffset` and this offset; there may be one at it. */
  #newline = 0;

  constructor(frames: EventFrames, context: ParserContext) {
    this.#frames = frames;
    this.#context = context;
    this.#sections = new SectionFinder(context);
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
      this.#append(chunk.subarray(from, from + SLICE_BYTES));
      this.#frame(false);
    }
  }

  end(): void {
    this.#frame(true);
  }

  #append(slice: Uint8Array): void {
    if (this.#length + slice.length > this.#buffer.length) {
      // Two bytes before the scan offset tell `<Event` and `</Event` from other words.
      this.#drop(this.#start >= 0 ? this.#start : Math.max(0, this.#scan - 2));
      if (this.#length + slice.length > this.#buffer.length) {
        const grown = new Uint8Array(2 * this.#buffer.length);
        grown.set(this.#buffer.subarray(0, this.#length));
        this.#buffer = grown;
      }
    }
    this.#buffer.set(slice, this.#length);
    this.#length += slice.length;
  }

  #drop(count: number): void {
    if (count === 0) return;
    this.#countLinesTo(this.#buffer.subarray(0, this.#length), count);
    this.#buffer.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.#lineOffset -= count;
    this.#scan -= count;
    this.#mark -= count;
    this.#markSearchedTo -= count;
    this.#newline -= count;
    this.#start -= this.#start >= 0 ? count : 0;
    this.#sections.shift(count);
  }

  #frame(isFinal: boolean): void {
    const bytes = this.#buffer.subarray(0, this.#length);
    const limit = isFinal ? bytes.length : bytes.length - LOOKAHEAD;
    for (;;) {
      if (this.#isHeadDue && !this.#readHead(bytes, isFinal)) return;
      const mark = this.#nextMark(bytes);
      const section = this.#sections.next(bytes, this.#scan);
      const isSection = section !== null && section.from < mark;
      const next = isSection ? section.from : mark;
      if (this.#start >= 0 && Math.min(next, limit) + EVENT.length + 1 - this.#start > EVENT_BYTES_MAX) {
        this.#abandon(bytes, 'unreadable-event', this.#start + EVENT_BYTES_MAX);
      } else if (next >= limit) {
        // What begins before `limit` is settled; never go back behind a head or section already passed.
        this.#scan = Math.max(this.#scan, limit);
        if (!isFinal) return;
        if (this.#start < 0) return;
        this.#frames.brokenOff(bytes, this.#start, bytes.length, this.#startLine);
        this.#leave(bytes.length);
      } else if (isSection) {
        if (!this.#passSection(bytes, section, isFinal)) return;
      } else {
        this.#passMark(bytes, mark);
      }
    }
  }

  /** False when more bytes must come first. */
  #readHead(bytes: Uint8Array, isFinal: boolean): boolean {
    const end = Math.min(bytes.length, this.#start + HEAD_BYTES_MAX);
    const behind = this.#frames.head(bytes, this.#start, end);
    if (behind === NEEDS_MORE && !isFinal && end < this.#start + HEAD_BYTES_MAX) return false;
    this.#isHeadDue = false;
    this.#hasHead = behind >= 0;
    // Straight into `<EventData>`, where most heads end: spares a search.
    if (behind >= 0) this.#scan = isAt(bytes, behind, DATA_START) ? behind + DATA_START.length : behind;
    return true;
  }

  /** The next `<Event` or `/Event`, as the offset of its `E`. */
  #nextMark(bytes: Uint8Array): number {
    if (this.#mark >= this.#scan) return this.#mark;
    let at = Math.max(this.#scan, this.#markSearchedTo);
    for (let words = 0; ; words++) {
      const isProse = words > PROSE_WORDS;
      const found = isProse ? nextTagMark(bytes, at) : this.#context.indexOf(bytes, EVENT, at);
      if (found < 0) {
        this.#markSearchedTo = Math.max(at, bytes.length - EVENT.length + 1);
        return bytes.length;
      }
      if (bytes[found - 1] === LT || bytes[found - 1] === SLASH) {
        this.#mark = found;
        this.#markSearchedTo = found + 1;
        return found;
      }
      at = found + 1;
    }
  }

  /** `Event` at `mark`: the start of an event, the end of one, or another word. */
  #passMark(bytes: Uint8Array, mark: number): void {
    const behind = mark + EVENT.length;
    this.#scan = behind;
    if (bytes[mark - 1] === LT) {
      if (bytes[behind] !== GT && !isBlank(bytes[behind])) return;
      if (this.#start >= 0) this.#abandon(bytes, 'incomplete-event', mark - 1);
      this.#scan = behind;
      this.#start = mark - 1;
      this.#countLinesTo(bytes, this.#start);
      this.#startLine = this.#line;
      this.#isHeadDue = true;
    } else if (bytes[mark - 1] === SLASH && bytes[mark - 2] === LT && this.#start >= 0) {
      let end = behind;
      while (end - behind < END_TAG_BLANKS_MAX && isBlank(bytes[end])) end++;
      if (bytes[end] !== GT) return;
      this.#scan = end + 1;
      this.#frames.event(bytes, this.#start, end + 1, this.#startLine, this.#hasHead);
      this.#start = -1;
    } else if (isAt(bytes, behind, DATA_END)) {
      // `</EventData></Event>`, as nearly every event ends: spares a search.
      this.#mark = behind + DATA_END.length;
      this.#markSearchedTo = this.#mark + 1;
      if (!isAt(bytes, this.#mark, EVENT)) this.#mark = -1;
    }
  }

  /** False when more bytes must come first. */
  #passSection(bytes: Uint8Array, section: Section, isFinal: boolean): boolean {
    if (section.kind === 'doctype' && this.#start >= 0) {
      this.#scan = section.contentFrom;
      return true;
    }
    const bound = (this.#start >= 0 ? this.#start : section.from) + EVENT_BYTES_MAX;
    const end = this.#sections.endOf(section, bytes);
    if (end < 0 && !isFinal && bytes.length < bound) {
      this.#scan = section.from;
      return false;
    }
    const isClosed = end >= 0 && end <= bound;
    if (section.kind === 'doctype') {
      this.#countLinesTo(bytes, section.from);
      const shown = isClosed ? end : section.contentFrom;
      this.#frames.problem('doctype-refused', bytes, section.from, shown, this.#line);
    }
    if (isClosed) this.#scan = end;
    // A section that never closes is taken for text: one bad event must not swallow the rest of the log.
    else if (this.#start < 0) this.#scan = section.contentFrom;
    else {
      const isTooLarge = bytes.length >= bound;
      this.#abandon(bytes, isTooLarge ? 'unreadable-event' : 'incomplete-event', section.contentFrom);
    }
    return true;
  }

  /** Gives up the open event and goes on between events at `scan`. */
  #abandon(bytes: Uint8Array, code: 'incomplete-event' | 'unreadable-event', scan: number): void {
    this.#frames.problem(code, bytes, this.#start, scan, this.#startLine);
    this.#leave(scan);
  }

  #leave(scan: number): void {
    this.#start = -1;
    this.#isHeadDue = false;
    this.#scan = scan;
  }

  #countLinesTo(bytes: Uint8Array, offset: number): void {
    let at = this.#lineOffset;
    while (at < offset) {
      if (this.#newline < at || bytes[this.#newline] !== NEWLINE) {
        const found = this.#context.indexOfByte(bytes, NEWLINE, Math.max(at, this.#newline));
        this.#newline = found < 0 ? bytes.length : found;
      }
      if (this.#newline >= offset) break;
      const isShort = this.#newline - at < SHORT_LINE_BYTES;
      this.#line++;
      at = this.#newline + 1;
      // Short lines, as in pretty-printed events: a call for each costs more than looking at the bytes.
      const to = isShort ? Math.min(offset, at + 8 * SHORT_LINE_BYTES) : at;
      for (; at < to; at++) if (bytes[at] === NEWLINE) this.#line++;
    }
    this.#lineOffset = Math.max(this.#lineOffset, offset);
  }
}

function nextTagMark(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const isTag = bytes[at] === EVENT[0] && (bytes[at - 1] === LT || bytes[at - 1] === SLASH);
    if (isTag && isAt(bytes, at, EVENT)) return at;
  }
  return -1;
}

function isAt(bytes: Uint8Array, from: number, word: Uint8Array): boolean {
  for (let at = 0; at < word.length; at++) if (bytes[from + at] !== word[at]) return false;
  return true;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
