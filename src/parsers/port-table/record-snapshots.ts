import type { Stamp } from '../../model/stamp.js';
import { ByteInterner } from '../text/byte-interner.js';
import { hostColumn, timeColumn, type FieldNames } from '../text/field-names.js';
import { cell, type FieldRecord } from '../text/field-record.js';
import { keptStates } from './table-filter.js';
import type { ParserContext, RecordSink, SnapshotHeader } from '../parser.js';
import { findStamp, parseStamp } from '../text/parse-stamp.js';

/**
 * Tells the sink where rows of another time or host begin. A table without a column of times is one snapshot, dated by a line
 * above it if there is one.
 */
export class RecordSnapshots {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  readonly #stamps: ByteInterner<Stamp | null>;
  #timeColumn = -1;
  #hostColumn = -1;
  #cannotShow: SnapshotHeader['cannotShow'] = [];
  #stampAbove: Stamp | null = null;
  #hostAbove: string | null = null;
  #keeps: SnapshotHeader['keeps'] = null;
  #begun = false;
  #time = new Uint8Array(0);
  #host = new Uint8Array(0);

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#stamps = new ByteInterner((bytes) => parseStamp(context.decode(bytes)), 1024);
  }

  /** `isPart`: the rows below go on with the table above. */
  header(columns: FieldNames, cannotShow: SnapshotHeader['cannotShow'], isPart = false): void {
    this.#timeColumn = timeColumn(columns);
    this.#hostColumn = hostColumn(columns);
    this.#cannotShow = cannotShow;
    this.#begun &&= isPart;
  }

  /** True for a line that belongs to an export without being part of its table: `#TYPE …`, `sep=;`, a time. */
  otherLine(text: string): boolean {
    if (/^\s*(#TYPE\b|sep=)/i.test(text)) return true;
    if (/\bGet-NetTCPConnection\b/i.test(text)) {
      this.#keeps = keptStates(text);
      return true;
    }
    // A row with a field too many or too few holds times too; a line that somebody printed has no quotes and few commas.
    if (this.#timeColumn >= 0 || text.includes('"') || text.split(/[,;\t]/).length > 3) return false;
    const stamp = findStamp(text);
    if (stamp === null) return false;
    this.#stampAbove = stamp;
    return true;
  }

  /** The table below was taken at this time, as a line above it says. */
  dated(stamp: Stamp | null): void {
    this.#begun = false;
    this.#stampAbove = stamp;
  }

  /** The machine of tables that name none. */
  ofHost(host: string | null): void {
    this.#hostAbove = host;
  }

  /** The table below came through a filter: see `SnapshotHeader.keeps`. */
  filtered(keeps: SnapshotHeader['keeps']): void {
    this.#begun = false;
    this.#keeps = keeps;
  }

  row(record: FieldRecord): void {
    if (
      this.#begun &&
      this.#same(record, this.#timeColumn, this.#time) &&
      this.#same(record, this.#hostColumn, this.#host)
    )
      return;
    this.#begun = true;
    this.#time = new Uint8Array(cell(record, this.#timeColumn));
    this.#host = new Uint8Array(cell(record, this.#hostColumn));
    this.#sink.snapshot({
      kind: 'stamped-rows',
      stamp: this.#stamp(record.line),
      host: hostName(this.#context.decode(this.#host)) ?? this.#hostAbove,
      cannotShow: this.#cannotShow,
      keeps: this.#keeps,
      hasHeading: true,
      line: record.line,
    });
  }

  #stamp(line: number): Stamp | null {
    if (this.#timeColumn < 0) return this.#stampAbove;
    const stamp = this.#stamps.get(this.#time, 0, this.#time.length);
    if (stamp === null) this.#sink.problem('bad-time', line, this.#context.decode(this.#time));
    return stamp;
  }

  #same(record: FieldRecord, column: number, known: Uint8Array): boolean {
    if (column < 0) return true;
    const start = record.starts[column] ?? 0;
    const length = (record.ends[column] ?? 0) - start;
    if (length !== known.length) return false;
    for (let i = 0; i < length; i++) if (record.bytes[start + i] !== known[i]) return false;
    return true;
  }
}

/** Get-Process prints `.` for the machine it runs on. */
function hostName(text: string): string | null {
  const name = text.trim();
  return name === '' || name === '.' || name.toLowerCase() === 'localhost' ? null : name;
}
