import type { ConnectionRow, TcpState } from '../model/connection.js';
import type { Format, ProblemCode } from '../model/format.js';
import type { EventInWords, LogEvent } from '../model/log-event.js';
import type { ProcessRecord } from '../model/process.js';
import type { SettingRecord } from '../model/setting.js';
import type { Stamp } from '../model/stamp.js';

/** How snapshots are set apart: a dump is one for itself, rows with one time and host are one wherever they stand. */
export type SnapshotKind = 'dump' | 'stamped-rows';

/** What begins where a dump, or a run of rows with one Timestamp and HostName, begins. */
export interface SnapshotHeader {
  readonly kind: SnapshotKind;
  readonly stamp: Stamp | null;
  /** As written in the file; null where the file names no host. */
  readonly host: string | null;
  /**
   * What this dump cannot show whatever the host does: `netstat -ano` lists no Bound sockets, `netstat` without `-a` no
   * listeners.
   */
  readonly cannotShow: readonly ('bound' | 'listening' | 'owner' | 'tcp' | 'udp')[];
  /** Where the command line above it filters: the states of which every row came through, `None` for UDP; else null. */
  readonly keeps: readonly TcpState[] | null;
  /** The title or headings that the tool prints stand above its rows. */
  readonly hasHeading: boolean;
  readonly line: number;
}

/** What rows belong to before any snapshot has begun. */
export const NO_HEADER: SnapshotHeader = {
  kind: 'dump',
  stamp: null,
  host: null,
  cannotShow: [],
  keeps: null,
  hasHeading: false,
  line: 1,
};

/** The header fields of any event, interesting or not. The object is reused: copy what you keep. */
export interface EventHeader {
  provider: string;
  id: number;
  /** UTC milliseconds, NaN where unreadable. */
  atMs: number;
  recordId: number;
  /** Computer, empty where absent. */
  host: string;
  channel: string;
  line: number;
}

/**
 * Where a parser puts what it reads, in file order. A parser never throws for bad content: it calls `problem` with the
 * 1-based line and the text (the sink cuts it) and goes on with the next record.
 */
export interface RecordSink {
  /** What the file is, once the parser knows (`-ano`, `wevtutil`, `Export-Csv ;`; a language as ISO 639-1). May be called again. */
  describe(what: { dialect?: string; language?: string }): void;
  /** Connection rows that follow belong to this snapshot, until the next call. Rows before the first call get an undated one. */
  snapshot(header: SnapshotHeader): void;
  /** Numbers a stamp, so that a row can refer to it. */
  stamp(stamp: Stamp): number;
  connection(row: ConnectionRow): void;
  /** Every event, for coverage and counting; `event` follows for those that `eventRole` or `isConnectionEvent` knows. */
  eventHeader(header: EventHeader): void;
  event(event: LogEvent): void;
  /** An event of a text that numbers no records, or whose times have no zone; every one, and it covers nothing. */
  eventInWords(event: EventInWords): void;
  process(process: ProcessRecord): void;
  setting(setting: SettingRecord): void;
  problem(code: ProblemCode, line: number, text: string): void;
}

/** A parser at work on one file. Chunks of text are ASCII-compatible bytes (UTF-16 has been transcoded, a BOM removed). */
export interface Parsing {
  /** The chunk may be reused by the caller after the call returns. */
  push(chunk: Uint8Array): void;
  end(): void;
}

/** The first bytes of a file. */
export interface FileHead {
  readonly bytes: Uint8Array;
  readonly text: string;
}

export interface ParserContext {
  /** Decodes bytes in the file's encoding. */
  decode(bytes: Uint8Array): string;
  indexOfByte(bytes: Uint8Array, byte: number, from: number): number;
  indexOf(bytes: Uint8Array, needle: Uint8Array, from: number): number;
}

/** What reads one format, or several that stand in one kind of file: one file in a folder below this one, one line in `formats.ts`. */
export interface FormatParser {
  readonly formats: readonly Format[];
  /** What its parsing is given: text in ASCII-compatible bytes, or the bytes of a binary format as they stand in the file. */
  readonly takes: 'text' | 'bytes';
  /**
   * Which of its formats the first bytes of a file are (`text` is their decoding, '' of bytes), or null. Never looks at a name.
   * Asked again with more bytes where no parser knows the first.
   */
  recognises(head: FileHead): Format | null;
  /** Why a text that no parser recognises cannot be read, where it is what another tool makes of this format. */
  refuses?(text: string): ProblemCode | null;
  start(sink: RecordSink, context: ParserContext, format: Format): Parsing;
}
