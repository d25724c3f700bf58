import type { Transport } from '../../model/connection.js';
import type { ParserContext, RecordSink } from '../parser.js';
import { FieldNames } from '../text/field-names.js';
import { fieldsOf, type FieldRecord } from '../text/field-record.js';
import type { RecordReader } from '../text/record-reader.js';
import { NetTcpSettings, type SettingBlock } from './net-tcp-settings.js';

// SettingName      DynamicPortRangeStartPort DynamicPortRangeNumberOfPorts
// -----------      ------------------------- -----------------------------
// Automatic
// Internet                             49152                         16384
//
// "SettingName","MinRto(ms)","DynamicPortRangeStartPort","DynamicPortRangeNumberOfPorts"
// "Internet","300","49152","16384"

/** Reads records of `Get-NetTCPSetting` and `Get-NetUDPSetting`, whatever properties were chosen, into the sink. */
export class SettingRecords implements RecordReader {
  readonly #settings: NetTcpSettings;
  readonly #context: ParserContext;
  #names: readonly string[] = [];
  #transport: Transport | null = null;
  #transportOfCommand: Transport | null = null;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#settings = new NetTcpSettings(sink);
    this.#context = context;
  }

  accepts(names: readonly string[]): boolean {
    const columns = new FieldNames(names);
    return columns.has('dynamicportrangenumberofports', 'autoreuseportrangenumberofports');
  }

  header(names: readonly string[]): void {
    this.handOn();
    this.#names = names.map((name) => name.replace(/\(\w+\)$/, ''));
    const columns = new FieldNames(this.#names);
    // The whole object of Get-NetTCPSetting has the name of its template.
    const isWholeUdp = columns.has('instanceid') && !columns.has('settingname');
    this.#transport = isWholeUdp ? 'udp' : this.#transportOfCommand;
  }

  /** The cmdlet, as a command line or `#TYPE` above the records names it. */
  ofTransport(transport: Transport | null): void {
    this.handOn();
    this.#transportOfCommand = transport;
  }

  record(record: FieldRecord, lineOf: (field: number) => number = () => record.line): void {
    const block: SettingBlock = new Map();
    for (const [index, value] of fieldsOf(record, this.#context).entries()) {
      const name = this.#names[index];
      if (name === undefined || block.has(name)) continue;
      block.set(name, { value, text: `${name} : ${value}`, line: lineOf(index) });
    }
    this.#settings.add(block);
  }

  /** No more records follow. */
  handOn(): void {
    if (this.#settings.last !== undefined) this.#settings.handOn(this.#transport);
  }
}
