import { LineFramer } from '../text/lines.js';
import type { FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { RegistryKey } from '../records/registry-key.js';
import type { SectionReader } from './section-reader.js';

// Windows Registry Editor Version 5.00
//
// [HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters]
// "DataBasePath"=hex(2):25,00,53,00,79,00,73,00,74,00,65,00,6d,00,52,00,6f,00,6f,\
//   00,74,00,25,00,00,00
// "MaxUserPort"=dword:0000fffe ; hexadecimal, without 0x
const HEADER = /^(?:Windows Registry Editor Version \d|REGEDIT4\s*$)/;
const KEY = /^\[(-?)([^\]]+)\]$/;
const VALUE = /^(?:"((?:[^"\\]|\\.)*)"|@)\s*=\s*(.*)$/;
const DWORD = /^dword:\s*([0-9a-f]{1,8})\s*(?:;.*)?$/i;
const DWORD_BYTES = /^hex\(4\):([0-9a-f]{2}),([0-9a-f]{2}),([0-9a-f]{2}),([0-9a-f]{2})\s*$/i;
/** The number in `hex(2):` is the type as winnt.h counts them. */
const HEX_TYPES: ReadonlyMap<string, string> = new Map([
  ['2', 'REG_EXPAND_SZ'],
  ['7', 'REG_MULTI_SZ'],
  ['b', 'REG_QWORD'],
]);

/** Reads the lines of a .reg file, exported or written by hand, also where several stand one after another. */
export class RegExportReader implements SectionReader {
  readonly #sink: RecordSink;
  #inFile = false;
  #key: RegistryKey | null = null;
  #continued = false;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  readLine(text: string, line: number): boolean {
    if (HEADER.test(text)) {
      this.leave();
      this.#inFile = true;
      return true;
    }
    if (!this.#inFile) return false;
    if (this.#continued) {
      this.#continued = text.endsWith('\\');
      return true;
    }
    if (/^\s*;/.test(text)) return true;
    const [, deleted, key] = KEY.exec(text) ?? [];
    if (key !== undefined) {
      this.#key = deleted === '-' ? null : new RegistryKey(this.#sink, key, line, text);
      return true;
    }
    const value = VALUE.exec(text);
    if (value === null) return false;
    const [, name, data = ''] = value;
    this.#continued = /^hex/i.test(data) && data.endsWith('\\');
    if (name !== undefined && data !== '-') this.#value(name.replace(/\\(.)/g, '$1'), data, line, text);
    return true;
  }

  leave(): void {
    this.#inFile = false;
    this.#key = null;
    this.#continued = false;
  }

  command(): void {
    this.leave();
  }

  #value(name: string, data: string, line: number, text: string): void {
    this.#key?.addRegistryValue({ name, ...typedValue(data), line, text });
  }
}

function typedValue(data: string): { type: string; value: number | null } {
  const digits = DWORD.exec(data)?.[1];
  if (digits !== undefined) return { type: 'REG_DWORD', value: parseInt(digits, 16) };
  const bytes = DWORD_BYTES.exec(data);
  if (bytes !== null) return { type: 'REG_DWORD', value: parseInt(bytes.slice(1).reverse().join(''), 16) };
  if (/^(?:dword:|hex\(4\))/i.test(data)) return { type: 'REG_DWORD', value: NaN };
  const hexType = /^hex(?:\((\w+)\))?:/i.exec(data);
  if (hexType === null) return { type: 'REG_SZ', value: null };
  return { type: HEX_TYPES.get((hexType[1] ?? '').toLowerCase()) ?? 'REG_BINARY', value: null };
}

class RegExport implements Parsing {
  readonly #lines: LineFramer;

  constructor(sink: RecordSink, context: ParserContext) {
    const reader = new RegExportReader(sink);
    this.#lines = new LineFramer(context, {
      line: (bytes, start, end, line) => {
        const text = context.decode(bytes.subarray(start, end)).trim();
        if (HEADER.test(text)) sink.describe({ dialect: text.startsWith('REGEDIT4') ? 'REGEDIT4' : 'Version 5.00' });
        if (text === '' || text.startsWith(';')) return;
        if (!reader.readLine(text, line)) sink.problem('unread-line', line, text);
      },
      lineTooLong: (beginning, line) => {
        sink.problem('line-too-long', line, context.decode(beginning));
      },
    });
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
  }
}

/** A file that regedit or `reg export` wrote: its header stands before anything but comments. */
export const regExportParser: FormatParser = {
  formats: ['reg-export'],
  takes: 'text',
  recognises: ({ text }) => (isRegExport(text) ? 'reg-export' : null),
  start: (sink, context) => new RegExport(sink, context),
};

export function isRegExport(text: string): boolean {
  const first = text.split(/\r?\n/, 200).find((line) => line.trim() !== '' && !line.trimStart().startsWith(';'));
  return first !== undefined && HEADER.test(first.trim());
}
