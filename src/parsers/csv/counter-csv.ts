import type { FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { fieldsOf, type FieldRecord } from '../text/field-record.js';
import { findHeader } from './csv-header.js';
import { CsvRecords, type CsvHandler } from './csv-records.js';

// typeperf "\TCPv4\Connections Established" -sc 10 -f CSV -o counters.csv, or relog of a performance log:
//   "(PDH-CSV 4.0) (W. Europe Standard Time)(-60)","\\RDSH01\TCPv4\Connections Established"
//   "03/02/2026 10:15:00.123","67.000000"
export const counterCsv: FormatParser = {
  formats: ['counter-csv'],
  takes: 'text',
  recognises: ({ text }) => (findHeader(text, (_, fields) => isCounters(fields)) === null ? null : 'counter-csv'),
  start: (sink, context) => new CounterCsv(sink, context),
};

const FORMAT = /^\(PDH-[CT]SV 4\.0\)/;
const COUNTER = /\\((?:TCP|UDP)v[46]\\[^\\]+)$/i;

function isCounters(fields: readonly string[]): boolean {
  return FORMAT.test(fields[0] ?? '') && fields.some((field) => COUNTER.test(field));
}

interface Peak {
  readonly name: string;
  count: number;
  line: number;
  text: string;
}

/** Keeps the largest value of every counter of TCP and UDP. */
class CounterCsv implements Parsing, CsvHandler {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  readonly #records: CsvRecords;
  #peaks: (Peak | null)[] = [];

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#records = new CsvRecords(this, context);
  }

  push(chunk: Uint8Array): void {
    this.#records.push(chunk);
  }

  end(): void {
    this.#records.end();
    this.#handOn();
  }

  header(fields: readonly string[]): 'header' | null {
    if (!isCounters(fields)) return null;
    this.#handOn();
    this.#sink.describe({ dialect: 'PDH 4.0' });
    this.#peaks = fields.map((field) => {
      const name = COUNTER.exec(field)?.[1];
      return name === undefined ? null : { name, count: -1, line: 0, text: '' };
    });
    return 'header';
  }

  record(record: FieldRecord): void {
    const values = fieldsOf(record, this.#context);
    for (const [index, peak] of this.#peaks.entries()) {
      const text = values[index] ?? '';
      const count = /^\d+(?:[.,]\d+)?$/.test(text) ? Math.round(Number(text.replace(',', '.'))) : -1;
      if (peak === null || count <= peak.count) continue;
      [peak.count, peak.line, peak.text] = [count, record.line, `${values[0] ?? ''} ${text}`];
    }
  }

  /** typeperf says on the console, and so in a redirected file, that it ends. */
  otherLine(text: string): boolean {
    return !text.includes('"');
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    this.#sink.problem(code, line, text);
  }

  #handOn(): void {
    for (const peak of this.#peaks) {
      if (peak === null || peak.count < 0) continue;
      this.#sink.setting({ kind: 'counted', of: 'peak', state: null, ...peak });
      this.#sink.problem('counts-only', peak.line, peak.text);
    }
    this.#peaks = [];
  }
}
