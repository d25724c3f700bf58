import { areEventFields, EventRecords } from '../event-log/event-records.js';
import type { ParserContext, RecordSink } from '../parser.js';
import { isPortTable, PortRecords } from '../port-table/port-records.js';
import { processColumns, ProcessRecords } from '../records/process-records.js';
import { FieldNames } from '../text/field-names.js';
import type { RecordReader } from '../text/record-reader.js';

/** What objects may be about, whatever wrote them down. */
export const OBJECT_KINDS = ['port-table', 'event', 'process'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** What scripts call the XML of an event. */
const XML_NAMES = ['xml', 'eventxml', 'rawxml'];

/** What an object with these names is; null for any other. */
export function kindOfObject(names: readonly string[]): ObjectKind | null {
  const fields = new FieldNames(names);
  if (isPortTable(fields)) return 'port-table';
  if (areEventFields(fields) || fields.has(...XML_NAMES)) return 'event';
  return processColumns(fields) === null ? null : 'process';
}

/** `context` decodes the texts of records. */
export function readersOfObjects(sink: RecordSink, context: ParserContext): Record<ObjectKind, RecordReader> {
  return {
    'port-table': new PortRecords('tcp', sink, context),
    event: new EventRecords(sink, context),
    process: new ProcessRecords(sink, context),
  };
}

/** The name of what says most of an object: the line that the report quotes has it. */
export const TELLING_NAMES = ['LocalPort', 'local_port', 'Laddr\\.Port', 'EventID', 'event_id', 'ProcessId', 'Id'];
