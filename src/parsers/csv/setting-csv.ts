import type { FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { ItemPropertyRecords } from '../records/item-property-records.js';
import { SettingRecords } from '../records/setting-records.js';
import { type FieldNames } from '../text/field-names.js';
import type { FieldRecord } from '../text/field-record.js';
import type { RecordReader } from '../text/record-reader.js';
import { findHeader } from './csv-header.js';
import type { Delimiter } from './csv-line.js';
import { CsvRecords, type CsvHandler } from './csv-records.js';

// Get-NetTCPSetting | Export-Csv, or a few columns of it; Get-NetUDPSetting has the ports only:
//   "SettingName","DynamicPortRangeStartPort","DynamicPortRangeNumberOfPorts","AutoReusePortRangeNumberOfPorts"
//   "Automatic",,,
//   "Internet","49152","16384","0"
// Get-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters | Export-Csv:
//   "DataBasePath","MaxUserPort","PSPath"
//   "C:\Windows\System32\drivers\etc","65534","Microsoft.PowerShell.Core\Registry::HKEY_LOCAL_MACHINE\SYSTEM\…"
export const settingCsv: FormatParser = {
  formats: ['setting-csv'],
  takes: 'text',
  recognises: ({ text }) => (findHeader(text, isSettings) === null ? null : 'setting-csv'),
  start: (sink, context) => new SettingCsv(sink, context),
};

const OF_SETTINGS = ['dynamicportrangenumberofports', 'autoreuseportrangenumberofports', 'pspath'];

function isSettings(columns: FieldNames): boolean {
  return columns.has(...OF_SETTINGS) && !columns.has('localport');
}

class SettingCsv implements Parsing, CsvHandler {
  readonly #sink: RecordSink;
  readonly #settings: SettingRecords;
  readonly #registry: ItemPropertyRecords;
  readonly #records: CsvRecords;
  #reader: Pick<RecordReader, 'record'> | null = null;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#settings = new SettingRecords(sink, context);
    this.#registry = new ItemPropertyRecords(sink, context);
    this.#records = new CsvRecords(this, context);
  }

  push(chunk: Uint8Array): void {
    this.#records.push(chunk);
  }

  end(): void {
    this.#records.end();
    this.#settings.handOn();
  }

  header(fields: readonly string[], delimiter: Delimiter): 'header' | null {
    const found = [this.#settings, this.#registry].find((reader) => reader.accepts(fields));
    if (found === undefined) return null;
    this.#reader = found;
    this.#sink.describe({ dialect: `Export-Csv ${delimiter === '\t' ? 'tab' : delimiter}` });
    found.header(fields);
    return 'header';
  }

  record(record: FieldRecord): void {
    this.#reader?.record(record);
  }

  /** `#TYPE …/MSFT_NetUDPSetting` names the cmdlet; of a pair of ports without it nobody knows. */
  otherLine(text: string): boolean {
    const transport = /\bMSFT_Net(TCP|UDP)Setting\b/i.exec(text)?.[1]?.toLowerCase();
    if (transport !== undefined) this.#settings.ofTransport(transport === 'udp' ? 'udp' : 'tcp');
    return /^\s*(?:#TYPE\b|sep=)/i.test(text);
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    this.#sink.problem(code, line, text);
  }
}
