import type { ParserContext } from '../parser.js';

// > > TCP    192.0.2.5:50101  …     >TCP 192.0.2.5:50101 …        quoted by a mail or a forum
// | TCP | 192.0.2.5:50101 | … |                                   a table of a wiki
//   TCP·   192.0.2.5:50101· …                                     U+00A0 (·) among the blanks: Outlook, OneNote, Confluence
const QUOTE = 0x3e;
/** Seven and more mark a conflict of a version control. */
const DEEPEST_QUOTE = 6;
const BLANK = 0x20;
const BAR = 0x7c;
const NO_BREAK_SPACE = 0xa0;
/** What begins U+00A0 in UTF-8. */
const NO_BREAK_LEAD = 0xc2;

/** A line as the tool printed it, without what a mail or a page has set before and among its words. The object is reused. */
export class PastedLine {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  readonly #context: ParserContext;
  readonly #isUtf8: boolean;
  readonly #isByte: boolean;
  #mayHaveNoBreaks = false;
  #copy = new Uint8Array(256);

  constructor(context: ParserContext) {
    this.#context = context;
    this.#isUtf8 = context.decode(Uint8Array.of(NO_BREAK_LEAD, NO_BREAK_SPACE)) === '\u00a0';
    this.#isByte = context.decode(Uint8Array.of(NO_BREAK_SPACE)) === '\u00a0';
  }

  /** To be called with all bytes of the file, before the lines in them: most files have nothing to look for in each line. */
  expect(chunk: Uint8Array): void {
    this.#mayHaveNoBreaks ||=
      (this.#isUtf8 || this.#isByte) && this.#context.indexOfByte(chunk, NO_BREAK_SPACE, 0) >= 0;
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    if (this.#mayHaveNoBreaks) this.#blankNoBreaks();
    this.start = unquoted(this.bytes, this.start, this.end);
    if (this.bytes[skipBlanks(this.bytes, this.start, this.end)] === BAR) this.#blankBars();
  }

  #blankNoBreaks(): void {
    const found = this.bytes.subarray(this.start, this.end).indexOf(NO_BREAK_SPACE);
    if (found < 0) return;
    const line = this.bytes.subarray(this.start, this.end);
    if (this.#copy.length < line.length) this.#copy = new Uint8Array(line.length * 2);
    let to = 0;
    for (let at = 0; at < line.length; at++) {
      const byte = line[at] ?? 0;
      const isUtf8 = this.#isUtf8 && byte === NO_BREAK_LEAD && line[at + 1] === NO_BREAK_SPACE;
      // Behind a byte beyond ASCII it may be the second half of a letter.
      const isByte = this.#isByte && byte === NO_BREAK_SPACE && (at === 0 || (this.#copy[to - 1] ?? 0) < 0x80);
      if (isUtf8) at++;
      this.#copy[to++] = isUtf8 || isByte ? BLANK : byte;
    }
    [this.bytes, this.start, this.end] = [this.#copy, 0, to];
  }

  #blankBars(): void {
    const line = this.bytes.slice(this.start, this.end).map((byte) => (byte === BAR ? BLANK : byte));
    [this.bytes, this.start, this.end] = [line, 0, line.length];
  }
}

/** Where a line begins behind `> `, `> > `, `>> ` or `>`. */
function unquoted(bytes: Uint8Array, start: number, end: number): number {
  let at = skipBlanks(bytes, start, end);
  if (bytes[at] !== QUOTE || at === end) return start;
  for (let depth = 0; at < end && bytes[at] === QUOTE; depth++) {
    if (depth === DEEPEST_QUOTE) return start;
    at++;
    if (bytes[at] === BLANK && bytes[at + 1] === QUOTE) at++;
  }
  if (at === end) return end;
  if (bytes[at] === BLANK) return at + 1;
  return beginsWord(bytes[at] ?? 0) ? at : start;
}

/** A letter, a digit, or the bracket around a program that `netstat -b` prints: what is quoted without a blank, and no arrow. */
function beginsWord(byte: number): boolean {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80 || byte === 0x5b;
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === BLANK) at++;
  return at;
}
