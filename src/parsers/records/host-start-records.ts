import type { ParserContext, RecordSink } from '../parser.js';
import { FieldNames } from '../text/field-names.js';
import { fieldText, type FieldRecord } from '../text/field-record.js';
import { parseStamp } from '../text/parse-stamp.js';
import type { RecordReader } from '../text/record-reader.js';

// Get-ComputerInfo                               Get-CimInstance Win32_OperatingSystem | select CSName, LastBootUpTime
//   OsLastBootUpTime : 3/2/2026 6:02:11 AM         LastBootUpTime : 3/2/2026 6:02:11 AM
const NAMES = ['oslastbootuptime', 'lastbootuptime'];

/** Reads when the host started from records of Get-ComputerInfo or Win32_OperatingSystem. */
export class HostStartRecords implements RecordReader {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  #column = -1;
  #name = '';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
  }

  accepts(names: readonly string[]): boolean {
    return new FieldNames(names).has(...NAMES);
  }

  header(names: readonly string[]): void {
    this.#column = new FieldNames(names).find(...NAMES);
    this.#name = names[this.#column] ?? '';
  }

  record(record: FieldRecord, lineOf: (field: number) => number = () => record.line): void {
    const when = fieldText(record, this.#column, this.#context);
    const line = lineOf(this.#column);
    const text = `${this.#name} : ${when}`;
    const stamp = parseStamp(when);
    if (stamp !== null) this.#sink.setting({ kind: 'started', what: 'host', stamp, line, text });
    else if (when !== '') this.#sink.problem('bad-time', line, text);
  }
}
