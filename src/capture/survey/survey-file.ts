import { TcpState, UNKNOWN, type ConnectionRow } from '../../model/connection.js';
import type { Encoding } from '../../model/encodings.js';
import type { Format, ProblemCode } from '../../model/format.js';
import { UnreadableFileError, type EvidenceFile, type Platform } from '../../model/input.js';
import type { EventInWords, LogEvent } from '../../model/log-event.js';
import { isConnectionEvent, loggedConnection } from '../../model/logged-connection.js';
import type { ProcessRecord } from '../../model/process.js';
import type { SettingRecord } from '../../model/setting.js';
import { FILETIME_ZERO_MS, OLDEST_REAL_TIME_MS, type DateOrder, type Stamp } from '../../model/stamp.js';
import { NO_HEADER, type EventHeader, type RecordSink, type SnapshotHeader } from '../../parsers/parser.js';
import { ClientPorts } from './client-ports.js';
import type { EventMoment } from './event-groups.js';
import { EventMoments } from './event-moments.js';
import { EventsInWords, type WordedEvent } from './events-in-words.js';
import { LogCoverageTracker, type LogCoverage } from './log-coverage.js';
import { ProblemTally } from './problem-tally.js';
import { LoggedConnections } from './logged-connections.js';
import { parseFile, recognise, type Recognition } from './read-file.js';
import { FirstReading, type Surveyed } from './reading.js';
import { SeenProcesses, type SeenProcess } from './seen-processes.js';
import { snapshotKey } from './snapshot-key.js';
import { SnapshotSurvey } from './snapshot-survey.js';

/** 65,536 ports on each of a dozen addresses: more rows than any real port table has. Memory is bounded by it. */
export const MAX_SNAPSHOT_ROWS = 1_000_000;
const MAX_STAMP_SAMPLES = 500;
/** What is said of a line that was a row. */
const LOST_ROWS: readonly ProblemCode[] = [
  'bad-address',
  'bad-port',
  'bad-row',
  'wrong-field-count',
  'unclosed-quote',
  'line-too-long',
];

/** What the first pass learns of one file. Nothing in it grows with the number of rows or of ordinary events. */
export interface FileSurvey extends Surveyed {
  readonly recognition: Recognition;
  readonly format: Format;
  readonly dialect: string | null;
  readonly language: string | null;
  readonly records: number;
  readonly snapshots: readonly SnapshotSurvey[];
  readonly events: readonly EventMoment[];
  /** Of a text: their times are still to be placed. */
  readonly eventsInWords: readonly WordedEvent[];
  readonly coverage: readonly LogCoverage[];
  readonly processes: readonly SeenProcess[];
  readonly settings: readonly SettingRecord[];
  /** Standard UTC offsets in minutes as TimeWait rows' 1601 sentinel shows them. */
  readonly sentinelOffsets: ReadonlySet<number>;
  /** Undecided dates, for finding out whether day or month comes first. */
  readonly stampSamples: readonly Stamp[];
  /** The orders of day and month that dates with a day above 12 show. */
  readonly ordersShown: ReadonlySet<DateOrder>;
  /** Outgoing connections that the log names, by host text. */
  readonly loggedConnections: ReadonlyMap<string, LoggedConnections>;
  /** Local TCP ports seen listening, by host text. */
  readonly listeners: ReadonlyMap<string, ReadonlySet<number>>;
  /** Local TCP ports of connections to service ports, by host text. */
  readonly clientPorts: ReadonlyMap<string, ClientPorts>;
}

/** First pass over one file. Never throws for its content, nor for a file that cannot be read, or not to its end. */
export async function surveyFile(
  file: EvidenceFile,
  platform: Platform,
  onBytes: (bytes: number) => void,
  encoding: Encoding | null = null,
): Promise<FileSurvey> {
  const sink = new SurveySink(file.path);
  const reading = new FirstReading(file, platform);
  let recognition: Recognition = { kind: 'refused', code: 'unreadable-file', encoding: null };
  let brokeOff: string | null = null;
  try {
    recognition = await recognise(file, platform, undefined, encoding);
    if (recognition.kind === 'refused') sink.problem(recognition.code, 1, '');
    else if (recognition.others.length > 0) sink.problem('several-kinds', 1, recognition.others.join(', '));
    const chunks = reading.chunks(onBytes);
    const passing = recognition.kind === 'parser' ? parseFile(chunks, recognition, sink, platform) : chunks;
    while (!(await passing.next()).done);
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    brokeOff = error.message;
    if (reading.bytesRead === 0) recognition = { kind: 'refused', code: 'unreadable-file', encoding: null };
    sink.unread(reading.bytesRead === 0 ? 'unreadable-file' : 'partly-read', brokeOff);
  }
  if (brokeOff === null && reading.bytesRead < file.bytes) sink.unread('file-shrank', '');
  if (reading.hasGrown) sink.problem('file-grew', 1, '');
  return sink.finish(recognition, { file, sha256: reading.sha256(), bytesRead: reading.bytesRead, brokeOff });
}

