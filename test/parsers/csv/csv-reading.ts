import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import { decoderFor, detectEncoding, toAsciiCompatible } from '../../../src/capture/survey/encoding.js';
import { FORMAT_PARSERS } from '../../../src/parsers/formats.js';
import { TcpState } from '../../../src/model/connection.js';
import { formatEndpoint } from '../../../src/model/endpoint.js';
import type { ProcessRecord } from '../../../src/model/process.js';
import type { Stamp } from '../../../src/model/stamp.js';
import { eventInLine, headerInLine, wordsInLine } from '../event-log/event-in-line.js';
import type { ParserContext, RecordSink } from '../../../src/parsers/parser.js';

const STATE_NAMES = new Map<number, string>(Object.entries(TcpState).map(([name, state]) => [state, name]));

/** Everything a file told the sink, in the order of the file, in words short enough to compare whole. */
export interface Reading {
  readonly formats: readonly string[];
  readonly encoding: string;
  readonly dialects: string[];
  readonly snapshots: string[];
  /** `line state local > remote pid created`, the snapshot's index in front. */
  readonly rows: string[];
  readonly processes: ProcessRecord[];
  /** Only of a file that holds some. */
  events?: string[];
  /** `line code text`. */
  readonly problems: string[];
}

const decode = (bytes: Uint8Array, page: string): string => iconv.decode(Buffer.from(bytes), page);

/** `2026-03-02T10:15:00.000Z`, without Z for a wall clock, both readings where two are possible. */
export function stampText(stamp: Stamp | null): string {
  if (stamp === null) return 'undated';
  const iso = (ms: number): string => new Date(ms).toISOString().replace(/(\.000)?Z$/, '');
  if (stamp.kind === 'instant') return `${iso(stamp.epochMs)}Z`;
  return stamp.kind === 'local' ? iso(stamp.localMs) : `${iso(stamp.monthFirstMs)}|${iso(stamp.dayFirstMs)}`;
}

/** Reads a fixture the way the program does, in chunks of the given size from one reused buffer. */
export async function readFixture(path: string, chunkBytes = 65_536): Promise<Reading> {
  return readBytes(new Uint8Array(readFileSync(`fixtures/parsers/${path}`)), chunkBytes);
}

export async function readBytes(bytes: Uint8Array, chunkBytes = 65_536): Promise<Reading> {
  const encoding = detectEncoding(bytes, decode);
  const decodeField = decoderFor(encoding, decode);
  const plain: number[] = [];
  for await (const chunk of toAsciiCompatible(once(bytes), encoding)) for (const byte of chunk) plain.push(byte);
  const file = Uint8Array.from(plain);
  const head = { bytes: file.subarray(0, 65_536), text: decodeField(file.subarray(0, 65_536)) };
  const recognising = FORMAT_PARSERS.flatMap((parser) => {
    const format = parser.recognises(head);
    return format === null ? [] : [{ parser, format }];
  });
  const reading = emptyReading(
    recognising.map(({ format }) => format),
    encoding,
  );
  const [known] = recognising;
  const parsing = known?.parser.start(sinkInto(reading), contextFor(decodeField), known.format);
  const buffer = new Uint8Array(chunkBytes);
  for (let at = 0; at < file.length; at += chunkBytes) {
    const piece = file.subarray(at, at + chunkBytes);
    buffer.set(piece);
    parsing?.push(buffer.subarray(0, piece.length));
  }
  parsing?.end();
  return reading;
}

export function emptyReading(formats: readonly string[] = [], encoding = 'ascii'): Reading {
  return { formats, encoding, dialects: [], snapshots: [], rows: [], processes: [], problems: [] };
}

export function contextFor(decodeField: (bytes: Uint8Array) => string): ParserContext {
  return {
    decode: decodeField,
    indexOfByte: (bytes, byte, from) => bytes.indexOf(byte, from),
    indexOf: (bytes, needle, from) => nodePlatform.indexOf(bytes, needle, from),
  };
}

export function sinkInto(reading: Reading): RecordSink {
  const stamps: Stamp[] = [];
  return {
    describe: ({ dialect }) => {
      if (dialect !== undefined) reading.dialects.push(dialect);
    },
    snapshot: ({ stamp, host, cannotShow, line }) => {
      const at = stampText(stamp);
      reading.snapshots.push(
        `${String(line)} ${at} ${host ?? 'no host'}, cannot show ${cannotShow.join(' ') || 'nothing'}`,
      );
    },
    stamp: (stamp) => stamps.push(stamp) - 1,
    connection: (row) => {
      const state = row.unknownState ?? STATE_NAMES.get(row.state) ?? '?';
      const what = row.transport === 'udp' ? 'udp' : state;
      const local = formatEndpoint(row.localAddress, row.localPort);
      const remote = formatEndpoint(row.remoteAddress, row.remotePort);
      const created = row.created < 0 ? '' : ` ${stampText(stamps[row.created] ?? null)}`;
      const snapshot = String(reading.snapshots.length);
      reading.rows.push(
        `${snapshot}: ${String(row.line)} ${what} ${local} > ${remote} ${row.owner === '' ? String(row.pid) : row.owner}${created}`,
      );
    },
    eventHeader: (header) => void (reading.events ??= []).push(headerInLine(header)),
    event: (event) => void (reading.events ??= []).push(eventInLine(event)),
    eventInWords: (event) => void (reading.events ??= []).push(wordsInLine(event)),
    process: (record) => void reading.processes.push(record),
    setting: () => undefined,
    problem: (code, line, text) => void reading.problems.push(`${String(line)} ${code} ${text}`),
  };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
