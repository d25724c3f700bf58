import { FieldNames } from '../text/field-names.js';
import { cell, fieldsOf, type FieldRecord } from '../text/field-record.js';
import type { RecordReader } from '../text/record-reader.js';
import type { ParserContext, RecordSink } from '../parser.js';
import { isPortTable } from '../port-table/port-records.js';
import { parseStamp } from '../text/parse-stamp.js';
import { rawFields } from './event-raw.js';
import { EventXmlCell } from './event-xml-cell.js';
import { EventWords, eventId, isKnownEvent } from './event-words.js';

// What tools call the fields of an event, in lower case; of several the first that is there counts.
//   Get-WinEvent: TimeCreated ProviderName Id LogName MachineName RecordId    Get-EventLog: TimeGenerated Source InstanceId MachineName Index
//   EvtxECmd: TimeCreated Provider EventId Channel Computer EventRecordId     Event Viewer: Date and Time, Source, Event ID
//   winlogbeat: @timestamp winlog.provider_name winlog.event_id …             Splunk: _time SourceName EventCode LogName ComputerName
//   Azure Monitor: TimeGenerated [UTC], Source, EventID, EventLog, Computer   NXLog: EventTime SourceName EventID Channel Hostname
const TIMES = [
  ...[
    'timecreated',
    'timegenerated [utc]',
    'timegenerated [local time]',
    'timegenerated',
    '@timestamp',
    'date and time',
    'eventtime',
    '_time',
  ],
  ...['timewritten', 'systemtime'],
];
/** Names that anything with a time may have. */
const COMMON_TIMES = ['time', 'date', 'timestamp', 'datetime'];
const IDS = ['eventid', 'event id', 'winlog.event_id', 'event_id', 'eventcode', 'event.code', 'id', 'instanceid'];
const PROVIDERS = [
  ...['providername', 'provider', 'winlog.provider_name', 'event.provider', 'provider_name', 'sourcename'],
  ...['source_name', 'eventsource', 'source'],
];
const HOSTS = ['machinename', 'computername', 'computer', 'winlog.computer_name', 'host.name', 'hostname', 'host'];
const CHANNELS = ['logname', 'eventlog', 'winlog.channel', 'channel', 'log name'];
const RECORD_IDS = ['eventrecordid', 'recordid', 'winlog.record_id', 'recordnumber', 'index'];
const MESSAGES = ['message', 'rendereddescription', 'description'];
/** What Splunk keeps of an event, in one field. */
const RAW = '_raw';
/** EvtxECmd writes UTC and does not say so. */
const OF_EVTXECMD = ['mapdescription', 'chunknumber', 'hiddenrecord'];

type Columns = ReturnType<typeof columnsOf>;

