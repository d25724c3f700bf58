import type { RecordReader } from '../text/record-reader.js';
import { TextRecord } from '../text/text-record.js';

// LocalAddress LocalPort RemoteAddress RemotePort State       AppliedSetting OwningProcess
// ------------ --------- ------------- ---------- -----       -------------- -------------
// 127.0.0.1    65001     127.0.0.1     62684      Established Internet       4242
// 0.0.0.0      50001     0.0.0.0       0          Bound                      4312
//
// Numbers chosen with Select-Object are set to the right, wider values run over the ruler into the gap beside it.
// A column that the window leaves too narrow for its title has the title in several lines:
//
// … RemotePort State       Appli
//                          edSet
//                          ting
// … ---------- -----       -----
const RULER = /^\s*-+(?: +-+)*$/;

/** `AppliedSetting` in a column of five cells takes three; no title of what is read here takes as many as this in four. */
const MOST_TITLE_LINES = 5;

const WIDE_LETTER = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** What the rows below have in common: `   ProviderName: Tcpip`. */
const HEADING = /^ {3}([A-Za-z_]\w*): (.+)$/;

/** Names of properties: PowerShell's have no blanks. Titles of two words are known only once the ruler below them is seen. */
const NAMES = /^\s*[\p{L}_][\w()-]*(?:\s+[\p{L}_][\w()-]*)*$/u;

interface Column {
  readonly start: number;
  readonly end: number;
}

/** Reads what Format-Table prints: a line of names, a ruler, and rows up to a blank line. Cut by the ruler, since values may be blank. */
export class RecordTable {
  readonly #readers: readonly RecordReader[];
  readonly #record = new TextRecord();
  #reader: RecordReader | null = null;
  #columns: readonly Column[] = [];
  /** The lines above without a gap, which may be the names. */
  #above: string[] = [];
  #lastLine = 0;

  constructor(readers: readonly RecordReader[]) {
    this.#readers = readers;
  }

  /** Takes a line of names, a ruler below one, or a row. */
  readLine(text: string, line: number): boolean {
    const follows = line === this.#lastLine + 1;
    this.#lastLine = line;
    if (this.#reader !== null && follows) {
      this.#reader.record(this.#record.fill(cut(text, this.#columns), line));
      return true;
    }
    this.#reader = null;
    if (!follows) this.#above = [];
    if (this.#above.length > 0 && RULER.test(text)) return this.#begin(text, line);
    const heading = HEADING.exec(text);
    if (heading !== null && this.#readers.some((reader) => reader.heading?.(heading[1] ?? '', heading[2] ?? '')))
      return true;
    this.#above = [...this.#above, text].slice(-MOST_TITLE_LINES);
    return NAMES.test(text) && this.#readers.some((reader) => reader.accepts(text.trim().split(/\s+/)));
  }

  /** A ruler has been read below names: what a line of names alone is nobody knows, tasklist prints one too. */
  get isOpen(): boolean {
    return this.#reader !== null;
  }

  /** True where the line is a row of a table that this reader reads. */
  continues(reader: RecordReader, line: number): boolean {
    return this.#reader === reader && line === this.#lastLine + 1;
  }

  leave(): void {
    this.#reader = null;
    this.#above = [];
  }

  #begin(ruler: string, line: number): boolean {
    this.#columns = [...ruler.matchAll(/-+/g)].map(({ index, 0: run }) => ({ start: index, end: index + run.length }));
    const above = this.#above.reverse();
    this.#above = [];
    let names = cut(above[0] ?? '', this.#columns);
    this.#reader = this.#readerOf(names);
    for (const text of above.slice(1)) {
      if (this.#reader !== null) break;
      const parts = cut(text, this.#columns);
      names = names.map((name, index) => (parts[index] ?? '') + name);
      if (!names.includes('')) this.#reader = this.#readerOf(names);
    }
    this.#reader?.header(names, line - 1);
    return this.#reader !== null;
  }

  #readerOf(names: readonly string[]): RecordReader | null {
    return this.#readers.find((reader) => reader.accepts(names)) ?? null;
  }
}

/**
 * The texts of a row. Two columns part where the right one's ruler begins, if there is a blank; else its value is set to the right and
 * runs over the ruler, up to the last blank before it. Values on the left may have blanks of their own, as times have.
 */
function cut(text: string, columns: readonly Column[]): string[] {
  let from = 0;
  return columns.map((column, index) => {
    const next = columns[index + 1];
    if (next === undefined) return text.slice(from).trim();
    const to = Math.max(partingOf(text, Math.max(column.end, from), next), from);
    const value = text.slice(from, to).trim();
    from = to;
    return value;
  });
}

/** `from`: where the left column's ruler or value ends. */
function partingOf(text: string, from: number, right: Column): number {
  // A letter of two cells counts as one here, which sets what follows it to the left.
  const shift = text.slice(0, right.start).match(WIDE_LETTER)?.length ?? 0;
  const start = right.start - shift;
  if (text.length <= start || text[start] === ' ' || text[start - 1] === ' ') return start;
  const before = text.lastIndexOf(' ', start);
  if (before >= from - shift) return before;
  const behind = text.indexOf(' ', start);
  return behind < 0 || behind >= right.end - shift ? start : behind;
}
