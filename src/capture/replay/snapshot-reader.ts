import { TcpState, type ConnectionRow, type Interner } from '../../model/connection.js';
import { ConnectionTable } from '../../model/connection-table.js';
import { UnreadableFileError, type Platform } from '../../model/input.js';
import { grouped } from '../../model/grouped.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { Stamp } from '../../model/stamp.js';
import { NO_HEADER, type RecordSink, type SnapshotHeader } from '../../parsers/parser.js';
import type { Capture, HostEvidence } from '../assemble/assemble.js';
import { isDated, stampOf, type PlannedSnapshot } from '../assemble/planned-snapshots.js';
import type { ClockReading } from '../clock/appended-order.js';
import { readingOf } from '../clock/host-clock.js';
import { parseFile } from '../survey/read-file.js';
import { readAgain } from '../survey/reading.js';
import { snapshotKey } from '../survey/snapshot-key.js';
import { MAX_SNAPSHOT_ROWS, type FileSurvey } from '../survey/survey-file.js';

/** Rows held at once for a file whose snapshots do not stand one after another in time order. */
const BATCH_ROWS = 500_000;

/**
 * Second pass: the snapshots of one host in time order, each with its rows. A file whose snapshots stand in time order is read
 * once, as far as needed; any other is read once per batch of 500,000 rows, so memory stays bounded whatever the order.
 */
export async function* readSnapshots(
  host: HostEvidence,
  capture: Capture,
  platform: Platform,
  addresses: Interner,
  onBytes: (file: string, bytes: number) => void,
): AsyncGenerator<Snapshot, void, void> {
  const wantedByFile = grouped(host.snapshots.map((planned) => [planned.file, planned] as const));
  const cursors = new Map<FileSurvey, FileCursor>();
  try {
    for (const planned of host.snapshots) {
      let cursor = cursors.get(planned.file);
      if (cursor === undefined) {
        const wanted = wantedByFile.get(planned.file) ?? [];
        cursor = new FileCursor(planned.file, wanted, host, capture, platform, addresses, onBytes);
        cursors.set(planned.file, cursor);
      }
      const rows = await cursor.take(planned);
      if (cursor.done) cursors.delete(planned.file);
      const missing = missingRows(planned, rows);
      // A table of which nothing could be read again is no table without a port in use.
      if (rows.length === 0) continue;
      yield {
        host: host.host,
        file: planned.file.file.path,
        line: planned.survey.line,
        // A modification time has put it in its place and says no more.
        atMs: isDated(planned) ? planned.atMs : null,
        clockErrorSeconds: planned.clockErrorSeconds,
        isDated: isDated(planned),
        cannotShow: missing > 0 ? withoutTail(planned.survey.cannotShow) : planned.survey.cannotShow,
        keeps: planned.survey.keeps,
        hasHeading: planned.survey.hasHeading,
        rows,
      };
    }
  } finally {
    for (const cursor of cursors.values()) await cursor.close();
  }
}

/** How many rows of a snapshot the survey saw and this reading did not; the file is noted as changed where nothing explains it. */
function missingRows({ file, survey }: PlannedSnapshot, rows: ConnectionTable): number {
  const missing = Math.min(survey.tcpRows + survey.udpRows, MAX_SNAPSHOT_ROWS) - rows.length;
  if (missing !== 0 && !file.problems.has('unreadable-again')) file.problems.addOnce('file-changed');
  return missing;
}

function withoutTail(cannotShow: Snapshot['cannotShow']): Snapshot['cannotShow'] {
  return cannotShow.includes('tail') ? cannotShow : [...cannotShow, 'tail'];
}

class FileCursor {
  readonly #file: FileSurvey;
  /** In the order in which they will be taken. */
  readonly #wanted: readonly PlannedSnapshot[];
  #taken = 0;
  readonly #host: HostEvidence;
  readonly #capture: Capture;
  readonly #platform: Platform;
  readonly #addresses: Interner;
  readonly #onBytes: (file: string, bytes: number) => void;
  readonly #inFileOrder: boolean;
  readonly #ready = new Map<string, ConnectionTable>();
  #sink: FoldSink | null = null;
  #parsing: AsyncGenerator<void, void, void> | null = null;
  /** ClockReading failed, or came to its end without what was wanted: to read once more would bring nothing. */
  #isOver = false;

