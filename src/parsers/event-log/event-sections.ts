import type { ParserContext } from '../parser.js';

/** A stretch of XML whose content is no markup. */
export interface Section {
  readonly kind: 'cdata' | 'comment' | 'doctype';
  /** Offset of its `<!`. */
  readonly from: number;
  /** Offset of its content. */
  readonly contentFrom: number;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const LT = 0x3c;
const BANG = 0x21;
const OPENINGS = [
  { kind: 'cdata', opening: ascii('<![CDATA['), close: ascii(']]>') },
  { kind: 'comment', opening: ascii('<!--'), close: ascii('-->') },
  { kind: 'doctype', opening: ascii('<!DOCTYPE'), close: ascii('>') },
  { kind: 'doctype', opening: ascii('<!ENTITY'), close: ascii('>') },
] as const;
const DECLARATION = ascii('<!');
/** `<![CDATA[` and `<!DOCTYPE` are the longest openings. */
export const OPENING_BYTES_MAX = 9;
/** After so many exclamation marks in a row that open nothing, search for the openings themselves: prose, not markup. */
const FALSE_BANGS_MAX = 16;
const DECLARATION_BYTES_MAX = 4096;

/** Finds CDATA sections, comments and document type declarations in a buffer that grows and is shifted. */
export class SectionFinder {
  readonly #context: ParserContext;
  #next: Section | null = null;
  /** No section begins before this offset, except `#next`. */
  #searchedTo = 0;
  /** Per closing mark, the stretch [from, to) in which it does not begin. */
  readonly #noClose = { cdata: { from: 0, to: 0 }, comment: { from: 0, to: 0 } };

  constructor(context: ParserContext) {
    this.#context = context;
  }

  /** The buffer dropped its first bytes. */
  shift(by: number): void {
    if (this.#next !== null) {
      this.#next = { ...this.#next, from: this.#next.from - by, contentFrom: this.#next.contentFrom - by };
    }
    this.#searchedTo -= by;
    for (const stretch of [this.#noClose.cdata, this.#noClose.comment]) {
      stretch.from -= by;
      stretch.to -= by;
    }
  }

  /** The first section at or after `from`; null when none is known to begin before the last bytes of `bytes`. */
  next(bytes: Uint8Array, from: number): Section | null {
    if (this.#next !== null && this.#next.from >= from) return this.#next;
    this.#next = null;
    let at = Math.max(from, this.#searchedTo);
    for (let falseBangs = 0; ; falseBangs++) {
      if (falseBangs > FALSE_BANGS_MAX) return this.#searchOpenings(bytes, at);
      const bang = this.#context.indexOfByte(bytes, BANG, at);
      if (bang < 0) {
        this.#searchedTo = Math.max(at, bytes.length - 1);
        return null;
      }
      if (bytes[bang - 1] === LT && bang - 1 >= from) {
        const section = sectionAt(bytes, bang - 1);
        if (section !== null) {
          this.#next = section;
          this.#searchedTo = bang + 1;
          return section;
        }
        if (bang - 1 + OPENING_BYTES_MAX > bytes.length) {
          this.#searchedTo = bang - 1;
          return null;
        }
      }
      at = bang + 1;
    }
  }

  #searchOpenings(bytes: Uint8Array, from: number): Section | null {
    for (let at = from; ; at++) {
      at = this.#context.indexOf(bytes, DECLARATION, at);
      if (at < 0 || at + OPENING_BYTES_MAX > bytes.length) {
        this.#searchedTo = at < 0 ? Math.max(from, bytes.length - 1) : at;
        return null;
      }
      this.#next = sectionAt(bytes, at);
      if (this.#next !== null) {
        this.#searchedTo = at + 1;
        return this.#next;
      }
    }
  }

  /** The offset behind the section, or -1 when `bytes` ends first. */
  endOf(section: Section, bytes: Uint8Array): number {
    if (section.kind === 'doctype') return endOfDeclaration(bytes, section.contentFrom);
    const close = section.kind === 'cdata' ? OPENINGS[0].close : OPENINGS[1].close;
    const missing = this.#noClose[section.kind];
    const isKnown = section.contentFrom >= missing.from && section.contentFrom <= missing.to;
    const from = isKnown ? missing.to : section.contentFrom;
    const at = this.#context.indexOf(bytes, close, from);
    if (at >= 0) return at + close.length;
    if (!isKnown) missing.from = section.contentFrom;
    missing.to = Math.max(from, bytes.length - close.length + 1);
    return -1;
  }
}

function sectionAt(bytes: Uint8Array, from: number): Section | null {
  for (const { kind, opening } of OPENINGS) {
    if (opening.every((byte, index) => bytes[from + index] === byte)) {
      return { kind, from, contentFrom: from + opening.length };
    }
  }
  return null;
}

/** A declaration ends at its `>` outside quotes and brackets; one that does not within 4 KiB is passed word by word. */
function endOfDeclaration(bytes: Uint8Array, from: number): number {
  const to = from + DECLARATION_BYTES_MAX;
  const isDoctype = bytes[from - 1] === 0x45;
  let depth = 0;
  let quote = 0;
  for (let at = from; at < to && at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const isInside = quote !== 0 || depth > 0;
    // A second `<!DOCTYPE` inside: the first one was none.
    if (isInside && byte === LT && bytes[at + 1] === BANG && bytes[at + 2] === 0x44) return from;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === 0x5b) depth += isDoctype ? 1 : 0;
    else if (byte === 0x5d) depth--;
    else if (byte === 0x3e && depth <= 0) return at + 1;
    else if (byte === LT && depth <= 0) return at;
  }
  return bytes.length >= to ? from : -1;
}
