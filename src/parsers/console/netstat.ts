import { TcpState, UNKNOWN, type ConnectionRow } from '../../model/connection.js';
import type { Stamp } from '../../model/stamp.js';
import type { ConsoleCommand } from './console-command.js';
import { isNetstatTitle, netstatTitleLanguage } from './console-language.js';
import { FirstListener } from '../port-table/first-listener.js';
import { NetstatOwners } from './netstat-owners.js';
import { NetstatRowReader } from './netstat-row.js';
import type { ParserContext, RecordSink, SnapshotHeader } from '../parser.js';
import type { SectionReader } from './section-reader.js';

// Mon 03/02/2026 10:15:00.12
//
// Active Connections
//
//   Proto  Local Address          Foreign Address        State           PID
//   TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       980
//   RpcSs
//  [svchost.exe]
//
// Three or more headings set apart by two blanks, without a digit, in any language: the only line every dump repeats.
const HEADINGS = /^\s*\S+(?: \S+)*(?:\s{2,}\S+(?: \S+)*){2,}$/;
/** Protocol, at most both addresses, and no state. */
const BEGINNING_OF_ROW = /^\s*(?:TC?|UD?|(?:TCP|UDP)(?:\s+\S+){0,2}\s*)$/;

/**
 * Reads netstat dumps, one snapshot each. A dump begins after a time, a heading, a `netstat` command line or another tool's
 * output. `cannotShow` holds `bound` unless a command line with `-q` was seen, since the header is written before the rows:
 * whoever keeps the snapshot takes `bound` out again at the first row in state Bound.
 */
