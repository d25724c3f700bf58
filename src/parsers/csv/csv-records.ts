import type { ProblemCode } from '../../model/format.js';
import { countLineFeeds, LF, withoutCr } from './csv-bytes.js';
import { widened } from '../text/widened-bytes.js';
import { isAmongWords, splitLine, type Delimiter, type SplitLine } from './csv-line.js';
import { fieldsOf, type FieldRecord } from '../text/field-record.js';
import type { Parsing, ParserContext } from '../parser.js';

const QUOTE = 0x22;
const CR = 0x0d;
/** A command line has 32,767 characters at most; nothing Windows exports comes near this. */
const MAX_RECORD_BYTES = 1_048_576;
/** `Export-Csv` writes some dozens of columns for whatever is read here; a line with more than this is no row and no header. */
const MAX_FIELDS = 256;
const INCOMPLETE = -1;
const NOT_A_PLAIN_RECORD = -2;

export interface CsvHandler {
  /**
   * Asked for each line until one is a header, and again for any record with another number of fields: exports are appended to
   * one file. `first-row` means that the line is data already; null that it is neither.
   */
  header(fields: readonly string[], delimiter: Delimiter, line: number): 'header' | 'first-row' | null;
  record(record: FieldRecord): void;
  /** Whether a line inside quoted text that has as many fields as the header is a row all the same; any is, unless it says. */
  isRow?(record: FieldRecord): boolean;
  /** A line outside the table (a time, `#TYPE`); false when it means nothing. */
  otherLine(text: string, line: number): boolean;
  problem(code: ProblemCode, line: number, text: string): void;
}

/**
 * Cuts bytes into records and fields, wherever the chunks end. Rows in which every quote opens or closes a field are split in
 * place, any other is copied. csv-parse reads header lines only: it loses every row after an unclosed quote, and a call for each
 * record is a hundred times slower. A quote that never closes costs its own record only: as soon as a line inside
 * the quoted text is a whole row by itself, reading resumes there.
 */
