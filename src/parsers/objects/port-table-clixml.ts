import type { FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { isPortTable, PortRecords } from '../port-table/port-records.js';
import { FieldNames } from '../text/field-names.js';
import { LineFramer } from '../text/lines.js';
import { contextOfTexts } from '../text/text-record.js';
import { clixmlObject } from './clixml-object.js';
import { ObjectRecords } from './object-records.js';
import { shownObject } from './shown-object.js';

// Get-NetTCPConnection | Export-Clixml, UTF-16 from Windows PowerShell 5.1, one element a line:
// <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
//   <Obj RefId="0">
//     <TN RefId="0"> … </TN>
//     <Props>
//       <U16 N="LocalPort">50101</U16>
//       <Obj N="State" RefId="9"> … <ToString>Established</ToString>
// From documentation; no file of a machine was found.
export const portTableClixml: FormatParser = {
  formats: ['port-table-clixml'],
  takes: 'text',
  recognises: ({ text }) => (ROOT.test(text) && LOCAL_PORT.test(text) ? 'port-table-clixml' : null),
  start: (sink, context) => new PortTableClixml(sink, context),
};

const ROOT = /<Objs\s[^>]*schemas\.microsoft\.com\/powershell\//;
const LOCAL_PORT = /\sN="LocalPort"/;
const BEGINNING = /^\s*<Obj RefId="\d+">/;
const ANY_OBJECT = /<Obj\b[^>]*[^/]>/g;
const ANY_END = /<\/Obj>/g;
/** A connection with all its CIM classes has some 20 KiB. */
const LONGEST_OBJECT = 1 << 20;
/** Cuts the file into its outermost objects by their lines. */
class PortTableClixml implements Parsing {
  readonly #sink: RecordSink;
  readonly #records: ObjectRecords;
  readonly #lines: LineFramer;
  #text = '';
  #depth = 0;
  #startLine = 1;
  #portLine = 1;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    sink.describe({ dialect: 'Export-Clixml' });
    this.#records = new ObjectRecords([new PortRecords('tcp', sink, contextOfTexts(context))]);
    this.#lines = new LineFramer(context, {
      line: (bytes, start, end, line) => {
        this.#line(context.decode(bytes.subarray(start, end)), line);
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
      [this.#text, this.#startLine, this.#portLine] = ['', line, line];
    }
    if (LOCAL_PORT.test(text)) this.#portLine = line;
    this.#depth += count(text, ANY_OBJECT) - count(text, ANY_END);
    if (this.#text.length < LONGEST_OBJECT) this.#text += `${text}\n`;
    if (this.#depth <= 0) this.#object();
  }

  #object(): void {
    this.#depth = 0;
    const object = clixmlObject(this.#text);
    if (isPortTable(new FieldNames(object.names))) this.#records.record(object, this.#portLine);
    else this.#sink.problem('unread-line', this.#startLine, shownObject(this.#text));
  }
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
