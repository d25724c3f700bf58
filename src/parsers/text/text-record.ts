import type { ParserContext } from '../parser.js';
import type { FieldRecord } from './field-record.js';
import { widened } from './widened-bytes.js';

const MOST_FIELDS = 256;

/** Makes a record of texts, for layouts that are not cut at byte level. The record is reused. */
export class TextRecord {
  readonly #record: FieldRecord = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(MOST_FIELDS),
    ends: new Int32Array(MOST_FIELDS),
    count: 0,
    line: 1,
  };
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(4096);

  /** Fields beyond 256 are left out: no cmdlet has as many. */
  fill(fields: readonly string[], line: number): FieldRecord {
    const record = this.#record;
    record.count = Math.min(fields.length, MOST_FIELDS);
    record.line = line;
    let end = 0;
    for (let index = 0; index < record.count; index++) {
      const text = fields[index] ?? '';
      // No character of UTF-16 takes more than three bytes.
      if (end + text.length * 3 > this.#bytes.length) this.#bytes = widened(this.#bytes, end, end + text.length * 3);
      record.starts[index] = end;
      end += this.#encoder.encodeInto(text, this.#bytes.subarray(end)).written;
      record.ends[index] = end;
    }
    record.bytes = this.#bytes;
    return record;
  }
}

/** A context for readers of such records, whatever the encoding of the file. */
export function contextOfTexts(context: ParserContext): ParserContext {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    decode: (bytes) => decoder.decode(bytes),
    indexOfByte: (bytes, byte, from) => context.indexOfByte(bytes, byte, from),
    indexOf: (bytes, needle, from) => context.indexOf(bytes, needle, from),
  };
}