export class NetstatReader implements SectionReader {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  readonly #rows: NetstatRowReader;
  readonly #owners: NetstatOwners;
  readonly #firstListener = new FirstListener();
  #dumpIsNew = true;
  #host: string | null = null;
  #stamp: Stamp | null = null;
  #stampLine = 0;
  #stampIsWeak = false;
  #command: Extract<ConsoleCommand, { tool: 'netstat' }> | null = null;
  /** Of the command line above the next dump; what a dump after that is of, nobody says. */
  #keeps: SnapshotHeader['keeps'] = null;
  #hasHeading = false;
  /** Of the title of a dump that has no row yet. */
  #title: { readonly text: string; readonly line: number } | null = null;
  #language: string | null = null;
  #anyRow = false;
  /** The row above, where it has no PID. */
  #held: ConnectionRow | null = null;
  #dumpHasPids = false;
  readonly #seen = { all: false, names: false, pid: false, bound: false, age: false, offload: false };

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#rows = new NetstatRowReader(context);
    this.#owners = new NetstatOwners(sink);
  }

  /** The tables that follow are this machine's, unless they name one. */
  ofHost(host: string | null): void {
    this.#host = host;
  }

  /** The row below was printed by a search, or by something that numbers lines: of a search, nobody knows what did not match. */
  found(isFound: boolean): void {
    if (isFound && this.#dumpIsNew) this.#keeps ??= [];
  }

  /** Takes a line of bytes when it is shaped like a row, readable or not. */
  readRow(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const reading = this.#rows.readRow(bytes, start, end);
    if (reading === 'none') return false;
    this.#close();
    if (reading !== 'row') {
      this.#sink.problem(reading, line, this.#context.decode(bytes.subarray(start, end)));
      return true;
    }
    const { row } = this.#rows;
    row.line = line;
    if (this.#dumpIsNew) this.#firstListener.forget();
    if (this.#firstListener.comesAgain(row) || this.#dumpIsNew) this.#beginDump();
    this.#note();
    this.#owners.rowRead(row.pid, this.#rows.indented);
    if (this.#rows.unnumberedPort || row.unknownState !== null) {
      const text = this.#context.decode(bytes.subarray(start, end));
      if (row.unknownState !== null) this.#sink.problem('unknown-state', line, text);
      if (this.#rows.unnumberedPort) this.#sink.problem('remote-port-name', line, text);
    }
    // Whose it is may stand below it.
    if (row.pid === UNKNOWN) this.#held = { ...row };
    else this.#sink.connection(row);
    return true;
  }

  /**
   * Takes the last line of a file, without a line ending, where it is half a row: the dump breaks off here. Whatever lacks the PID
   * that the rows above have, or without PIDs a state that is known, is half a row.
   */
  readCut(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    if (this.#dumpIsNew) return false;
    const reading = this.#rows.readRow(bytes, start, end);
    const text = this.#context.decode(bytes.subarray(start, end));
    const isHalf = reading === 'row' ? !this.#isWhole() : BEGINNING_OF_ROW.test(text);
    if (!isHalf) return false;
    this.#close();
    this.#sink.problem('truncated-table', line, text);
    return true;
  }

  /** No line below belongs to the row above. */
  #close(): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null)
      this.#sink.connection({ ...held, owner: held.state === TcpState.TimeWait ? '' : this.#owners.owner });
    this.#owners.close();
  }

  #isWhole(): boolean {
    const { row } = this.#rows;
    if (row.pid !== UNKNOWN) return true;
    if (this.#dumpHasPids) return false;
    return row.unknownState === null && (row.state !== TcpState.Bound || this.#seen.bound);
  }

  /** Takes a line that says who owns the row above (`-b`). */
  readOwner(text: string, line: number): boolean {
    if (isHeadings(text) || !this.#owners.readOwner(text, line)) return false;
    if (this.#owners.owner !== '') this.#close();
    return true;
  }

  /** Takes a title or a heading. */
  readLine(text: string, line: number): boolean {
    const language = netstatTitleLanguage(text);
    if (language !== null && language !== this.#language) this.#sink.describe({ language });
    this.#language = language ?? this.#language;
    if (language === null && !isHeadings(text)) return this.#owners.readUnindented(text);
    this.#close();
    this.#dumpIsNew = true;
    this.#hasHeading = true;
    if (isNetstatTitle(text)) this.#title ??= { text, line };
    this.#rows.loneNumberIsAge = /\(ms\)/.test(text) && !/\bPID\b/.test(text);
    return true;
  }

  /** The dump that follows was taken at this time; null where the time cannot be read. */
  dated(stamp: Stamp | null, line: number): void {
    this.#close();
    this.#dumpIsNew = true;
    this.#stamp = stamp;
    this.#stampLine = line;
    this.#stampIsWeak = false;
  }

  /** A line names a time among other words: the time of the dump that follows unless something surer or nearer is found. */
  mentioned(stamp: Stamp, line: number): void {
    this.#close();
    this.#dumpIsNew = true;
    if (this.#stampLine > 0 && !this.#stampIsWeak) return;
    this.#stamp = stamp;
    this.#stampLine = line;
    this.#stampIsWeak = true;
  }

  /** Facts about something else followed the time (`System Boot Time: …`, `System Model: …`): it was not the dump's. */
  forgetMention(): void {
    if (!this.#stampIsWeak) return;
    this.#stamp = null;
    this.#stampLine = 0;
    this.#stampIsWeak = false;
  }

  blank(): void {
    this.#close();
  }

  leave(): void {
    this.#close();
    this.#dumpIsNew = true;
    this.#rows.loneNumberIsAge = false;
  }

  /** No row follows: another command was typed, or the text has ended. */
  #untitle(): void {
    if (this.#title !== null) this.#sink.problem('heading-only', this.#title.line, this.#title.text);
    this.#title = null;
  }

  end(): void {
    this.leave();
    this.#untitle();
  }

  command(command: ConsoleCommand): void {
    this.leave();
    this.#untitle();
    this.#hasHeading = false;
    this.#keeps = command.tool === 'netstat' ? command.keeps : null;
    if (command.tool === 'netstat') this.#command = command;
  }

  /** `-anoq` from what the rows show, null without a row. `-n` means that no name was printed. */
  dialect(): string | null {
    if (!this.#anyRow) return null;
    const { all, names, pid, bound, age, offload } = this.#seen;
    const letters = [all && 'a', !names && 'n', pid && 'o', bound && 'q', this.#owners.anySeen && 'b', age && 'i'];
    const switches = [...letters, offload && 't'].filter((letter) => letter !== false).join('');
    return switches === '' ? 'no switches' : `-${switches}`;
  }

  #beginDump(): void {
    const { row } = this.#rows;
    const dated = this.#stampLine > 0;
    this.#sink.snapshot({
      kind: 'dump',
      stamp: this.#stamp,
      // Without -n a listener's foreign address is printed as this computer's own name.
      host:
        row.remotePort === 0 && row.state === TcpState.Listen && isHostName(row.remoteAddress)
          ? row.remoteAddress
          : this.#host,
      cannotShow: this.#cannotShow(row.pid),
      keeps: this.#keeps,
      hasHeading: this.#hasHeading,
      line: dated ? this.#stampLine : row.line,
    });
    this.#dumpIsNew = false;
    this.#dumpHasPids = false;
    this.#keeps = null;
    this.#hasHeading = false;
    this.#title = null;
    this.#stamp = null;
    this.#stampLine = 0;
    this.#stampIsWeak = false;
  }

  #cannotShow(firstPid: number): SnapshotHeader['cannotShow'] {
    const command = this.#command;
    const hidden: SnapshotHeader['cannotShow'][number][] = [];
    if (command?.switches.includes('q') !== true) hidden.push('bound');
    if (command !== null && !/[aq]/.test(command.switches)) hidden.push('listening');
    if (firstPid === UNKNOWN) hidden.push('owner');
    if (command?.protocol === 'udp') hidden.push('tcp');
    if (command?.protocol === 'tcp') hidden.push('udp');
    return hidden;
  }

  #note(): void {
    const { row } = this.#rows;
    const seen = this.#seen;
    this.#anyRow = true;
    if (row.pid !== UNKNOWN) this.#dumpHasPids = true;
    if (row.transport === 'udp' || row.state === TcpState.Listen) seen.all = true;
    if (row.state === TcpState.Bound) seen.bound = true;
    if (row.pid !== UNKNOWN) seen.pid = true;
    if (row.ageMs >= 0) seen.age = true;
    if (this.#rows.named) seen.names = true;
    if (this.#rows.offload) seen.offload = true;
  }
}

function isHeadings(text: string): boolean {
  return text.trimStart().includes('  ') && !/\d/.test(text) && HEADINGS.test(text);
}

function isHostName(address: string): boolean {
  return /[^\d.:*]/.test(address) && !address.includes(':');
}
