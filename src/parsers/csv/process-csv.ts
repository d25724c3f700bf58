import type { FormatParser, ParserContext, RecordSink } from '../parser.js';
import { isPortTable } from '../port-table/port-records.js';
import { NO_PROCESS_COLUMNS, processColumns, ProcessRecords, type ProcessColumns } from '../records/process-records.js';
import { FieldNames } from '../text/field-names.js';
import { contextOfTexts, TextRecord } from '../text/text-record.js';
import type { FieldRecord } from '../text/field-record.js';
import { findHeader } from './csv-header.js';
import { splitLine } from './csv-line.js';
import { CsvRecords, type CsvHandler } from './csv-records.js';

// Get-Process | Export-Csv (Id is the 25th of some 70 columns), or a few columns of it:
//   "Timestamp","HostName","Id","ProcessName","Product"
//   "2026-03-02T10:15:00Z","RDSH01","4312","Contoso.Sync","Contoso Sync"
// Get-CimInstance Win32_Process: "ProcessId","Name","CommandLine","CreationDate"; Win32_Service: "Name","ProcessId","PathName".
// tasklist /fo csv, its titles in the language of Windows, or none with /nh; /v appends status, user, CPU time, title:
//   "Image Name","PID","Session Name","Session#","Mem Usage"
//   "svchost.exe","1016","Services","0","12,340 K"
// tasklist /svc /fo csv: "svchost.exe","1016","Dhcp,EventLog"
export const processCsv: FormatParser = {
  formats: ['process-csv'],
  takes: 'text',
  recognises: ({ text }) =>
    findHeader(text, (columns) => processColumns(columns) !== null) !== null || isTasklist(text) ? 'process-csv' : null,
  start: (sink, context) => new CsvRecords(new ProcessTable(sink, context), context),
};

/** What tasklist prints has no names to go by: its kinds differ in the number of columns. */
const TASKLIST_KINDS: ReadonlyMap<number, ProcessColumns> = new Map([
  [5, { ...NO_PROCESS_COLUMNS, dialect: 'tasklist /fo csv', image: 0, pid: 1 }],
  [9, { ...NO_PROCESS_COLUMNS, dialect: 'tasklist /v /fo csv', image: 0, pid: 1, user: 6 }],
  [3, { ...NO_PROCESS_COLUMNS, dialect: 'tasklist /svc /fo csv', image: 0, pid: 1, services: 2 }],
]);

class ProcessTable implements CsvHandler {
  readonly #sink: RecordSink;
  readonly #records: ProcessRecords;
  readonly #bareRecords: ProcessRecords;
  readonly #bareRecord = new TextRecord();
  #begun = false;
  /** How many columns wmic printed, and which of them may hold commas; null of another tool. */
  #bare: { readonly columns: number; readonly free: number } | null = null;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#records = new ProcessRecords(sink, context);
    this.#bareRecords = new ProcessRecords(sink, contextOfTexts(context));
  }

  header(fields: readonly string[]): 'header' | 'first-row' | null {
    const named = processColumns(new FieldNames(fields));
    const found = named ?? (this.#begun ? null : tasklistColumns(fields));
    if (found === null) return null;
    this.#begun = true;
    this.#sink.describe({ dialect: found.dialect });
    const isRow = named === null && isTasklistRow(fields);
    this.#records.begin(found, isRow ? [] : fields);
    this.#bareRecords.begin(found, isRow ? [] : fields);
    const isBare = fields[0]?.toLowerCase() === 'node' && found.commandLine >= 0;
    this.#bare = isBare ? { columns: fields.length, free: found.commandLine } : null;
    return isRow ? 'first-row' : 'header';
  }

  record(record: FieldRecord): void {
    this.#records.record(record);
  }

  otherLine(text: string, line: number): boolean {
    return this.#readBare(text, line) || this.#records.snapshots.otherLine(text);
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    if (!this.#readBare(text, line)) this.#sink.problem(code, line, text);
  }

  /** wmic puts no quotes around what holds commas, and doubles none: all that is too much belongs to the command line. */
  #readBare(text: string, line: number): boolean {
    if (this.#bare === null) return false;
    const { columns, free } = this.#bare;
    const parts = text.split(',');
    const surplus = parts.length - columns;
    if (surplus < 0 || text.includes('\n')) return false;
    const commandLine = parts.slice(free, free + surplus + 1).join(',');
    const fields = [...parts.slice(0, free), commandLine, ...parts.slice(free + surplus + 1)];
    this.#bareRecords.record(this.#bareRecord.fill(fields, line));
    return true;
  }
}

/** Whether a text is tasklist's CSV in any language: its rows have a process id in the second column. */
function isTasklist(text: string): boolean {
  const lines = text.split('\n', 12).filter((line) => line.trim() !== '');
  const [first = [], ...below] = lines.slice(0, 10).map((line) => splitLine(line).fields);
  if (tasklistColumns(first) === null) return false;
  const rows = isTasklistRow(first) ? [first, ...below] : below;
  const alike = rows.every((row) => row.length === first.length && isTasklistRow(row));
  return alike && rows.some(([image = '']) => /\.exe$/i.test(image));
}

/** By the number of columns, for a row of tasklist or for titles in any language: the second is `PID` or a word like it. */
function tasklistColumns(fields: readonly string[]): ProcessColumns | null {
  const isHeader = /^\p{L}{2,12}$/u.test(fields[1] ?? '') && !isPortTable(new FieldNames(fields));
  return isHeader || isTasklistRow(fields) ? (TASKLIST_KINDS.get(fields.length) ?? null) : null;
}

function isTasklistRow(fields: readonly string[]): boolean {
  const [image = '', pid = '', services = '', session = '', memory = ''] = fields;
  if (image === '' || !/^\d{1,10}$/.test(pid)) return false;
  if (fields.length === 3) return services !== '';
  // `12,340 K`, `73.580 K`, `147 532 Ko` with a no-break blank.
  return TASKLIST_KINDS.has(fields.length) && /^\d{1,6}$/.test(session) && /^\d[\d.,'’\s]*\p{L}+$/u.test(memory);
}
