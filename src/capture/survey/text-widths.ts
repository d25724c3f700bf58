/** How the characters of a part of a text stand in bytes: in 16 bits, or one after another in some 8-bit page or UTF-8. */
export type TextWidth = 'narrow' | 'utf-16le' | 'utf-16be';

// cmd:        netstat -ano > ports.txt      (8 bits)       PowerShell 5.1:  netstat -ano > ports.txt       (UTF-16LE)
// PowerShell: netstat -ano >> ports.txt     (UTF-16LE)     cmd:             netstat -ano >> ports.txt      (8 bits)
//
// One file then holds both. Each tool begins a line of its own, most often with a blank line or a title.
/** How far to look behind a line feed for what the next part is: two of the lines with which netstat begins. */
const LOOK_BYTES = 32;
/** Shorter than this is judged by its line feeds and blanks only. */
const FEWEST_LETTERS = 8;
/** Of what an ASCII table has in code units of 16 bits. Letters of East Asia read as two bytes are seldom ASCII both. */
const NARROW_ASCII_SHARE = 0.8;
/** Line feeds and blanks among the first letters of a text of 16 bits: their high bytes are NUL, which no other text has. */
const FEWEST_NULS = 3;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const NOTHING = new Uint8Array(0);
/** In letters further on it is no letter: files with a byte order mark each were brought together. */
const MARKS = /\ufeff/g;

interface Part {
  /** Where it ends, or where it cannot yet be told. */
  readonly end: number;
  /** What begins there; null where more bytes are needed, or nothing else begins. */
  readonly next: TextWidth | null;
}

/**
 * A text as bytes that are ASCII-compatible: parts in UTF-16 become UTF-8, all others pass unchanged. `first` is how it begins; a
 * change is seen where a line begins. A chunk is valid until the next one is asked for.
 */
export async function* narrowed(chunks: AsyncIterable<Uint8Array>, first: TextWidth): AsyncIterable<Uint8Array> {
  const converter = new Utf16Converter();
  let width = first;
  let lineBegins = true;
  let held: Uint8Array = NOTHING;
  function* parts(all: Uint8Array, isEnd: boolean): Iterable<Uint8Array> {
    let bytes = all;
    for (;;) {
      const { end, next } = width === 'narrow' ? narrowPart(bytes, lineBegins, isEnd) : widePart(bytes, width, isEnd);
      const part = bytes.subarray(0, end);
      if (width === 'narrow' && end > 0) lineBegins = part[end - 1] === LF;
      const text = width === 'narrow' ? part : converter.utf8Of(part, width === 'utf-16be');
      if (text.length > 0) yield text;
      bytes = bytes.subarray(end);
      if (next === null) break;
      width = next;
      lineBegins = true;
    }
    held = bytes.length === 0 ? NOTHING : new Uint8Array(bytes);
  }
  for await (const chunk of chunks) yield* parts(held.length === 0 ? chunk : joined(held, chunk), false);
  if (held.length > 0) yield* parts(held, true);
}

/** Whether a text without a byte order mark begins in 8 bits: its first line, and what follows, has no NUL. */
export function beginsNarrow(head: Uint8Array): boolean {
  const newline = head.indexOf(LF);
  return newline >= 0 && newline + 1 < head.length && !head.subarray(0, newline + 2).includes(0);
}

/** The bytes before the first part in UTF-16 of a text that begins in 8 bits. */
export function narrowBeginning(head: Uint8Array): Uint8Array {
  return head.subarray(0, narrowPart(head, true, true).end);
}

function narrowPart(bytes: Uint8Array, lineBegins: boolean, isEnd: boolean): Part {
  for (let nul = bytes.indexOf(0); nul >= 0;) {
    const start = bytes[nul - 2] === LF || (nul === 1 && lineBegins) ? nul - 1 : bytes.lastIndexOf(LF, nul) + 1;
    if ((start > 0 || lineBegins) && nul - start < LOOK_BYTES) {
      if (bytes.length - start < LOOK_BYTES && !isEnd) return { end: start, next: null };
      if (isWide(bytes, start)) return { end: start, next: 'utf-16le' };
    }
    const newline = bytes.indexOf(LF, nul);
    nul = newline < 0 ? -1 : bytes.indexOf(0, newline);
  }
  const line = bytes.lastIndexOf(LF) + 1;
  const mayChange = !isEnd && (line > 0 || lineBegins) && bytes.length - line < LOOK_BYTES;
  return { end: mayChange ? line : bytes.length, next: null };
}

