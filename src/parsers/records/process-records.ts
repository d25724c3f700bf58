import type { ProcessRecord } from '../../model/process.js';
import type { ParserContext, RecordSink } from '../parser.js';
import { isPortTable } from '../port-table/port-records.js';
import { RecordSnapshots } from '../port-table/record-snapshots.js';
import { FieldNames } from '../text/field-names.js';
import { digits, fieldsOf, fieldText, type FieldRecord } from '../text/field-record.js';
import { parseStamp } from '../text/parse-stamp.js';
import type { RecordReader } from '../text/record-reader.js';

/** Where the fields of a process or a service stand; -1 for those that are not there. */
export interface ProcessColumns {
  readonly dialect: string;
  readonly pid: number;
  readonly image: number;
  readonly services: number;
  readonly user: number;
  readonly commandLine: number;
  readonly startedAt: number;
}

export const NO_PROCESS_COLUMNS: ProcessColumns = {
  dialect: '',
  pid: -1,
  image: -1,
  services: -1,
  user: -1,
  commandLine: -1,
  startedAt: -1,
};

/** Reads records of Get-Process, Win32_Process or Win32_Service, and what tasklist prints, into the sink. */
export class ProcessRecords implements RecordReader {
  readonly snapshots: RecordSnapshots;
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  #columns = NO_PROCESS_COLUMNS;
  #titles: readonly string[] = [];
  /** What tasklist prints for "no services" in its language: the idle process has none. */
  #noServices = 'N/A';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.snapshots = new RecordSnapshots(sink, context);
  }

  accepts(names: readonly string[]): boolean {
    return processColumns(new FieldNames(names)) !== null;
  }

  header(names: readonly string[]): void {
    const columns = processColumns(new FieldNames(names));
    if (columns !== null) this.begin(columns, names);
  }

  /** `titles`: of the columns, in whatever language; none where the first line is data. */
  begin(columns: ProcessColumns, titles: readonly string[]): void {
    this.#columns = columns;
    this.#titles = titles;
    this.snapshots.header(new FieldNames(titles), []);
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
    this.snapshots.row(record);
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
    return fieldText(record, column, this.#context);
  }
}

/** Jobs, runspaces and remote sessions have a name and an id too. */
const NEVER_OF_PROCESSES = ['psjobtypename', 'hasmoredata', 'availability', 'computertype', 'configurationname'];

/** The fields of processes or services by their English names; null for any others. */
export function processColumns(columns: FieldNames): ProcessColumns | null {
  if (isPortTable(columns)) return null;
  const image = columns.find('processname', 'name', 'imagename', 'image');
  const pid = columns.find('processid', 'id', 'pid');
  if (image < 0 || pid < 0) return null;
  if (columns.has('id') && columns.has(...NEVER_OF_PROCESSES)) return null;
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

/** `tasklist /svc` lists services; `tasklist /m` has the same three columns and lists modules: ntdll.dll is in every process. */
export function serviceNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.some((name) => /\.(?:dll|exe|drv)$/i.test(name)) ? [] : names.filter((name) => name !== '');
}