class SurveySink implements RecordSink {
  readonly #problems: ProblemTally;
  readonly #events: EventMoments;
  readonly #eventsInWords = new EventsInWords();
  readonly #coverage = new LogCoverageTracker();
  readonly #snapshots = new Map<string, SnapshotSurvey>();
  readonly #processes = new SeenProcesses();
  readonly #settings: SettingRecord[] = [];
  readonly #sentinelOffsets = new Set<number>();
  readonly #stampSamples: Stamp[] = [];
  readonly #ordersShown = new Set<DateOrder>();
  readonly #listeners = new Map<string, Set<number>>();
  readonly #clientPorts = new Map<string, ClientPorts>();
  readonly #loggedConnections = new Map<string, LoggedConnections>();
  #dialect: string | null = null;
  #language: string | null = null;
  #records = 0;
  /** Creation times by number, of tables without a time of their own. */
  readonly #created: Stamp[] = [];
  #stamps = 0;
  #current: SnapshotSurvey | null = null;
  /** Of a snapshot of which no row could be read yet. */
  #lostRows = 0;
  #header: SnapshotHeader = NO_HEADER;

  constructor(path: string) {
    this.#problems = new ProblemTally(path);
    this.#events = new EventMoments(path);
  }

  describe(what: { dialect?: string; language?: string }): void {
    this.#dialect = what.dialect ?? this.#dialect;
    this.#language = what.language ?? this.#language;
  }

  snapshot(header: SnapshotHeader): void {
    this.#header = header;
    this.#current?.close();
    this.#current = null;
    this.#lostRows = 0;
    if (header.stamp !== null) this.#sample(header.stamp);
  }

  stamp(stamp: Stamp): number {
    this.#sample(stamp);
    if (stamp.kind === 'local' && stamp.localMs < OLDEST_REAL_TIME_MS) {
      const minutes = Math.round((stamp.localMs - FILETIME_ZERO_MS) / 60_000);
      if (Math.abs(minutes) <= 14 * 60) this.#sentinelOffsets.add(minutes);
    }
    // Of a table with a time of its own nobody asks when its sockets were created.
    if (this.#header.stamp === null) this.#created[this.#stamps] = stamp;
    this.#stamps += 1;
    return this.#stamps - 1;
  }

  connection(row: ConnectionRow): void {
    this.#records += 1;
    const snapshot = this.#current ?? this.#open();
    if (row.transport === 'udp') snapshot.udpRows += 1;
    else snapshot.tcpRows += 1;
    if (snapshot.tcpRows + snapshot.udpRows > MAX_SNAPSHOT_ROWS) {
      this.#problems.addProblem('snapshot-too-large', row.line, '');
      return;
    }
    snapshot.surveyRow(row, this.#created[row.created] ?? null);
    this.#clientPortsOf(this.#header.host ?? '').addRow(row);
    if (row.state === TcpState.Listen && row.transport === 'tcp') {
      const host = this.#header.host ?? '';
      let ports = this.#listeners.get(host);
      if (ports === undefined) {
        ports = new Set();
        this.#listeners.set(host, ports);
      }
      ports.add(row.localPort);
    }
  }

  #clientPortsOf(host: string): ClientPorts {
    let ports = this.#clientPorts.get(host);
    if (ports === undefined) {
      ports = new ClientPorts();
      this.#clientPorts.set(host, ports);
    }
    return ports;
  }

  eventHeader(header: EventHeader): void {
    this.#records += 1;
    this.#coverage.coverHeader(header);
  }

  event(event: LogEvent): void {
    if (isConnectionEvent(event.provider, event.id)) this.#logged(event);
    else this.#events.addEvent(event);
  }

  eventInWords(event: EventInWords): void {
    this.#records += 1;
    if (event.time.kind !== 'yearless') this.#sample(event.time);
    this.#eventsInWords.addEvent(event);
  }

  process(record: ProcessRecord): void {
    this.#records += 1;
    if (record.pid !== UNKNOWN && record.pid !== 0) this.#noteProcess(record, this.#header.host, this.#header.stamp);
  }

  #noteProcess(record: ProcessRecord, host: string | null, stamp: Stamp | null): void {
    if (record.startedAt !== null) this.#sample(record.startedAt);
    if (!this.#processes.add(record, host, stamp)) {
      this.#problems.addProblem('too-many-processes', record.line, record.image);
    }
  }

