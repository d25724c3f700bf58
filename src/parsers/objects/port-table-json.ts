import type { FileHead, FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { isPortTable, PortRecords } from '../port-table/port-records.js';
import { FieldNames } from '../text/field-names.js';
import { contextOfTexts } from '../text/text-record.js';
import { recordsIn } from './json-values.js';
import { ObjectFramer, type ObjectFrames } from './object-framer.js';
import { ObjectRecords } from './object-records.js';
import { shownObject } from './shown-object.js';

// Get-NetTCPConnection | Select-Object … | ConvertTo-Json; states are words or numbers, and without Select-Object there are some forty
// names, the classes of CIM nested among them. Windows PowerShell 5.1 writes dates as "\/Date(1772445510000)\/".
// [
//     {
//         "LocalAddress":  "10.20.0.5",
//         "LocalPort":  50101,
//         "State":  5,
//         "OwningProcess":  4312
//     },
// Velociraptor, one a line: {"Pid":4312,"Name":"app.exe","Family":"IPv4","Type":"TCP","Status":"ESTAB","Laddr.IP":"10.20.0.5", …}
// osquery process_open_sockets: [{"pid":"4312","protocol":"6","local_address":"10.20.0.5","local_port":"50101","state":"ESTABLISHED"}]
// From documentation and test data; no whole file of a machine was found.
export const portTableJson: FormatParser = {
  formats: ['port-table-json'],
  takes: 'text',
  recognises: (head) => (holdsPortTable(head) ? 'port-table-json' : null),
  start: (sink, context) => new PortTableJson(sink, context),
};

class PortTableJson implements Parsing, ObjectFrames {
  readonly #sink: RecordSink;
  readonly #records: ObjectRecords;
  readonly #framer: ObjectFramer;
  #seen = false;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#records = new ObjectRecords([new PortRecords('tcp', sink, contextOfTexts(context))]);
    this.#framer = new ObjectFramer(context, this);
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk);
  }

  end(): void {
    this.#framer.end();
  }

  object(text: string, line: number): void {
    const value = parsed(text);
    if (value === undefined) {
      this.#sink.problem('bad-row', line, shownObject(text));
      return;
    }
    let any = false;
    for (const record of recordsIn(value, (names) => this.#records.accepts(names))) {
      if (!this.#seen) this.#sink.describe({ dialect: 'JSON' });
      [this.#seen, any] = [true, true];
      this.#records.record(record, line + lineOfPort(text));
    }
    if (!any) this.#sink.problem('unread-line', line, shownObject(text));
  }

  cut(beginning: string, line: number): void {
    this.#sink.problem('truncated-table', line, shownObject(beginning));
  }
}

/** How many lines below an object's first its local port stands: the line that shows it. */
function lineOfPort(text: string): number {
  const at = text.search(/"(?:LocalPort|local_port|Laddr\.Port)"/i);
  return at < 0 ? 0 : text.slice(0, at).split('\n').length - 1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Tries the first objects of a text; one that is cut by the end of the head counts by its names. */
function holdsPortTable({ bytes, text }: FileHead): boolean {
  if (!/[[{]/.test(text) || !/"(?:LocalPort|local_port|Laddr\.Port)"\s*:/i.test(text)) return false;
  let [objects, found] = [0, false];
  const accepts = (names: readonly string[]): boolean => isPortTable(new FieldNames(names));
  const decoder = new TextDecoder();
  const framer = new ObjectFramer(
    { decode: (raw) => decoder.decode(raw) },
    {
      object: (one) => {
        objects++;
        found ||= !recordsIn(parsed(one), accepts).next().done;
      },
      cut: (beginning) => {
        const names = [...beginning.matchAll(/"([\w.]+)"\s*:/g)].map(([, name = '']) => name);
        found ||= objects === 0 && accepts(names);
      },
    },
  );
  framer.push(bytes);
  framer.end();
  return found;
}
