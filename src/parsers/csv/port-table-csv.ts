import type { FieldRecord } from '../text/field-record.js';
import type { Delimiter } from './csv-line.js';
import { CsvRecords, type CsvHandler } from './csv-records.js';
import type { Parsing, ParserContext, RecordSink } from '../parser.js';
import { PortRecords } from '../port-table/port-records.js';

/** Reads rows of Get-NetTCPConnection or Get-NetUDPEndpoint, whatever columns were chosen, into the sink. */
export function startPortTable(transport: 'tcp' | 'udp', sink: RecordSink, context: ParserContext): Parsing {
  return new CsvRecords(new PortTableCsv(transport, sink, context), context);
}

class PortTableCsv implements CsvHandler {
  readonly #sink: RecordSink;
  readonly #records: PortRecords;

  constructor(transport: 'tcp' | 'udp', sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#records = new PortRecords(transport, sink, context);
  }

  header(fields: readonly string[], delimiter: Delimiter, line: number): 'header' | null {
    if (!this.#records.accepts(fields)) return null;
    this.#sink.describe({ dialect: `Export-Csv ${delimiter === '\t' ? 'tab' : delimiter}` });
    this.#records.header(fields, line);
    return 'header';
  }

  record(record: FieldRecord): void {
    this.#records.record(record);
  }

  otherLine(text: string): boolean {
    return this.#records.snapshots.otherLine(text);
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    this.#sink.problem(code, line, text);
  }
}
