import type { ProcessRecord } from '../../model/process.js';
import { FieldNames } from '../text/field-names.js';
import { findHeader } from './csv-header.js';
import { splitLine } from './csv-line.js';
import { cell, digits, fieldsOf, type FieldRecord } from '../text/field-record.js';
import { CsvRecords, type CsvHandler } from './csv-records.js';
import { RecordSnapshots } from '../port-table/record-snapshots.js';
import type { FormatParser, ParserContext, RecordSink } from '../parser.js';
import { isPortTable } from '../port-table/port-records.js';
import { parseStamp } from '../text/parse-stamp.js';

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

interface ProcessColumns {
  readonly dialect: string;
  readonly pid: number;
  readonly image: number;
  readonly services: number;
  readonly user: number;
  readonly commandLine: number;
  readonly startedAt: number;
}

const NONE: ProcessColumns = {
  dialect: '',
  pid: -1,
  image: -1,
  services: -1,
  user: -1,
  commandLine: -1,
  startedAt: -1,
};

/** What tasklist prints has no names to go by: its kinds differ in the number of columns. */
const TASKLIST_KINDS: ReadonlyMap<number, ProcessColumns> = new Map([
  [5, { ...NONE, dialect: 'tasklist /fo csv', image: 0, pid: 1 }],
  [9, { ...NONE, dialect: 'tasklist /v /fo csv', image: 0, pid: 1, user: 6 }],
  [3, { ...NONE, dialect: 'tasklist /svc /fo csv', image: 0, pid: 1, services: 2 }],
]);

class ProcessTable implements CsvHandler {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  readonly #snapshots: RecordSnapshots;
  #columns = NONE;
  #titles: readonly string[] = [];
  /** What tasklist prints for "no services" in its language: the idle process has none. */
  #noServices = 'N/A';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#snapshots = new RecordSnapshots(sink, context);
  }

  header(fields: readonly string[]): 'header' | 'first-row' | null {
    const columns = new FieldNames(fields);
    const named = processColumns(columns);
    const found = named ?? (this.#columns === NONE ? tasklistColumns(fields) : null);
    if (found === null) return null;
    this.#columns = found;
    this.#sink.describe({ dialect: found.dialect });
    this.#snapshots.header(columns, []);
    if (named === null && isTasklistRow(fields)) return 'first-row';
    this.#titles = fields;
    return 'header';
  }

  otherLine(text: string): boolean {
    return this.#snapshots.otherLine(text);
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    this.#sink.problem(code, line, text);
  }

  record(record: FieldRecord): void {
    const columns = this.#columns;
    const pid = digits(record, columns.pid);
    const image = this.#text(record, columns.image);
    if (pid < 0 || image === '') {
      // An appended export repeats its header.
      if (image === '' || image !== this.#titles[columns.image]) {
        this.#sink.problem('bad-row', record.line, fieldsOf(record, this.#context).join(','));
      }
      return;
    }
    const servicesText = this.#text(record, columns.services);
    if (pid === 0 && columns.services >= 0 && columns.image === 0) this.#noServices = servicesText;
    this.#snapshots.row(record);
    this.#sink.process(
      columns.dialect === 'Win32_Service'
        ? this.#service(record, pid, image)
        : this.#process(record, pid, image, servicesText),
    );
  }

  #process(record: FieldRecord, pid: number, image: string, servicesText: string): ProcessRecord {
    const { user, commandLine, startedAt } = this.#columns;
    const userText = this.#text(record, user);
    const startText = this.#text(record, startedAt);
    const stamp = startText === '' ? null : parseStamp(startText);
    if (startText !== '' && stamp === null) this.#sink.problem('bad-time', record.line, startText);
    return {
      pid,
      image,
      services: servicesText === this.#noServices ? [] : serviceNames(servicesText),
      // tasklist prints a word of its language where it may not see the user; an account has a domain before it.
      user: userText.includes('\\') ? userText : null,
      commandLine: this.#text(record, commandLine) || null,
      startedAt: stamp,
      line: record.line,
    };
  }

  /** Win32_Service names the service; the image is the program its command line starts. */
  #service(record: FieldRecord, pid: number, service: string): ProcessRecord {
    const commandLine = this.#text(record, this.#columns.commandLine);
    const image = /^"?(?:.*?\\)?([^\\"]+?\.exe)/i.exec(commandLine)?.[1] ?? '';
    const user = this.#text(record, this.#columns.user) || null;
    return {
      pid,
      image,
      services: [service],
      user,
      commandLine: commandLine || null,
      startedAt: null,
      line: record.line,
    };
  }

  #text(record: FieldRecord, column: number): string {
    return column < 0 ? '' : this.#context.decode(cell(record, column)).trim();
  }
}

/** The columns of an export of processes or services by their English names; null for any other header. */
function processColumns(columns: FieldNames): ProcessColumns | null {
  if (isPortTable(columns)) return null;
  const image = columns.find('processname', 'name', 'imagename', 'image');
  const pid = columns.find('processid', 'id', 'pid');
  if (image < 0 || pid < 0) return null;
  const isService = columns.has('startmode', 'servicetype', 'pathname') && columns.has('name');
  return {
    dialect: isService ? 'Win32_Service' : columns.has('processid') ? 'Win32_Process' : 'Get-Process',
    pid,
    image: isService ? columns.find('name') : image,
    services: columns.find('services'),
    user: columns.find('username', 'user', 'startname'),
    commandLine: isService ? columns.find('pathname') : columns.find('commandline'),
    startedAt: columns.find('starttime', 'creationdate'),
  };
}

/** `tasklist /svc` lists services; `tasklist /m` has the same three columns and lists modules. */
function serviceNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '' && !/\.(dll|exe|drv)$/i.test(name));
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
