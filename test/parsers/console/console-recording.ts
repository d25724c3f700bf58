import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { TcpState, type ConnectionRow } from '../../../src/model/connection.js';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import type { Format } from '../../../src/model/format.js';
import type { Stamp } from '../../../src/model/stamp.js';
import { consoleTextParser } from '../../../src/parsers/console/console-text.js';
import type { FormatParser, RecordSink } from '../../../src/parsers/parser.js';
import { eventInLine, headerInLine, wordsInLine } from '../event-log/event-in-line.js';
import { regExportParser } from '../../../src/parsers/console/reg-export.js';

const CONSOLE_PARSERS: readonly FormatParser[] = [regExportParser, consoleTextParser];

export const CONSOLE_FORMATS: readonly Format[] = CONSOLE_PARSERS.flatMap(({ formats }) => formats);

/** A fixture's bytes as a parser gets them: UTF-16 transcoded, no byte order mark. */
export function fixture(path: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(new URL(`../../../fixtures/parsers/${path}`, import.meta.url)));
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) return bytes;
  return new TextEncoder().encode(new TextDecoder('utf-16le').decode(bytes));
}

/** `cp850` in the name of a fixture is its code page. */
export function codePageOf(path: string): string {
  return path.includes('cp850') ? 'cp850' : 'utf8';
}

export function recognisedFormat(bytes: Uint8Array, codePage = 'utf8'): Format | null {
  const text = iconv.decode(Buffer.from(bytes), codePage);
  for (const parser of CONSOLE_PARSERS) {
    const format = parser.recognises({ bytes, text });
    if (format !== null) return format;
  }
  return null;
}

/** Every record as one line, in the order handed on: line number first. The buffer of each chunk is overwritten after use. */
export function readLines(
  format: Format,
  bytes: Uint8Array,
  { codePage = 'utf8', chunkBytes = bytes.length }: { codePage?: string; chunkBytes?: number } = {},
): string[] {
  const records: string[] = [];
  const context = {
    decode: (raw: Uint8Array): string => iconv.decode(Buffer.from(raw), codePage),
    indexOfByte: (haystack: Uint8Array, byte: number, from: number): number => haystack.indexOf(byte, from),
    indexOf: (): number => -1,
  };
  const parser = CONSOLE_PARSERS.find(({ formats }) => formats.includes(format));
  if (parser === undefined) throw new Error(`${format} is no format of console text`);
  const parsing = parser.start(recorder(records), context, format);
  const chunk = new Uint8Array(Math.max(chunkBytes, 1));
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const part = bytes.subarray(at, at + chunkBytes);
    chunk.set(part);
    parsing.push(chunk.subarray(0, part.length));
    chunk.fill(0x23);
  }
  parsing.end();
  return records;
}

export function readFixture(path: string): string[] {
  const bytes = fixture(path);
  const codePage = codePageOf(path);
  const format = recognisedFormat(bytes, codePage);
  return format === null ? [] : [format, ...readLines(format, bytes, { codePage })];
}

function recorder(records: string[]): RecordSink {
  return {
    describe: (what) => records.push(`is ${Object.values(what).join(' ')}`),
    snapshot: ({ line, stamp, host, cannotShow }) =>
      records.push(
        `${String(line)} snapshot ${stampText(stamp)}${host === null ? '' : ` of ${host}`} cannot show ${cannotShow.join(',')}`,
      ),
    stamp: () => 0,
    connection: (row) => records.push(rowText(row)),
    eventHeader: (header) => records.push(headerInLine(header)),
    event: (event) => records.push(eventInLine(event)),
    eventInWords: (event) => records.push(wordsInLine(event)),
    process: ({ line, pid, image, services, user }) =>
      records.push(
        `${String(line)} process ${String(pid)} ${image} [${services.join(',')}]${user === null ? '' : ` ${user}`}`,
      ),
    setting: ({ line, text, ...facts }) =>
      records.push(`${String(line)} ${Object.values(facts).map(String).join(' ')} «${text}»`),
    problem: (code, line, text) => records.push(`${String(line)} problem ${code} «${text.trim()}»`),
  };
}

function rowText(row: ConnectionRow): string {
  const state = Object.entries(TcpState).find(([, value]) => value === row.state)?.[0] ?? '?';
  const word = row.unknownState === null ? '' : ` "${row.unknownState}"`;
  const age = Number.isNaN(row.ageMs) ? '' : ` age ${String(row.ageMs)}`;
  const remote = row.remoteAddress === '' ? '*:*' : formatEndpoint(row.remoteAddress, row.remotePort);
  const ends = `${formatEndpoint(row.localAddress, row.localPort)} ${remote}`;
  return `${String(row.line)} ${row.transport} ${state}${word} ${ends} ${row.owner === '' ? `pid ${String(row.pid)}` : `of ${row.owner.replaceAll('\t', '+')}`}${age}`;
}

function stampText(stamp: Stamp | null): string {
  if (stamp === null) return 'undated';
  if (stamp.kind === 'instant') return new Date(stamp.epochMs).toISOString();
  const wall = (ms: number): string => new Date(ms).toISOString().slice(0, -1);
  return stamp.kind === 'local' ? wall(stamp.localMs) : `${wall(stamp.monthFirstMs)} or ${wall(stamp.dayFirstMs)}`;
}
