import type { FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { LineFramer } from '../text/lines.js';
import { contextOfTexts } from '../text/text-record.js';
import { clixmlObject } from './clixml-object.js';
import { kindOfObject } from './object-kinds.js';
import { ObjectRecords } from './object-records.js';
import { shownObject } from './shown-object.js';

// Get-NetTCPConnection or Get-WinEvent | Export-Clixml, UTF-16 from Windows PowerShell 5.1, one element a line:
// <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
//   <Obj RefId="0">
//     <TN RefId="0"> … </TN>
//     <Props>
//       <U16 N="LocalPort">50101</U16>
//       <Obj N="State" RefId="9"> … <ToString>Established</ToString>
// From documentation; no file of a machine was found.
export const clixmlTextParser: FormatParser = {
  formats: ['port-table-clixml', 'event-clixml'],
  takes: 'text',
  recognises: ({ text }) => {
    if (!ROOT.test(text)) return null;
    if (LOCAL_PORT.test(text)) return 'port-table-clixml';
    return EVENT_RECORD.test(text) ? 'event-clixml' : null;
  },
  start: (sink, context) => new ClixmlText(sink, context),
};

const ROOT = /<Objs\s[^>]*schemas\.microsoft\.com\/powershell\//;
const LOCAL_PORT = /\sN="LocalPort"/;
const EVENT_RECORD = /<T>(?:Deserialized\.)?System\.Diagnostics\.Eventing\.Reader\.EventLogRecord</;
/** The line that the report quotes of an object. */
const TELLING = /\sN="(?:LocalPort|Id)"/;
const BEGINNING = /^\s*<Obj RefId="\d+">/;
const ANY_OBJECT = /<Obj\b[^>]*[^/]>/g;
const ANY_END = /<\/Obj>/g;
const AROUND_OBJECT = /(?<=>)(?=\s*<Obj\s)|(?<=<\/Obj>)(?=.)/;
/** A connection with all its CIM classes has some 20 KiB. */
const LONGEST_OBJECT = 1 << 20;
/** Cuts the file into its outermost objects by their lines. */
class ClixmlText implements Parsing {
  readonly #sink: RecordSink;
  readonly #records: ObjectRecords;
  readonly #lines: LineFramer;
  #text = '';
  #depth = 0;
  #startLine = 1;
  #tellingLine = 1;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    sink.describe({ dialect: 'Export-Clixml' });
    this.#records = new ObjectRecords(sink, contextOfTexts(context));
    this.#lines = new LineFramer(context, {
      line: (bytes, start, end, line) => {
        // White space between elements may have been taken away.
        const pieces = context.decode(bytes.subarray(start, end)).split(AROUND_OBJECT);
        for (const piece of pieces) this.#line(piece, line);
      },
      lineTooLong: (beginning, line) => {
        sink.problem('line-too-long', line, context.decode(beginning));
      },
    });
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    if (this.#depth > 0) this.#sink.problem('truncated-table', this.#startLine, shownObject(this.#text));
  }

  #line(text: string, line: number): void {
    if (this.#depth === 0) {
      if (!BEGINNING.test(text)) return;
      [this.#text, this.#startLine, this.#tellingLine] = ['', line, line];
    }
    if (TELLING.test(text)) this.#tellingLine = line;
    this.#depth += count(text, ANY_OBJECT) - count(text, ANY_END);
    if (this.#text.length < LONGEST_OBJECT) this.#text += `${text}\n`;
    if (this.#depth <= 0) this.#object();
  }

  #object(): void {
    this.#depth = 0;
    const object = clixmlObject(this.#text);
    if (kindOfObject(object.names) !== null) this.#records.record(object, this.#tellingLine);
    else this.#sink.problem('unread-line', this.#startLine, shownObject(this.#text));
  }
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
