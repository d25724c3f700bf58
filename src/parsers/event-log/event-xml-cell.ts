import type { ParserContext, RecordSink } from '../parser.js';
import { eventXmlParser } from './event-xml.js';

/** Reads an event that stands as XML in a field of something else: a column of a CSV, a string of JSON. */
export class EventXmlCell {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
  }

  /** `line`: where the record begins. */
  read(bytes: Uint8Array, line: number): void {
    const sink = this.#sink;
    const parsing = eventXmlParser.start(
      {
        describe: () => undefined,
        snapshot: () => undefined,
        stamp: () => 0,
        connection: () => undefined,
        eventInWords: () => undefined,
        process: () => undefined,
        setting: () => undefined,
        eventHeader: (header) => {
          sink.eventHeader({ ...header, line });
        },
        event: (event) => {
          sink.event({ ...event, line });
        },
        problem: (code, _, text) => {
          sink.problem(code, line, text);
        },
      },
      this.#context,
      'event-xml',
    );
    parsing.push(bytes);
    parsing.end();
  }
}