/** Reads records of events, whatever tool named their fields, into the sink. What no name tells is found by its value. */
export class EventRecords implements RecordReader {
  readonly #context: ParserContext;
  readonly #sink: RecordSink;
  readonly #words: EventWords;
  readonly #xml: EventXmlCell;
  #names: readonly string[] = [];
  #columns: Columns = columnsOf(new FieldNames([]));
  /** The provider that stands above a table of Get-WinEvent. */
  #providerAbove = '';
  #headingRead = '';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#words = new EventWords(sink);
    this.#xml = new EventXmlCell(sink, context);
  }

  accepts(names: readonly string[]): boolean {
    return areEventFields(new FieldNames(names));
  }

  /** `   ProviderName: Tcpip`, as Get-WinEvent writes above its tables. */
  heading(name: string, value: string): boolean {
    if (name !== 'ProviderName') return false;
    this.#headingRead = value;
    return true;
  }

  header(names: readonly string[]): void {
    // It stands above every table that it is true of.
    [this.#providerAbove, this.#headingRead] = [this.#headingRead, ''];
    this.#names = names;
    this.#columns = columnsOf(new FieldNames(names));
  }

  record(record: FieldRecord): void {
    const fields = fieldsOf(record, this.#context);
    const xml = fields.findIndex(isEventXml);
    if (xml >= 0) {
      this.#xml.read(cell(record, xml), record.line);
      return;
    }
    const raw = this.#columns.raw < 0 ? null : rawFields(fields[this.#columns.raw] ?? '');
    if (raw !== null) {
      const columns = columnsOf(new FieldNames([...this.#names, ...raw.names]));
      this.#tell([...fields, ...raw.values], columns, record.line);
    } else if (this.#columns.raw < 0 || this.#columns.id >= 0) {
      // What else Splunk keeps is of anything.
      this.#tell(fields, this.#placed(fields), record.line);
    }
  }

  #tell(fields: readonly string[], columns: Columns, line: number): void {
    const idText = fields[columns.id] ?? '';
    const id = eventId(idText);
    if (id < 0) {
      this.#unread(fields, idText, line);
      return;
    }
    const value = (column: number): string => fields[column] ?? '';
    this.#words.tell({
      provider: value(columns.provider) || this.#providerAbove,
      id,
      time: value(columns.time),
      isUtc: columns.isUtc,
      host: value(columns.host),
      channel: value(columns.channel),
      recordId: value(columns.recordId),
      message: value(columns.message),
      line,
      shown: fields.filter((text) => text !== '').join('  '),
    });
  }

  /** A line of a wrapped message has no id, and an appended export repeats its header. */
  #unread(fields: readonly string[], idText: string, line: number): void {
    if (idText === '' || this.#names.includes(idText)) return;
    this.#sink.problem('bad-row', line, fields.join(','));
  }

  /** The columns of one record: those that no name told by what stands in them. */
  #placed(fields: readonly string[]): Columns {
    const named = this.#columns;
    if (named.id >= 0 && named.time >= 0 && (named.provider >= 0 || this.#providerAbove !== '')) return named;
    return byValue(fields, named);
  }
}

/** True for fields of which one may be an event's id, and one its time. */
export function areEventFields(fields: FieldNames): boolean {
  if (isPortTable(fields)) return false;
  if (fields.has(RAW) && fields.has('_time')) return true;
  if (!fields.has(...IDS)) return false;
  return fields.has(...TIMES) || (fields.has(...COMMON_TIMES) && fields.has(...PROVIDERS));
}

/** True for the text of an event in XML. */
export function isEventXml(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?<Event[\s>]/.test(text);
}

/** True for the fields of one event whatever their titles: a time, a number that may be an id, and words. */
export function isEventByValue(fields: readonly string[]): boolean {
  const { id, time } = byValue(fields, columnsOf(new FieldNames([])));
  return id >= 0 && time >= 0 && fields.length >= 4;
}

/** An id beside the name of a provider that writes it; else the first number, and the column before it. */
function byValue(fields: readonly string[], named: Columns): Columns {
  const time = named.time >= 0 ? named.time : fields.findIndex((text) => parseStamp(text) !== null);
  const ids = named.id >= 0 ? [named.id] : fields.flatMap((text, column) => (/^\d{1,5}$/.test(text) ? [column] : []));
  for (const id of ids) {
    const provider = fields.findIndex((text) => isKnownEvent(text, eventId(fields[id] ?? '')));
    if (provider >= 0) return { ...named, time, id, provider };
  }
  const id = ids[0] ?? -1;
  // Event Viewer has the source before the id.
  const provider = named.provider >= 0 || named.id >= 0 || id <= 0 || id - 1 === time ? named.provider : id - 1;
  return { ...named, time, id, provider, message: named.message >= 0 ? named.message : fields.length - 1 };
}

function columnsOf(columns: FieldNames) {
  return {
    time: columns.find(...TIMES, ...COMMON_TIMES),
    id: columns.find(...IDS),
    provider: columns.find(...PROVIDERS),
    host: columns.find(...HOSTS),
    channel: columns.find(...CHANNELS),
    recordId: columns.find(...RECORD_IDS),
    message: columns.find(...MESSAGES),
    raw: columns.find(RAW),
    isUtc: columns.has(...OF_EVTXECMD) || columns.has('timegenerated [utc]'),
  } as const;
}
