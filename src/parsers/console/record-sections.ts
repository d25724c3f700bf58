import type { Stamp } from '../../model/stamp.js';
import type { ParserContext, RecordSink } from '../parser.js';
import { PortRecords } from '../port-table/port-records.js';
import { contextOfTexts } from '../text/text-record.js';
import type { ConsoleCommand } from './console-command.js';
import { RecordList } from './record-list.js';
import { RecordTable } from './record-table.js';
import type { SectionReader } from './section-reader.js';

/** Reads objects that PowerShell printed as a table or as a list, of every kind there is a reader for. */
export class RecordSections implements SectionReader {
  readonly #sink: RecordSink;
  readonly #ports: PortRecords;
  readonly #table: RecordTable;
  readonly #list: RecordList;
  #dialect = '';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#ports = new PortRecords('tcp', sink, contextOfTexts(context));
    const readers = [this.#ports];
    this.#table = new RecordTable(readers);
    this.#list = new RecordList(sink, readers);
  }

  readLine(text: string, line: number): boolean {
    if (this.#table.readLine(text, line)) {
      this.#list.leave();
      this.#describe('Format-Table');
      return true;
    }
    if (!this.#list.readLine(text, line)) return false;
    this.#describe('Format-List');
    return true;
  }

  /** True within an object of a list: what looks like a time there is a value. */
  continues(line: number): boolean {
    return this.#list.continues(line);
  }

  /** The tables that follow were taken at this time; null where it cannot be read. */
  dated(stamp: Stamp | null): void {
    this.leave();
    this.#ports.snapshots.dated(stamp);
  }

  leave(): void {
    this.#table.leave();
    this.#list.leave();
  }

  command(command: ConsoleCommand): void {
    this.leave();
    this.#ports.snapshots.filtered(command.tool === 'Get-NetTCPConnection' ? command.keeps : null);
  }

  #describe(dialect: string): void {
    if (dialect !== this.#dialect) this.#sink.describe({ dialect });
    this.#dialect = dialect;
  }
}
