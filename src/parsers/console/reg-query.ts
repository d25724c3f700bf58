import type { RecordSink } from '../parser.js';
import { RegistryKey } from '../records/registry-key.js';
import type { SectionReader } from './section-reader.js';

// HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters
//     MaxUserPort    REG_DWORD    0xfffe
//     NV Hostname    REG_SZ    RDSH01
const KEY = /^\s*((?:HKEY_[A-Z_]+|HKLM)\\\S.*)$/i;
const TYPE = /\s(REG_[A-Z_]+)(?=\s|$)/;
const HEX = /^0x([0-9a-f]{1,8})$/i;

/** Reads `reg query` of Tcpip\Parameters. Dwords are printed in hexadecimal. */
export class RegQueryReader implements SectionReader {
  readonly #sink: RecordSink;
  #key: RegistryKey | null = null;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  readLine(text: string, line: number): boolean {
    const key = KEY.exec(text)?.[1];
    if (key !== undefined) {
      this.#key = new RegistryKey(this.#sink, key, line, text.trim());
      return true;
    }
    const found = this.#key !== null && /^\s/.test(text) ? TYPE.exec(text) : null;
    const name = found === null ? '' : text.slice(0, found.index).trim();
    if (found === null || name === '') {
      this.#key = null;
      return false;
    }
    const [match, type = ''] = found;
    const data = text.slice(found.index + match.length).trim();
    this.#key?.addRegistryValue({
      name,
      type,
      value: type === 'REG_DWORD' ? dword(data) : null,
      line,
      text: text.trim(),
    });
    return true;
  }

  leave(): void {
    this.#key = null;
  }

  command(): void {
    this.leave();
  }
}

function dword(data: string): number {
  const digits = HEX.exec(data)?.[1];
  return digits === undefined ? NaN : parseInt(digits, 16);
}
