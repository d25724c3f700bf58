import type { LogRecord } from '../log-record.js';
import { encodeText } from './encode.js';

/**
 * `event-viewer`: Save As XML (BOM, declaration, root, rendered texts, newest first); `wevtutil`: no declaration and no
 * root, oldest first; `wevtutil-root`: the same with `/e:Events`; `to-xml`: one event a line as PowerShell redirects it
 * (UTF-16); `double-quotes`: `wevtutil` events as other tools write them again.
 */
export type EventXmlStyle = 'event-viewer' | 'wevtutil' | 'wevtutil-root' | 'to-xml' | 'double-quotes';

export interface EventXmlOptions {
  readonly style: EventXmlStyle;
  readonly computer: string;
  /** Nine on builds up to 2019, seven on later ones. */
  readonly fractionDigits?: 7 | 9;
  readonly culture?: string;
  readonly firstRecordId?: number;
  /** Records that the export lacks: their numbers are skipped. */
  readonly lacks?: (record: LogRecord) => boolean;
}

/** A log export as bytes. */
export function eventXml(records: readonly LogRecord[], options: EventXmlOptions): Uint8Array {
  const ascending = [...records].sort((left, right) => left.atMs - right.atMs);
  const first = options.firstRecordId ?? 14_500;
  const events = ascending.flatMap((record, index) =>
    options.lacks?.(record) === true ? [] : [event(record, first + index, options)],
  );
  switch (options.style) {
    case 'event-viewer':
      return encodeText(
        `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<Events>${events.reverse().join('')}</Events>`,
        'utf-8-bom',
      );
    case 'wevtutil':
      return encodeText(events.join('\n') + '\n', 'utf-8');
    case 'wevtutil-root':
      return encodeText(`<Events>\n${events.join('\n')}\n</Events>\n`, 'utf-8');
    case 'to-xml':
      return encodeText(events.join('\n') + '\n', 'utf-16le');
    case 'double-quotes':
      return encodeText(events.map((text) => text.replaceAll("'", '"')).join('\n') + '\n', 'utf-8');
  }
}

function event(record: LogRecord, recordId: number, options: EventXmlOptions): string {
  const provider = [
    `Name='${escape(record.provider)}'`,
    record.guid === undefined ? '' : ` Guid='${record.guid}'`,
    record.eventSourceName === undefined ? '' : ` EventSourceName='${escape(record.eventSourceName)}'`,
  ].join('');
  const qualifiers = record.qualifiers === undefined ? '' : ` Qualifiers='${String(record.qualifiers)}'`;
  const system = [
    `<Provider ${provider}/>`,
    `<EventID${qualifiers}>${String(record.id)}</EventID>`,
    `<Version>${String(record.version ?? 0)}</Version><Level>${String(record.level)}</Level><Task>${String(record.task ?? 0)}</Task><Opcode>0</Opcode>`,
    `<Keywords>${record.keywords}</Keywords>`,
    `<TimeCreated SystemTime='${systemTime(record.atMs, recordId, options.fractionDigits ?? 9)}'/>`,
    `<EventRecordID>${String(recordId)}</EventRecordID><Correlation/>`,
    `<Execution ProcessID='${String(record.pid)}' ThreadID='${String(record.pid === 0 ? 0 : 60 + ((recordId * 4) % 9_000))}'/>`,
    `<Channel>${record.channel ?? 'System'}</Channel><Computer>${escape(options.computer)}</Computer>`,
    record.user === undefined ? '<Security/>' : `<Security UserID='${record.user}'/>`,
  ].join('');
  const rendering = options.style === 'event-viewer' ? renderingInfo(record, options.culture ?? 'en-US') : '';
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>${system}</System>${eventData(record)}${rendering}</Event>`;
}

function eventData(record: LogRecord): string {
  if (record.data.length === 0 && record.binary === undefined) return '<EventData></EventData>';
  const values = record.data.map((item) => {
    if (typeof item === 'string') return item === '' ? '<Data></Data>' : `<Data>${escape(item)}</Data>`;
    return `<Data Name='${escape(item[0])}'>${escape(item[1])}</Data>`;
  });
  const binary = record.binary === undefined ? '' : `<Binary>${record.binary}</Binary>`;
  return `<EventData>${values.join('')}${binary}</EventData>`;
}

const LEVELS = {
  'en-US': ['Critical', 'Error', 'Warning', 'Information'],
  'fr-FR': ['Critique', 'Erreur', 'Avertissement', 'Information'],
  'de-DE': ['Kritisch', 'Fehler', 'Warnung', 'Informationen'],
} as const;

function renderingInfo(record: LogRecord, culture: string): string {
  const levels = Object.hasOwn(LEVELS, culture) ? LEVELS[culture as keyof typeof LEVELS] : LEVELS['en-US'];
  const level = (record.level === 0 ? levels[3] : levels[record.level - 1]) ?? '';
  const keywords = record.guid === undefined ? '<Keyword>Classic</Keyword>' : '';
  return `<RenderingInfo Culture='${culture}'><Message>${escape(record.message)}</Message><Level>${level}</Level><Task></Task><Opcode></Opcode><Channel></Channel><Provider></Provider><Keywords>${keywords}</Keywords></RenderingInfo>`;
}

/** UTC; the digits below the millisecond are made up from the record's number. */
function systemTime(atMs: number, recordId: number, digits: 7 | 9): string {
  const base = new Date(atMs).toISOString().slice(0, -1);
  const rest = String((recordId * 7_919) % 10_000).padStart(4, '0');
  return `${base}${rest}${digits === 9 ? '00' : ''}Z`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&apos;');
}
