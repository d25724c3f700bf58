import type { RecordReader } from '../text/record-reader.js';
import { TextRecord } from '../text/text-record.js';

// LocalAddress LocalPort RemoteAddress RemotePort State       AppliedSetting OwningProcess
// ------------ --------- ------------- ---------- -----       -------------- -------------
// 127.0.0.1    65001     127.0.0.1     62684      Established Internet       4242
// 0.0.0.0      50001     0.0.0.0       0          Bound                      4312
//
// Numbers chosen with Select-Object are set to the right, wider values run over the ruler into the gap beside it.
const RULER = /^\s*-+(?: +-+)*$/;

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
  /** The line above, which may be the names. */
  #above = '';
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
    if (follows && this.#above !== '' && RULER.test(text)) return this.#begin(text, line);
    this.#above = text;
    return NAMES.test(text) && this.#readers.some((reader) => reader.accepts(text.trim().split(/\s+/)));
  }

  /** A ruler has been read below names: what a line of names alone is nobody knows, tasklist prints one too. */
  get isOpen(): boolean {
    return this.#reader !== null;
  }

  leave(): void {
    this.#reader = null;
    this.#above = '';
  }

  #begin(ruler: string, line: number): boolean {
    this.#columns = [...ruler.matchAll(/-+/g)].map(({ index, 0: run }) => ({ start: index, end: index + run.length }));
    const names = cut(this.#above, this.#columns);
    this.#above = '';
    this.#reader = this.#readers.find((reader) => reader.accepts(names)) ?? null;
    this.#reader?.header(names, line - 1);
    return this.#reader !== null;
  }
}

/**
 * The texts of a row: two columns part before the ruler of the right one where a blank stands there, else at the last blank of the gap
 * between their rulers, since a number runs over its ruler to the left, else at the first of the right one.
 */
function cut(text: string, columns: readonly Column[]): string[] {
  let from = 0;
  return columns.map((column, index) => {
    const next = columns[index + 1];
    if (next === undefined) return text.slice(from).trim();
    const to = Math.max(parting(text, Math.max(column.end, from), next), from);
    const value = text.slice(from, to).trim();
    from = to;
    return value;
  });
}

function parting(text: string, from: number, next: Column): number {
  // A row has no blanks at its end.
  const before = text.length > next.start ? text.lastIndexOf(' ', next.start - 1) : -1;
  if (before >= from) return before;
  const blank = text.indexOf(' ', Math.max(from, next.start));
  return blank < 0 || blank >= next.end ? next.start : blank;
}