  constructor(
    file: FileSurvey,
    wanted: readonly PlannedSnapshot[],
    host: HostEvidence,
    capture: Capture,
    platform: Platform,
    addresses: Interner,
    onBytes: (file: string, bytes: number) => void,
  ) {
    this.#file = file;
    this.#wanted = wanted;
    this.#host = host;
    this.#capture = capture;
    this.#platform = platform;
    this.#addresses = addresses;
    this.#onBytes = onBytes;
    this.#inFileOrder = wanted.every(
      ({ survey }, index) => survey.contiguous && survey.place > (wanted[index - 1]?.survey.place ?? -1),
    );
  }

  get done(): boolean {
    return this.#taken === this.#wanted.length;
  }

  async take(planned: PlannedSnapshot): Promise<ConnectionTable> {
    const key = planned.survey.key;
    while (!this.#ready.has(key) && !this.#isOver) {
      if (this.#parsing === null) this.#open();
      const isAtEnd = await this.#step();
      this.#sink?.moveCompleteTo(this.#ready);
      if (isAtEnd) {
        this.#sink?.moveAllTo(this.#ready);
        this.#parsing = null;
        if (!this.#ready.has(key)) this.#isOver = true;
      }
    }
    const rows = this.#ready.get(key) ?? new ConnectionTable(this.#addresses);
    this.#ready.delete(key);
    this.#taken += 1;
    if (this.done) await this.close();
    return rows;
  }

  async close(): Promise<void> {
    await this.#parsing?.return();
    this.#parsing = null;
  }

  /** One chunk further; true at the end, which may be where the file cannot be read on. */
  async #step(): Promise<boolean> {
    try {
      return (await this.#parsing?.next())?.done ?? true;
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      this.#isOver = true;
      return true;
    }
  }

  #open(): void {
    const { recognition } = this.#file;
    if (recognition.kind !== 'parser') return;
    this.#sink = new FoldSink(this.#batch(), this.#inFileOrder, this.#addresses, (stamp) => this.#read(stamp));
    const chunks = readAgain(this.#file, this.#platform, (bytes) => {
      this.#onBytes(this.#file.file.path, bytes);
    });
    this.#parsing = parseFile(chunks, recognition, this.#sink, this.#platform);
  }

  #read(stamp: Stamp): ClockReading | null {
    return readingOf(this.#host.clock, stamp, this.#capture.orderOf(this.#file));
  }

  /** True for a table taken before the clocks were set: its rows are told by that offset, too. */
  #isBefore({ survey, atMs }: PlannedSnapshot): boolean {
    const stamp = stampOf(this.#file, survey);
    return stamp !== null && this.#read(stamp)?.beforeMs === atMs;
  }

  /** The snapshots to keep rows of in this reading: all when they stream by in order, else as many as fit. */
  #batch(): Map<string, Taken> {
    const keys = new Map<string, Taken>();
    let rows = 0;
    for (let at = this.#taken; at < this.#wanted.length; at += 1) {
      const planned = this.#wanted[at];
      if (planned === undefined) break;
      const { survey } = planned;
      rows += survey.tcpRows + survey.udpRows;
      if (!this.#inFileOrder && keys.size > 0 && rows > BATCH_ROWS) break;
      keys.set(survey.key, { isBefore: this.#isBefore(planned) });
    }
    return keys;
  }
}

/** On which side of a change of the clocks a table was taken. */
interface Taken {
  readonly isBefore: boolean;
}

class FoldSink implements RecordSink {
  readonly #wanted: ReadonlyMap<string, Taken>;
  readonly #addresses: Interner;
  readonly #read: (stamp: Stamp) => ClockReading | null;
  readonly #streaming: boolean;
  readonly #open = new Map<string, ConnectionTable>();
  readonly #complete = new Map<string, ConnectionTable>();
  readonly #readings: (ClockReading | null)[] = [];
  #isBefore = false;
  #header: SnapshotHeader = NO_HEADER;
  #opened = 0;
  readonly #keys = new Set<string>();
  #currentKey: string | null = null;
  #current: ConnectionTable | null = null;

  constructor(
    wanted: ReadonlyMap<string, Taken>,
    streaming: boolean,
    addresses: Interner,
    read: (stamp: Stamp) => ClockReading | null,
  ) {
    this.#wanted = wanted;
    this.#streaming = streaming;
    this.#addresses = addresses;
    this.#read = read;
  }

  snapshot(header: SnapshotHeader): void {
    this.#header = header;
    this.#currentKey = null;
  }

  stamp(stamp: Stamp): number {
    return this.#readings.push(this.#read(stamp)) - 1;
  }

  connection(row: ConnectionRow): void {
    if (this.#currentKey === null) this.#begin();
    const table = this.#current;
    if (table === null || table.length >= MAX_SNAPSHOT_ROWS) return;
    const created = row.state === TcpState.TimeWait ? undefined : this.#readings[row.created];
    table.addRow(row, (this.#isBefore ? created?.beforeMs : created?.afterMs) ?? NaN);
  }

  describe(): void {
    // The first pass has noted it.
  }
  eventHeader(): void {
    // Events are read in the first pass.
  }
  event(): void {
    // Events are read in the first pass.
  }
  eventInWords(): void {
    // Events are read in the first pass.
  }
  process(): void {
    // Processes are read in the first pass.
  }
  setting(): void {
    // Settings are read in the first pass.
  }
  problem(): void {
    // The first pass has counted it.
  }

  /** Hands over the snapshots that no later row can belong to. */
  moveCompleteTo(ready: Map<string, ConnectionTable>): void {
    for (const [key, table] of this.#complete) ready.set(key, table);
    this.#complete.clear();
  }

  moveAllTo(ready: Map<string, ConnectionTable>): void {
    this.moveCompleteTo(ready);
    for (const [key, table] of this.#open) ready.set(key, table);
    this.#open.clear();
  }

  #begin(): void {
    const key = snapshotKey(this.#header, this.#opened);
    if (!this.#keys.has(key)) {
      this.#keys.add(key);
      this.#opened += 1;
    }
    if (this.#streaming) {
      for (const [openKey, table] of this.#open) if (openKey !== key) this.#complete.set(openKey, table);
      for (const openKey of this.#complete.keys()) this.#open.delete(openKey);
    }
    this.#currentKey = key;
    this.#current = null;
    const taken = this.#wanted.get(key);
    if (taken === undefined) return;
    this.#isBefore = taken.isBefore;
    const table = this.#open.get(key) ?? new ConnectionTable(this.#addresses);
    this.#open.set(key, table);
    this.#current = table;
  }
}
