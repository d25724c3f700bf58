import type { ParserContext } from '../parser.js';

const BLANK = 0x20;

/** One record: field i is bytes[starts[i], ends[i]), unquoted. The object and its arrays are reused: copy what you keep. */
export interface FieldRecord {
  bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  count: number;
  /** 1-based line of the record's first character. */
  line: number;
}

/** The bytes of a field; none for column -1. Valid as long as the record. */
export function cell(record: FieldRecord, column: number): Uint8Array {
  return column < 0 ? new Uint8Array(0) : record.bytes.subarray(record.starts[column], record.ends[column]);
}

/** The digits of a field as a number, or -1 where it is empty, holds anything else, or is longer than ten digits. */
export function digits(record: FieldRecord, column: number): number {
  if (column < 0) return -1;
  let start = record.starts[column] ?? 0;
  let end = record.ends[column] ?? 0;
  while (start < end && record.bytes[start] === BLANK) start++;
  while (start < end && record.bytes[end - 1] === BLANK) end--;
  if (end === start || end - start > 10) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (record.bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** A field as text without blanks around it; empty for column -1. */
export function fieldText(record: FieldRecord, column: number, context: ParserContext): string {
  return context.decode(cell(record, column)).trim();
}

/** All fields as texts without blanks around them. */
export function fieldsOf(record: FieldRecord, context: ParserContext): string[] {
  return Array.from({ length: record.count }, (_, index) => fieldText(record, index, context));
}
