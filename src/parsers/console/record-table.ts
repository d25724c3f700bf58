import type { RecordReader } from '../text/record-reader.js';
import { TextRecord } from '../text/text-record.js';

// LocalAddress LocalPort RemoteAddress RemotePort State       AppliedSetting OwningProcess
// ------------ --------- ------------- ---------- -----       -------------- -------------
// 127.0.0.1    65001     127.0.0.1     62684      Established Internet       4242
// 0.0.0.0      50001     0.0.0.0       0          Bound                      4312
//
// Numbers chosen with Select-Object are set to the right, wider values run over the ruler into the gap beside it.
const RULER = /^\s*-+(?: +-+)*$/;

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
    const heading = HEADING.exec(text);
    if (heading !== null && this.#readers.some((reader) => reader.heading?.(heading[1] ?? '', heading[2] ?? '')))
      return true;
    this.#above = text;
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
