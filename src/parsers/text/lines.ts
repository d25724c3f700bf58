import type { ParserContext } from '../parser.js';

/** Longer than any line a tool prints and than any value `reg export` leaves on one line. */
const MAX_LINE_BYTES = 65_536;
const SHOWN_LINE_BYTES = 200;
const LF = 0x0a;
const CR = 0x0d;

/** What becomes of the lines of a file. The bytes are valid during the call only. */
export interface LineHandler {
  /** One line without its ending; `line` is 1-based. */
  line(bytes: Uint8Array, start: number, end: number, line: number): void;
  /** A line over the limit, with its first bytes (at most 200); the rest was never kept. */
  lineTooLong(beginning: Uint8Array, line: number): void;
}

/**
 * Cuts chunks of bytes into lines ended by LF, CRLF or CRCRLF (text written twice through a console), wherever the chunks
 * end. Never holds more than `maxBytes` of a line.
 */
export class LineFramer {
  readonly #indexOfByte: ParserContext['indexOfByte'];
  readonly #handler: LineHandler;
  readonly #maxBytes: number;
  #carry = new Uint8Array(512);
  /** Bytes of the unfinished line, at most maxBytes + 1: more only proves that it is too long. */
  #carried = 0;
  #line = 0;

  constructor(context: Pick<ParserContext, 'indexOfByte'>, handler: LineHandler, maxBytes: number = MAX_LINE_BYTES) {
    this.#indexOfByte = (bytes, byte, from) => context.indexOfByte(bytes, byte, from);
    this.#handler = handler;
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    if (this.#carried > 0) {
      const newline = this.#indexOfByte(chunk, LF, 0);
      this.#keep(chunk, 0, newline < 0 ? chunk.length : newline);
      if (newline < 0) return;
      this.#finishCarried();
      start = newline + 1;
    }
    for (;;) {
      const newline = this.#indexOfByte(chunk, LF, start);
      if (newline < 0) break;
      this.#emit(chunk, start, newline);
      start = newline + 1;
    }
    this.#keep(chunk, start, chunk.length);
  }

  /** A last line without an ending counts as a line. */
  end(): void {
    if (this.#carried > 0) this.#finishCarried();
  }

  #finishCarried(): void {
    const length = this.#carried;
    this.#carried = 0;
    this.#emit(this.#carry, 0, length);
  }

  #emit(bytes: Uint8Array, start: number, newline: number): void {
    this.#line++;
    if (newline - start > this.#maxBytes) {
      this.#handler.lineTooLong(bytes.subarray(start, start + Math.min(SHOWN_LINE_BYTES, this.#maxBytes)), this.#line);
      return;
    }
    let end = newline;
    while (end > start && bytes[end - 1] === CR) end--;
    this.#handler.line(bytes, start, end, this.#line);
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    const taken = Math.min(end - start, this.#maxBytes + 1 - this.#carried);
    if (taken <= 0) return;
    const needed = this.#carried + taken;
    if (needed > this.#carry.length) {
      const wider = new Uint8Array(Math.min(Math.max(needed, this.#carry.length * 2), this.#maxBytes + 1));
      wider.set(this.#carry.subarray(0, this.#carried));
      this.#carry = wider;
    }
    this.#carry.set(chunk.subarray(start, start + taken), this.#carried);
    this.#carried = needed;
  }
}