/** A part of 16 bits ends behind its last whole letter; half a surrogate pair waits for the other half. */
function widePart(bytes: Uint8Array, width: 'utf-16le' | 'utf-16be', isEnd: boolean): Part {
  const [high, low] = width === 'utf-16le' ? [1, 0] : [0, 1];
  let end = bytes.length & ~1;
  const isWhole = !isEnd || end === bytes.length;
  if (isWhole && bytes.byteOffset % 4 === 0 && isAsciiUtf16(bytes, end, width)) return { end, next: null };
  for (let at = 0; at < bytes.length; at += 2) {
    // Tools that append a line feed to a UTF-16 file leave half a character.
    const isHalf = isEnd && at + 1 === bytes.length;
    const begins = at === 0 || isHalf || (bytes[at - 2 + low] === LF && bytes[at - 2 + high] === 0);
    // Most lines begin with a letter of ASCII, which has a NUL in 16 bits.
    if (!begins || bytes[at + high] === 0) continue;
    if (!isEnd && bytes.length - at < LOOK_BYTES) return { end: at, next: null };
    if (isNarrow(bytes, at)) return { end: at, next: 'narrow' };
  }
  if (isEnd) return { end: bytes.length, next: null };
  if (((bytes[end - 2 + high] ?? 0) & 0xfc) === 0xd8) end -= 2;
  return { end: Math.max(end, 0), next: null };
}

function isWide(bytes: Uint8Array, start: number): boolean {
  const look = bytes.subarray(start, start + LOOK_BYTES);
  const highNuls = look.filter((byte, at) => byte === 0 && at % 2 === 1).length;
  const lowNuls = look.filter((byte, at) => byte === 0 && at % 2 === 0).length;
  return highNuls >= FEWEST_NULS && lowNuls * FEWEST_NULS < highNuls;
}

function isNarrow(bytes: Uint8Array, start: number): boolean {
  const look = bytes.subarray(start, start + LOOK_BYTES);
  if (look.includes(0)) return false;
  // No letter has both bytes, and no two that stand side by side in a text have one each.
  if (look.some((byte, at) => byte === CR && look[at + 1] === LF)) return true;
  const spaces = look.filter((byte) => byte === LF || byte === BLANK).length;
  if (look.length < FEWEST_LETTERS) return spaces === look.length;
  return spaces > 0 && look.filter((byte) => byte < 0x80).length >= look.length * NARROW_ASCII_SHARE;
}

/** Makes UTF-8 of whole letters in UTF-16. What it returns is valid until the next call. */
class Utf16Converter {
  readonly #decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  #narrow = new Uint8Array(0);

  utf8Of(part: Uint8Array, bigEndian: boolean): Uint8Array {
    const end = part.length & ~1;
    // Views of 32 bits need an aligned start; byte order is changed in a copy, never in the reader's buffer.
    const raw = part.byteOffset % 4 === 0 ? part : new Uint8Array(part);
    const bytes = bigEndian ? pairsSwapped(raw) : raw;
    if (!isAsciiUtf16(bytes, end, 'utf-16le')) {
      return this.#encoder.encode(this.#decoder.decode(bytes.subarray(0, end)).replace(MARKS, ''));
    }
    if (this.#narrow.length < end / 2) this.#narrow = new Uint8Array(end / 2);
    this.#narrow.set(new Uint16Array(bytes.buffer, bytes.byteOffset, end / 2));
    return this.#narrow.subarray(0, end / 2);
  }
}

/** True when every unit is ASCII (on a big-endian machine never, which is only slower). */
function isAsciiUtf16(bytes: Uint8Array, end: number, order: 'utf-16le' | 'utf-16be'): boolean {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, end >> 2);
  let seen = 0;
  for (let index = 0; index < words.length; index++) seen |= words[index] ?? 0;
  if (end % 4 !== 0) seen |= (bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8);
  return (seen & (order === 'utf-16le' ? 0xff80ff80 : 0x80ff80ff)) === 0;
}

function pairsSwapped(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes);
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    swapped[at] = bytes[at + 1] ?? 0;
    swapped[at + 1] = bytes[at] ?? 0;
  }
  return swapped;
}

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
