import type { Stamp } from '../../model/stamp.js';
import type { ParserContext, RecordSink } from '../parser.js';
import { EventRecords } from '../event-log/event-records.js';
import { PortRecords } from '../port-table/port-records.js';
import { GroupRecords } from '../records/group-records.js';
import { HostStartRecords } from '../records/host-start-records.js';
import { ItemPropertyRecords } from '../records/item-property-records.js';
import { ProcessRecords } from '../records/process-records.js';
import { SettingRecords } from '../records/setting-records.js';
import { contextOfTexts } from '../text/text-record.js';
import type { ConsoleCommand } from './console-command.js';
import type { ConsoleFormat } from './console-format.js';
import { RecordList } from './record-list.js';
import { RecordTable } from './record-table.js';
import type { SectionReader } from './section-reader.js';

/** Reads objects that PowerShell printed as a table or as a list, of every kind there is a reader for. */
export class RecordSections implements SectionReader {
  readonly #sink: RecordSink;
  readonly #ports: PortRecords;
  readonly #processes: ProcessRecords;
  readonly #settings: SettingRecords;
  readonly #registry: ItemPropertyRecords;
  readonly #groups: GroupRecords;
  readonly #events: EventRecords;
  readonly #table: RecordTable;
  readonly #list: RecordList;
  #dialect = '';

  /** `sinkOf`: where the records of each format go. */
  constructor(sinkOf: (format: ConsoleFormat) => RecordSink, context: ParserContext) {
    this.#sink = sinkOf('port-table-text');
    const texts = contextOfTexts(context);
    this.#ports = new PortRecords('tcp', this.#sink, texts);
    this.#processes = new ProcessRecords(sinkOf('process-text'), texts);
    this.#settings = new SettingRecords(sinkOf('setting-text'), texts);
    this.#registry = new ItemPropertyRecords(sinkOf('setting-text'), texts);
    this.#groups = new GroupRecords(sinkOf('counts-text'), texts);
    this.#events = new EventRecords(sinkOf('event-text'), texts);
    const start = new HostStartRecords(sinkOf('system-info'), texts);
    const readers = [this.#ports, this.#events, this.#processes, this.#settings, this.#registry, this.#groups, start];
    this.#table = new RecordTable(readers);
    this.#list = new RecordList(this.#sink, readers);
  }

  readLine(text: string, line: number): boolean {
    if (this.#table.readLine(text, line)) {
      this.#list.leave();
      if (this.#table.isOpen) this.#describe('Format-Table');
      return true;
    }
    if (!this.#list.readLine(text, line)) return false;
    this.#describe('Format-List');
    return true;
  }

  /** True within an object of a list, or a table of events: what looks like a time there is a value. */
  continues(line: number): boolean {
    return this.#list.continues(line) || this.#table.continues(this.#events, line);
  }

  /** The tables that follow were taken at this time; null where it cannot be read. */
  dated(stamp: Stamp | null): void {
    this.leave();
    this.#ports.snapshots.dated(stamp);
    this.#processes.snapshots.dated(stamp);
  }

  /** The tables that follow are this machine's, unless they name one. */
  ofHost(host: string | null): void {
    this.#ports.snapshots.ofHost(host);
    this.#processes.snapshots.ofHost(host);
  }

  leave(): void {
    this.#table.leave();
    this.#list.leave();
    this.#settings.handOn();
  }

  command(command: ConsoleCommand): void {
    this.leave();
    this.#ports.snapshots.filtered(command.tool === 'Get-NetTCPConnection' ? command.keeps : null);
    this.#settings.ofTransport(command.tool === 'Get-NetTCPSetting' ? command.transport : null);
    this.#groups.ofCommand(command.tool === 'count' ? command : null);
    this.#registry.ofKey(command.tool === 'Get-ItemProperty' ? command.key : null);
  }

  #describe(dialect: string): void {
    if (dialect !== this.#dialect) this.#sink.describe({ dialect });
    this.#dialect = dialect;
  }
}
