import type { Format } from '../../model/format.js';
import type { FileHead, FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { contextOfTexts } from '../text/text-record.js';
import { recordsIn } from './json-values.js';
import { kindOfObject, OBJECT_KINDS, TELLING_NAMES, type ObjectKind } from './object-kinds.js';
import { ObjectFramer, type ObjectFrames } from './object-framer.js';
import { ObjectRecords } from './object-records.js';
import { shownObject } from './shown-object.js';

const FORMAT_OF = {
  'port-table': 'port-table-json',
  event: 'event-json',
  process: 'process-json',
} as const satisfies Record<ObjectKind, Format>;

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
// Get-WinEvent | ConvertTo-Json: {"Id":4227,"ProviderName":"Tcpip","LogName":"System","TimeCreated":"\/Date(1772442900000)\/", …}
// evtx_dump -o jsonl: {"Event":{"System":{"Provider":{"#attributes":{"Name":"Tcpip"}},"EventID":4227, …}}}
// From documentation and test data; no whole file of a machine was found.
export const jsonTextParser: FormatParser = {
  formats: OBJECT_KINDS.map((kind) => FORMAT_OF[kind]),
  takes: 'text',
  recognises: (head) => {
    const kind = firstKind(head);
    return kind === null ? null : FORMAT_OF[kind];
  },
  start: (sink, context) => new JsonText(sink, context),
};

class JsonText implements Parsing, ObjectFrames {
  readonly #sink: RecordSink;
  readonly #records: ObjectRecords;
  readonly #framer: ObjectFramer;
  #seen = false;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#records = new ObjectRecords(sink, contextOfTexts(context));
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
    for (const record of recordsIn(value, (names) => kindOfObject(names) !== null)) {
      if (!this.#seen) this.#sink.describe({ dialect: 'JSON' });
      [this.#seen, any] = [true, true];
      this.#records.record(record, line + linesToTelling(text));
    }
    if (!any) this.#sink.problem('unread-line', line, shownObject(text));
  }

  cut(beginning: string, line: number): void {
    this.#sink.problem('truncated-table', line, shownObject(beginning));
  }
}

const TELLING = TELLING_NAMES.map((name) => new RegExp(`"${name}"\\s*:`, 'i'));

/** How many lines below an object's first the value stands that says most of it. */
function linesToTelling(text: string): number {
  const at = TELLING.map((pattern) => text.search(pattern)).find((index) => index >= 0) ?? 0;
  return text.slice(0, at).split('\n').length - 1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the first objects of a text are; one that is cut by the end of the head counts by its names. */
function firstKind({ bytes, text }: FileHead): ObjectKind | null {
  if (!/^\s*[[{]|\n\s*[[{]/.test(text)) return null;
  let kind: ObjectKind | null = null;
  let objects = 0;
  const decoder = new TextDecoder();
  const framer = new ObjectFramer(
    { decode: (raw) => decoder.decode(raw) },
    {
      object: (one) => {
        objects++;
        if (kind !== null) return;
        const [first] = recordsIn(parsed(one), (names) => kindOfObject(names) !== null);
        kind = first === undefined ? null : kindOfObject(first.names);
      },
      cut: (beginning) => {
        if (objects > 0) return;
        kind = kindOfObject([...beginning.matchAll(/"([\w.]+)"\s*:/g)].map(([, name = '']) => name));
      },
    },
  );
  framer.push(bytes);
  framer.end();
  return kind;
}
