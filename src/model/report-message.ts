import type { Estimate } from './estimate.js';

/** What every part of the report is told with: messages, and the rows of evidence that show them. */

/** Times are ISO 8601 in UTC with `Z`. */
export type IsoTime = string;

/** A parameter of a message: plain data, so that any language can be made from it again. */
export type MessageParam = string | number | boolean | null | readonly string[] | Estimate;

export interface Message {
  id: string;
  params: Readonly<Record<string, MessageParam>>;
  /** The sentence it was saved with, in a report that was read back. */
  text?: string;
}

export interface Source {
  file: string;
  line: number | null;
  /** EventRecordID. */
  record: number | null;
  /** The raw text, cut at 200 characters. */
  row: string;
}

export interface Sourced {
  /** At most five, in file and line order. */
  sources: Source[];
  sourceCount: number;
}

export interface Evidence extends Sourced {
  message: Message;
}
