import type { RecordReader } from '../text/record-reader.js';
import { TextRecord } from '../text/text-record.js';
import type { FlatObject } from './json-values.js';

/** Hands objects to the reader that knows their names, and the names before the first of a run with the same. */
export class ObjectRecords {
  readonly #readers: readonly RecordReader[];
  readonly #record = new TextRecord();
  #reader: RecordReader | null = null;
  #names: readonly string[] = [];

  constructor(readers: readonly RecordReader[]) {
    this.#readers = readers;
  }

  accepts(names: readonly string[]): boolean {
    return this.#readers.some((reader) => reader.accepts(names));
  }

  /** To be called with what `accepts` takes. */
  record({ names, values }: FlatObject, line: number): void {
    if (!sameNames(names, this.#names)) {
      this.#names = names;
      this.#reader = this.#readers.find((reader) => reader.accepts(names)) ?? null;
      this.#reader?.header(names, line);
    }
    this.#reader?.record(this.#record.fill(values, line));
  }
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