  setting(setting: SettingRecord): void {
    this.#records += 1;
    this.#settings.push(setting);
  }

  problem(code: Parameters<RecordSink['problem']>[0], line: number, text: string): void {
    this.#problems.addProblem(code, line, text);
    if (LOST_ROWS.includes(code)) this.#loseRow();
    if (code === 'truncated-table' && this.#current !== null) this.#current.breakOff();
  }

  #loseRow(): void {
    if (this.#current === null) this.#lostRows += 1;
    else this.#current.lostRows += 1;
  }

  /** The file was read to no end that it had when it was listed: the last port table may have had more rows. */
  unread(code: 'unreadable-file' | 'partly-read' | 'file-shrank', reason: string): void {
    this.problem(code, 1, reason);
    const last = this.#current;
    if (last !== null && !last.cannotShow.includes('tail')) this.problem('truncated-table', last.lastLine, '');
  }

  finish(recognition: Recognition, reading: Omit<Surveyed, 'problems'>): FileSurvey {
    this.#current?.close();
    if (this.#events.overflow + this.#eventsInWords.overflow > 0) this.#problems.addProblem('too-many-events', 1, '');
    return {
      ...reading,
      recognition,
      format: recognition.kind === 'parser' ? recognition.format : 'unrecognised',
      dialect: this.#dialect,
      language: this.#language,
      records: this.#records,
      problems: this.#problems,
      snapshots: [...this.#snapshots.values()],
      events: this.#events.list(),
      eventsInWords: this.#eventsInWords.list(),
      coverage: this.#coverage.list(),
      processes: this.#processes.list(),
      settings: this.#settings,
      sentinelOffsets: this.#sentinelOffsets,
      stampSamples: this.#stampSamples,
      ordersShown: this.#ordersShown,
      loggedConnections: this.#loggedConnections,
      listeners: this.#listeners,
      clientPorts: this.#clientPorts,
    };
  }

  #open(): SnapshotSurvey {
    const key = snapshotKey(this.#header, this.#snapshots.size);
    const known = this.#snapshots.get(key);
    if (known !== undefined) {
      known.contiguous = false;
      this.#current = known;
      return known;
    }
    const opened = new SnapshotSurvey(key, this.#snapshots.size, this.#header);
    opened.lostRows = this.#lostRows;
    this.#snapshots.set(key, opened);
    this.#current = opened;
    return opened;
  }

  /** The log names the process too: a list of processes is not needed for it. */
  #logged(event: LogEvent): void {
    const connection = loggedConnection(event);
    if (connection === null) return;
    const host = event.host ?? '';
    let connections = this.#loggedConnections.get(host);
    if (connections === undefined) {
      connections = new LoggedConnections();
      this.#loggedConnections.set(host, connections);
    }
    connections.addConnection(connection);
    const stamp: Stamp = { kind: 'instant', epochMs: event.atMs, offsetMinutes: null };
    const record = {
      pid: connection.pid,
      image: connection.image,
      services: [],
      user: null,
      commandLine: null,
      startedAt: null,
      line: connection.line,
    };
    this.#noteProcess(record, event.host, stamp);
  }

  #sample(stamp: Stamp): void {
    if (stamp.kind === 'local' && stamp.order !== undefined) this.#ordersShown.add(stamp.order);
    if (this.#stampSamples.length < MAX_STAMP_SAMPLES) this.#stampSamples.push(stamp);
  }
}