export class CsvRecords implements Parsing {
  readonly #handler: CsvHandler;
  readonly #context: ParserContext;
  readonly #record: FieldRecord = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(MAX_FIELDS + 1),
    ends: new Int32Array(MAX_FIELDS + 1),
    count: 0,
    line: 1,
  };
  #delimiter: Delimiter | null = null;
  #delimiterByte = 0;
  #fieldCount = 0;
  #line = 1;
  /** The fields of a record with doubled quotes, after taking them for one. */
  #unquoted = new Uint8Array(0);
  #carry = new Uint8Array(0);
  #carried = 0;
  /** In a record over the size limit: all up to the next line feed goes. */
  #skipping = false;
  #ended = false;

  constructor(handler: CsvHandler, context: ParserContext) {
    this.#handler = handler;
    this.#context = context;
  }

  push(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.#carried > 0) {
      const length = this.#carried + chunk.length;
      if (this.#carry.length < length) this.#carry = widened(this.#carry, this.#carried, length);
      this.#carry.set(chunk, this.#carried);
      bytes = this.#carry.subarray(0, length);
    }
    const done = this.#consume(bytes, false);
    const rest = bytes.length - done;
    if (this.#carried > 0) this.#carry.copyWithin(0, done, bytes.length);
    else if (rest > 0) {
      if (this.#carry.length < rest) this.#carry = new Uint8Array(rest * 2);
      this.#carry.set(bytes.subarray(done));
    }
    this.#carried = rest;
  }

  end(): void {
    this.#ended = true;
    if (this.#carried > 0) this.#consume(this.#carry.subarray(0, this.#carried), true);
    this.#carried = 0;
  }

  /** Takes as many records as are complete; the number of bytes taken. */
  #consume(bytes: Uint8Array, final: boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const next = this.#skipping ? this.#skipLine(bytes, at) : this.#next(bytes, at, final);
      if (next !== INCOMPLETE) at = next;
      else if (bytes.length - at > MAX_RECORD_BYTES) at = this.#giveUp(bytes, at);
      else break;
    }
    return at;
  }

  #next(bytes: Uint8Array, from: number, final: boolean): number {
    if (this.#delimiter === null) return this.#seekHeader(bytes, from, final);
    const record = this.#record;
    let next = this.#scanPlain(bytes, from, final);
    if (next === INCOMPLETE) return INCOMPLETE;
    record.line = this.#line;
    if (next === NOT_A_PLAIN_RECORD) {
      next = this.#scanQuoted(bytes, from, final);
      if (next !== INCOMPLETE) this.#line += countLineFeeds(bytes, from, next);
      return next;
    }
    this.#line++;
    record.bytes = bytes;
    if (record.count === this.#fieldCount) this.#handler.record(record);
    else this.#otherCount(bytes, from, next);
    return next;
  }

  /** Splits one row in place; NOT_A_PLAIN_RECORD when a quote does anything but open or close a field on this line. */
  #scanPlain(bytes: Uint8Array, from: number, final: boolean): number {
    const { starts, ends } = this.#record;
    const delimiter = this.#delimiterByte;
    const limit = bytes.length;
    let at = from;
    for (let count = 0; count < MAX_FIELDS; count++) {
      let byte = bytes[at];
      if (byte === QUOTE && at < limit) {
        starts[count] = ++at;
        while (at < limit && (byte = bytes[at]) !== QUOTE && byte !== LF) at++;
        if (at === limit) return final ? NOT_A_PLAIN_RECORD : INCOMPLETE;
        if (byte === LF) return NOT_A_PLAIN_RECORD;
        ends[count] = at++;
        while (at < limit && bytes[at] === CR) at++;
        if (at < limit && bytes[at] === delimiter) {
          at++;
          continue;
        }
        if (at < limit && bytes[at] !== LF) return NOT_A_PLAIN_RECORD;
      } else {
        starts[count] = at;
        while (at < limit && (byte = bytes[at]) !== delimiter && byte !== LF && byte !== QUOTE) at++;
        ends[count] = at;
        if (at < limit && byte === delimiter) {
          at++;
          continue;
        }
        if (at < limit && byte === QUOTE) return NOT_A_PLAIN_RECORD;
        ends[count] = withoutCr(bytes, starts[count] ?? at, at);
      }
      if (at === limit && !final) return INCOMPLETE;
      this.#record.count = count + 1;
      return at < limit ? at + 1 : at;
    }
    return NOT_A_PLAIN_RECORD;
  }

  /** Finds the end of a record whose quotes hold quotes, delimiters or line feeds, and hands it on or reports it. */
  #scanQuoted(bytes: Uint8Array, from: number, final: boolean): number {
    let [at, fieldStart, quoted, closed] = [from, true, false, false];
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (quoted) {
        if (byte === LF) {
          const row = this.#scanPlain(bytes, at + 1, final);
          if (row === INCOMPLETE) return INCOMPLETE;
          if (row !== NOT_A_PLAIN_RECORD && this.#isRow(bytes)) {
            return this.#bad('unclosed-quote', this.#line, bytes, from, at + 1);
          }
        } else if (byte === QUOTE) {
          if (at + 1 === bytes.length && !final) return INCOMPLETE;
          if (bytes[at + 1] === QUOTE) at++;
          else [quoted, closed] = [false, true];
        }
        continue;
      }
      if (byte === LF) break;
      if (byte === this.#delimiterByte) [fieldStart, closed] = [true, false];
      else if (fieldStart && byte === QUOTE) [fieldStart, quoted] = [false, true];
      else if (closed && byte !== CR) {
        const end = this.#context.indexOfByte(bytes, LF, at);
        if (end < 0 && !final) return INCOMPLETE;
        return this.#bad('unclosed-quote', this.#line, bytes, from, end < 0 ? bytes.length : end + 1);
      } else fieldStart = false;
    }
    if (at === bytes.length && !final) return INCOMPLETE;
    const next = at < bytes.length ? at + 1 : at;
    if (quoted) return this.#bad('unclosed-quote', this.#line, bytes, from, next);
    this.#split(bytes, from, withoutCr(bytes, from, at));
    if (this.#record.count === this.#fieldCount) this.#handler.record(this.#record);
    else this.#otherCount(bytes, from, next);
    return next;
  }

  #isRow(bytes: Uint8Array): boolean {
    const record = this.#record;
    if (record.count !== this.#fieldCount) return false;
    record.bytes = bytes;
    return this.#handler.isRow?.(record) ?? true;
  }

  /** Splits a record whose quotes are known to close, taking doubled quotes for one; stops after one field too many. */
  #split(bytes: Uint8Array, from: number, end: number): void {
    const record = this.#record;
    if (this.#unquoted.length < end - from) this.#unquoted = new Uint8Array((end - from) * 2);
    const text = this.#unquoted;
    record.bytes = text;
    record.count = 0;
    let [at, to] = [from, 0];
    for (;;) {
      record.starts[record.count] = to;
      if (bytes[at] === QUOTE && at < end) {
        for (at++; at < end; at++) {
          const byte = bytes[at] ?? 0;
          if (byte === QUOTE && bytes[++at] !== QUOTE) break;
          text[to++] = byte;
        }
        while (at < end && bytes[at] !== this.#delimiterByte) at++;
      } else while (at < end && bytes[at] !== this.#delimiterByte) text[to++] = bytes[at++] ?? 0;
      record.ends[record.count++] = to;
      if (at >= end || record.count > MAX_FIELDS) return;
      at++;
    }
  }

  #otherCount(bytes: Uint8Array, from: number, next: number): void {
    const line = this.#record.line;
    const text = this.#text(bytes, from, next);
    if (text.trim() === '') return;
    const row =
      this.#record.count > 1
        ? { delimiter: this.#delimiter ?? ',', fields: fieldsOf(this.#record, this.#context) }
        : splitLine(text);
    const found = this.#tryHeader(row, line);
    // A title too few: the rows have a field more than their header.
    if (found === 'first-row' && this.#record.count === this.#fieldCount) this.#handler.record(this.#record);
    if (found !== null || this.#handler.otherLine(text, line)) return;
    this.#bad('wrong-field-count', line, bytes, from, next);
  }

  #seekHeader(bytes: Uint8Array, from: number, final: boolean): number {
    const end = this.#context.indexOfByte(bytes, LF, from);
    if (end < 0 && !final) return INCOMPLETE;
    const next = end < 0 ? bytes.length : end + 1;
    const text = this.#text(bytes, from, next);
    const found = text.trim() === '' ? null : this.#tryHeader(splitLine(text), this.#line);
    // A first row is read again, as data.
    if (found === 'first-row') return from;
    if (found === null) this.#handler.otherLine(text, this.#line);
    this.#line++;
    return next;
  }

  #tryHeader({ delimiter, fields }: SplitLine, line: number): 'header' | 'first-row' | null {
    const found =
      fields.length > MAX_FIELDS || isAmongWords(fields) ? null : this.#handler.header(fields, delimiter, line);
    if (found === null) return null;
    this.#delimiter = delimiter;
    this.#delimiterByte = delimiter.charCodeAt(0);
    this.#fieldCount = fields.length;
    return found;
  }

  #giveUp(bytes: Uint8Array, from: number): number {
    const lineEnd = this.#context.indexOfByte(bytes, LF, from);
    const shown = this.#text(bytes, from, from + 200);
    if (lineEnd >= 0) {
      // Every line inside the quoted text was tried as a row; the last may go on beyond these bytes.
      const next = bytes.lastIndexOf(LF) + 1;
      this.#handler.problem('unclosed-quote', this.#line, shown);
      this.#line += countLineFeeds(bytes, from, next);
      return next;
    }
    this.#handler.problem('line-too-long', this.#line, shown);
    this.#skipping = true;
    return bytes.length;
  }

  #skipLine(bytes: Uint8Array, from: number): number {
    const end = this.#context.indexOfByte(bytes, LF, from);
    if (end < 0) return bytes.length;
    this.#skipping = false;
    this.#line++;
    return end + 1;
  }

  /** A bad last record without a line ending is cut short: every export writes one. */
  #bad(code: ProblemCode, line: number, bytes: Uint8Array, from: number, next: number): number {
    const isCut = this.#ended && next === bytes.length && bytes[next - 1] !== LF;
    this.#handler.problem(isCut ? 'truncated-table' : code, line, this.#text(bytes, from, next));
    return next;
  }

  #text(bytes: Uint8Array, from: number, next: number): string {
    return this.#context.decode(bytes.subarray(from, Math.min(next, from + 4096))).replace(/[\r\n]+$/, '');
  }
}
