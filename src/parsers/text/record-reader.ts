import type { FieldRecord } from './field-record.js';

/** What the fields of records mean, whatever layout (table, list, CSV, object) they were found in. */
export interface RecordReader {
  /** True for names of fields that this reader can do something with. */
  accepts(names: readonly string[]): boolean;
  /** The names of the fields of all records that follow, until the next call; where they stand. */
  header(names: readonly string[], line: number): void;
  /** `lineOf`: where a field stands, of layouts in which each has a line of its own. */
  record(record: FieldRecord, lineOf?: (field: number) => number): void;
  /** What stands above a table and is true of all its rows, as Format-Table -GroupBy writes it; false where it means nothing here. */
  heading?(name: string, value: string): boolean;
}
