import { assertNever } from '../../model/assert-never.js';
import type { SettingRecord } from '../../model/setting.js';
import { ConsoleReading } from './console-reading.js';
import { looksLikeForeignNetstat } from './netstat.js';
import { isRegExport } from './reg-export.js';
import type { FormatParser, RecordSink } from '../parser.js';

/** One row of netstat settles what a file is, so that most heads need not be read to their end. */
const STEP_BYTES = 4096;

type ConsoleFormat = 'netstat' | 'netsh-dynamicport' | 'netsh-excludedportrange' | 'reg-query' | 'tasklist';

/** What a file of console text counts as: netstat when it holds a single row of it, else what it holds first; null for a .reg file. */
function consoleFormat(head: { readonly text: string }): ConsoleFormat | null {
  if (isRegExport(head.text)) return null;
  const found: ConsoleFormat[] = [];
  const sink: RecordSink = {
    describe: () => undefined,
    snapshot: () => undefined,
    stamp: () => 0,
    connection: () => found.push('netstat'),
    eventHeader: () => undefined,
    event: () => undefined,
    process: () => found.push('tasklist'),
    setting: (setting) => found.push(formatOf(setting)),
    problem: () => undefined,
  };
  const decoder = new TextDecoder();
  const parsing = new ConsoleReading('netstat', sink, {
    decode: (bytes) => decoder.decode(bytes),
    indexOfByte: (bytes, byte, from) => bytes.indexOf(byte, from),
    indexOf: () => -1,
  });
  const bytes = new TextEncoder().encode(head.text);
  for (let at = 0; at < bytes.length && !found.includes('netstat'); at += STEP_BYTES) {
    parsing.push(bytes.subarray(at, at + STEP_BYTES));
  }
  parsing.end();
  return found.includes('netstat') ? 'netstat' : (found[0] ?? null);
}

function formatOf(setting: SettingRecord): ConsoleFormat {
  switch (setting.kind) {
    case 'dynamic-range':
    case 'connection-attempts':
      return 'netsh-dynamicport';
    case 'exclusions-listed':
    case 'exclusion':
      return 'netsh-excludedportrange';
    case 'registry-key':
    case 'registry-value':
      return 'reg-query';
    default:
      return assertNever(setting);
  }
}

/** All of these read every kind of console text; they differ in what they recognise, so that a file is called what it is. */
function consoleTextParser(format: ConsoleFormat): FormatParser {
  return {
    format,
    takes: 'text',
    snapshots: format === 'netstat' ? 'dump' : 'stamped-rows',
    recognises: (head) => consoleFormat(head) === format,
    start: (sink, context) => new ConsoleReading(format, sink, context),
  };
}

export const netstatParser: FormatParser = {
  ...consoleTextParser('netstat'),
  refuses: (text) => (looksLikeForeignNetstat(text) ? 'wrong-tool' : null),
};
export const netshDynamicPortParser = consoleTextParser('netsh-dynamicport');
export const netshExcludedPortRangeParser = consoleTextParser('netsh-excludedportrange');
export const regQueryParser = consoleTextParser('reg-query');
export const tasklistParser = consoleTextParser('tasklist');
