import { CONSOLE_FORMATS, type ConsoleFormat } from './console-format.js';
import { ConsoleReading } from './console-reading.js';
import { refusal } from './refusal.js';
import { isRegExport } from './reg-export.js';
import type { FileHead, FormatParser, RecordSink } from '../parser.js';

/** One row of netstat settles what a file is, so that most heads need not be read to their end. */
const STEP_BYTES = 4096;

/** What decides by itself, whatever else a file holds. */
const DECISIVE: readonly ConsoleFormat[] = ['netstat', 'port-table-text', 'event-text'];

/** What a file of console text counts as: a port table when it holds a single row of one, else what it holds first; null for a .reg file. */
function consoleFormat(head: FileHead): ConsoleFormat | null {
  if (isRegExport(head.text)) return null;
  const found: ConsoleFormat[] = [];
  const decoder = new TextDecoder();
  const parsing = new ConsoleReading((format) => sinkThatCalls(() => found.push(format)), {
    decode: (bytes) => decoder.decode(bytes),
    indexOfByte: (bytes, byte, from) => bytes.indexOf(byte, from),
    indexOf: () => -1,
  });
  const bytes = new TextEncoder().encode(head.text);
  for (let at = 0; at < bytes.length && !found.includes('netstat'); at += STEP_BYTES) {
    parsing.push(bytes.subarray(at, at + STEP_BYTES));
  }
  parsing.end();
  const format = DECISIVE.find((decisive) => found.includes(decisive)) ?? found[0] ?? null;
  // A copy of Event Viewer may have the XML below the text, which tells more.
  return format === 'event-text' && /<Event[\s>]/.test(head.text) ? null : format;
}

/** Tells of every record that counts. */
function sinkThatCalls(onRecord: () => void): RecordSink {
  return {
    describe: () => undefined,
    snapshot: () => undefined,
    stamp: () => 0,
    connection: onRecord,
    eventHeader: onRecord,
    event: () => undefined,
    eventInWords: onRecord,
    process: onRecord,
    setting: onRecord,
    problem: () => undefined,
  };
}

/** Reads every kind of console text in one file; the file is called by what it holds most to the point. */
export const consoleTextParser: FormatParser = {
  formats: CONSOLE_FORMATS,
  takes: 'text',
  recognises: consoleFormat,
  refuses: refusal,
  start: (sink, context) => new ConsoleReading(() => sink, context),
};
