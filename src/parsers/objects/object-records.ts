import type { ParserContext, RecordSink } from '../parser.js';
import type { RecordReader } from '../text/record-reader.js';
import { TextRecord } from '../text/text-record.js';
import type { FlatObject } from './json-values.js';
import { kindOfObject, readersOfObjects, type ObjectKind } from './object-kinds.js';

/** Hands objects to the reader of their kind, and the names before the first of a run with the same. */
export class ObjectRecords {
  readonly #readers: Readonly<Record<ObjectKind, RecordReader>>;
  readonly #record = new TextRecord();
  #reader: RecordReader | null = null;
  #names: readonly string[] = [];

  /** `context` decodes the texts of records. */
  constructor(sink: RecordSink, context: ParserContext) {
    this.#readers = readersOfObjects(sink, context);
  }

  /** `line`: where the object stands. What is of no kind is left out. */
  record({ names, values }: FlatObject, line: number): void {
    if (!sameNames(names, this.#names)) {
      const kind = kindOfObject(names);
      this.#names = names;
      this.#reader = kind === null ? null : this.#readers[kind];
      this.#reader?.header(names, line);
    }
    this.#reader?.record(this.#record.fill(values, line));
  }
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
