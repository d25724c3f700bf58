import { nodePlatform } from '../../../src/cli/node-platform.js';
import type { ParserContext, RecordSink } from '../../../src/parsers/parser.js';
import { eventXmlParser } from '../../../src/parsers/event-log/event-xml.js';

/** One call of the sink, as data. */
export type SinkCall =
  | { readonly call: 'describe'; readonly what: { readonly dialect?: string; readonly language?: string } }
  | { readonly call: 'eventHeader'; readonly header: object }
  | { readonly call: 'event'; readonly event: object }
  | { readonly call: 'problem'; readonly code: string; readonly line: number; readonly text: string };

export const context: ParserContext = {
  decode: (bytes) => new TextDecoder().decode(bytes),
  indexOfByte: (bytes, byte, from) => nodePlatform.indexOfByte(bytes, byte, from),
  indexOf: (bytes, needle, from) => nodePlatform.indexOf(bytes, needle, from),
};

/** What the parser tells its sink about a file cut into chunks of one size; the chunk's memory is wiped after each push. */
export function recordEvents(file: Uint8Array | string, chunkBytes = Number.POSITIVE_INFINITY): SinkCall[] {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const calls: SinkCall[] = [];
  const unexpected = (): never => {
    throw new Error('an event log holds no such record');
  };
  const sink: RecordSink = {
    describe: (what) => calls.push({ call: 'describe', what }),
    eventHeader: (header) => calls.push({ call: 'eventHeader', header: { ...header } }),
    event: (event) => calls.push({ call: 'event', event }),
    problem: (code, line, text) => calls.push({ call: 'problem', code, line, text }),
    eventInWords: unexpected,
    snapshot: unexpected,
    stamp: unexpected,
    connection: unexpected,
    process: unexpected,
    setting: unexpected,
  };
  const parsing = eventXmlParser.start(sink, context, 'event-xml');
  const size = Math.min(chunkBytes, Math.max(1, bytes.length));
  for (let from = 0; from < bytes.length; from += size) {
    const chunk = Uint8Array.from(bytes.subarray(from, from + size));
    parsing.push(chunk);
    chunk.fill(0x3c);
  }
  parsing.end();
  return calls;
}
