import type { ProcessRecord } from '../model/process.js';
import { CsvColumns, findHeader } from './csv-columns.js';
import { CsvRecords, splitLine, type CsvHandler, type CsvRecord } from './csv-records.js';
import { cell, CsvSnapshots, digits } from './csv-snapshots.js';
import type { FormatParser, ParserContext, RecordSink } from './parser.js';
import { parseStamp } from './stamp.js';

// Get-Process | Export-Csv (Id is the 25th of some 70 columns), or a few columns of it:
//   "Timestamp","HostName","Id","ProcessName","Product"
//   "2026-03-02T10:15:00Z","RDSH01","4312","Contoso.Sync","Contoso Sync"
// Get-CimInstance Win32_Process: "ProcessId","Name","CommandLine","CreationDate"; Win32_Service: "Name","ProcessId","PathName".
// tasklist /fo csv, its titles in the language of Windows, or none with /nh; /v appends status, user, CPU time, title:
//   "Image Name","PID","Session Name","Session#","Mem Usage"
//   "svchost.exe","1016","Services","0","12,340 K"
// tasklist /svc /fo csv: "svchost.exe","1016","Dhcp,EventLog"
export const processCsv: FormatParser = {
  format: 'process-csv',
  recognises: ({ text }) =>
    findHeader(text, (columns) => processColumns(columns) !== null) !== null || tasklistKind(text) !== null,
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
  readonly #snapshots: CsvSnapshots;
  #columns = NONE;
  /** What tasklist prints for "no services" in its language: the idle process has none. */
  #noServices = 'N/A';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#snapshots = new CsvSnapshots(sink, context);
  }

  header(fields: readonly string[]): 'header' | 'first-row' | null {
    const columns = new CsvColumns(fields);
    const named = processColumns(columns);
    const found = named ?? TASKLIST_KINDS.get(fields.length) ?? null;
    if (found === null || (named === null && columns.has('localport'))) return null;
    this.#columns = found;
    this.#sink.describe({ dialect: found.dialect });
    this.#snapshots.header(columns, []);
    return named === null && isTasklistRow(fields) ? 'first-row' : 'header';
  }

  otherLine(text: string): boolean {
    return this.#snapshots.otherLine(text);
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    this.#sink.problem(code, line, text);
  }

  record(record: CsvRecord): void {
    const columns = this.#columns;
    const pid = digits(record, columns.pid);
    const image = this.#text(record, columns.image);
    if (pid < 0 || image === '') {
      // An appended export repeats its header.
      if (pid >= 0 || !this.#isHeader(record))
        this.#sink.problem('bad-row', record.line, this.#cells(record).join(','));
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

  #process(record: CsvRecord, pid: number, image: string, servicesText: string): ProcessRecord {
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
  #service(record: CsvRecord, pid: number, service: string): ProcessRecord {
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

  #isHeader(record: CsvRecord): boolean {
    return processColumns(new CsvColumns(this.#cells(record))) !== null;
  }

  #text(record: CsvRecord, column: number): string {
    return column < 0 ? '' : this.#context.decode(cell(record, column)).trim();
  }

  #cells(record: CsvRecord): string[] {
    return Array.from({ length: record.count }, (_, index) => this.#context.decode(cell(record, index)));
  }
}

/** The columns of an export of processes or services by their English names; null for any other header. */
function processColumns(columns: CsvColumns): ProcessColumns | null {
  if (columns.has('localport')) return null;
  const image = columns.find('processname', 'name', 'image name', 'imagename', 'image');
  const pid = columns.find('processid', 'id', 'pid');
  if (image < 0 || pid < 0 || columns.has('session name')) return null;
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

/** Whether a text is tasklist's CSV in any language: the rows below its first line have a process id in the second column. */
function tasklistKind(text: string): ProcessColumns | null {
  const lines = text.split('\n', 12).filter((line) => line.trim() !== '');
  const rows = lines.slice(0, 10).map((line) => splitLine(line).fields);
  const [first, ...below] = rows;
  if (first === undefined || first.length === 0) return null;
  const kind = TASKLIST_KINDS.get(first.length) ?? null;
  const data = isTasklistRow(first) ? rows : below;
  return data.length > 0 && data.every((row) => row.length === first.length && isTasklistRow(row)) ? kind : null;
}

function isTasklistRow(fields: readonly string[]): boolean {
  const [image = '', pid = '', third = '', session = '', memory = ''] = fields;
  if (image === '' || !/^\d{1,10}$/.test(pid)) return false;
  if (fields.length === 3) return /\.\w{1,4}$|^System/.test(image) && third !== '';
  return (
    (fields.length === 5 || fields.length === 9) &&
    /^\d{1,6}$/.test(session) &&
    /^[\d.,'\s\u00a0\u202f]+\s*\p{L}+$/u.test(memory)
  );
}
