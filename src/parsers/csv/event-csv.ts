import { FieldNames } from '../text/field-names.js';
import { fieldsOf, type FieldRecord } from '../text/field-record.js';
import { areEventFields, EventRecords, isEventByValue, isEventXml } from '../event-log/event-records.js';
import type { FormatParser, ParserContext, RecordSink } from '../parser.js';
import { isPortTable } from '../port-table/port-records.js';
import { processColumns } from '../records/process-records.js';
import { findHeader } from './csv-header.js';
import { splitLine, type Delimiter } from './csv-line.js';
import { CsvRecords, type CsvHandler } from './csv-records.js';

// Event Viewer, Save All Events As… CSV or text: the titles of its window, in its language, and the message without one; a message goes on
// over several lines:
//   Level,Date and Time,Source,Event ID,Task Category
//   Warning,1/15/2019 9:01:10 PM,Tcpip,4231,None,"A request to allocate an ephemeral port …"
// Get-WinEvent or Get-EventLog | Export-Csv, EvtxECmd, exports of Splunk, winlogbeat, NXLog, Azure Monitor: any columns.
//   "TimeCreated","Id","Xml"
//   "3/2/2026 10:00:00 AM","4231","<Event xmlns=""http://schemas.microsoft.com/win/2004/08/events/event""><System>…"
export const eventCsv: FormatParser = {
  formats: ['event-csv'],
  takes: 'text',
  recognises: ({ text }) => (isEventTable(text) ? 'event-csv' : null),
  start: (sink, context) => new CsvRecords(new EventTable(sink, context), context),
};

const FEWEST_TITLES = 3;

class EventTable implements CsvHandler {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  readonly #records: EventRecords;
  #delimiter = '';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#records = new EventRecords(sink, context);
  }

  header(fields: readonly string[], delimiter: Delimiter): 'header' | 'first-row' | null {
    if (isEvent(fields)) return this.#delimiter === '' ? null : 'first-row';
    const titles = fields.at(-1) === '' ? fields.slice(0, -1) : fields;
    if (!this.#records.accepts(fields) && !(this.#delimiter === '' && areTitles(titles))) return null;
    if (this.#delimiter === '') this.#sink.describe({ dialect: `CSV ${delimiter === '\t' ? 'tab' : delimiter}` });
    this.#delimiter = delimiter;
    this.#records.header(fields);
    return 'header';
  }

  record(record: FieldRecord): void {
    this.#records.record(record);
  }

  /** A line of a message may have as many commas as a row: only a row has a time. */
  isRow(record: FieldRecord): boolean {
    return isEvent(fieldsOf(record, this.#context));
  }

  otherLine(text: string): boolean {
    // In a text with tabs a message may go on below without quotes.
    const isMessage = this.#delimiter === '\t' && !text.includes('\t');
    return isMessage || /^\s*(#TYPE\b|sep=)/i.test(text);
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    this.#sink.problem(code, line, text);
  }
}

function isEventTable(text: string): boolean {
  // Single quotes in it need no doubling: the XML is read as it stands.
  if (/<Event\s[^<>]*='/.test(text)) return false;
  if (findHeader(text, areEventFields) !== null) return true;
  const [titles = '', row = ''] = text.split('\n', 60).filter((line) => !/^\s*(#TYPE\b.*|sep=.*)?$/i.test(line));
  const { delimiter, fields: all } = splitLine(titles);
  // Excel gives the column without a title an empty one.
  const fields = all.at(-1) === '' ? all.slice(0, -1) : all;
  if (!areTitles(fields)) return false;
  const values = fieldsOfFirstLine(row, delimiter);
  const isUntitled = values.length === fields.length + 1 && fields.length >= FEWEST_TITLES && isEventByValue(values);
  return isUntitled || (values.length === fields.length && values.some(isEventXml));
}

/** A message that goes on below leaves a quote open. */
function fieldsOfFirstLine(line: string, delimiter: Delimiter): readonly string[] {
  const text = line.trimEnd();
  const isOpen = (text.split('"').length - 1) % 2 === 1;
  const split = splitLine(isOpen ? `${text}"` : text);
  return split.delimiter === delimiter ? split.fields : [];
}

/** Titles in any language: no numbers, and nothing of a port table or of processes. */
function areTitles(fields: readonly string[]): boolean {
  const names = new FieldNames(fields);
  const isKnown = isPortTable(names) || processColumns(names) !== null;
  return fields.length > 1 && !isKnown && fields.every((field) => /^[^\d<]+$/.test(field));
}

function isEvent(fields: readonly string[]): boolean {
  return fields.some(isEventXml) || isEventByValue(fields);
}
