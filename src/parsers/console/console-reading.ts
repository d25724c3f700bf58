import { ByteInterner } from '../text/byte-interner.js';
import { consoleCommand, type ConsoleCommand } from './console-command.js';
import type { ConsoleFormat } from './console-format.js';
import { NetTcpSettingReader } from './get-nettcpsetting.js';
import { CountedLinesReader } from './counted-lines.js';
import { LineFramer } from '../text/lines.js';
import { DynamicPortReader } from './netsh-dynamicport.js';
import { EventTextReader } from './event-text.js';
import { ExcludedPortRangeReader } from './netsh-excludedportrange.js';
import { NetstatReader } from './netstat.js';
import type { ParserContext, Parsing, RecordSink } from '../parser.js';
import { numberedRow } from './numbered-row.js';
import { PastedLine } from './pasted-line.js';
import { needsElevation } from './refusal.js';
import { RegExportReader } from './reg-export.js';
import { RegQueryReader } from './reg-query.js';
import { RecordSections } from './record-sections.js';
import type { SectionReader } from './section-reader.js';
import { findStamp, parseStamp } from '../text/parse-stamp.js';
import { SystemInfoReader } from './system-info.js';
import { TasklistReader } from './tasklist.js';
import { TranscriptHeader } from './transcript-header.js';
import { WrappedRows } from './wrapped-rows.js';

// C:\temp>echo %date% %time%
// Mon 03/02/2026 10:15:00.12
//
// C:\temp>netsh int ipv4 show dynamicport tcp
//
// Protocol tcp Dynamic Port Range
// ---------------------------------
// Start Port      : 49152
// Number of Ports : 16384
//
// C:\temp>netstat -anob
//
// Active Connections
// …
const LONGEST_KEPT_LINE = 80;
const LONGEST_DATE_LINE = 120;
/** A line that is a date and a time of day, whatever is wrong with them. */
const DATE_SHAPE = /^(?:\p{L}+[.,]* +)?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? +\d{1,2}:\d{2}\S*(?: \S{1,5})?$/u;
const DATE_ONLY = /^(?:\p{L}+[.,]* +)?\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?$/u;
const TIME_ONLY = /^\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: \S{1,5})?$/u;

/**
 * Text that console tools printed. Administrators append everything to one file, so one file may hold dumps of netstat, times,
 * outputs of netsh, reg and tasklist, prompts and prose, in any order and language: every line goes to the reader that knows
 * its shape.
 */
export class ConsoleReading implements Parsing {
  readonly #sink: RecordSink;
  readonly #decode: ParserContext['decode'];
  readonly #lines: LineFramer;
  readonly #netstat: NetstatReader;
  readonly #records: RecordSections;
  readonly #systemInfo: SystemInfoReader;
  readonly #events: EventTextReader;
  readonly #sections: readonly SectionReader[];
  readonly #texts: ByteInterner;
  readonly #pasted: PastedLine;
  readonly #wrapped: WrappedRows;
  readonly #transcript = new TranscriptHeader();
  /** The reader whose table the last line belonged to. */
  #open: SectionReader | null = null;
  /** Readers have seen text since the last row of netstat and may remember it. */
  #textBefore = false;
  /** `date /t` prints the day on one line, `time /t` the time on the next. */
  #day = '';
  /** The file has ended: a line that comes now has no line ending and may be cut. */
  #ended = false;

  /** `sinkOf`: where the records of each format go. */
  constructor(sinkOf: (format: ConsoleFormat) => RecordSink, context: ParserContext) {
    this.#sink = sinkOf('netstat');
    this.#decode = (bytes) => context.decode(bytes);
    this.#netstat = new NetstatReader(sinkOf('netstat'), context);
    this.#records = new RecordSections(sinkOf, context);
    this.#systemInfo = new SystemInfoReader(sinkOf('system-info'));
    this.#events = new EventTextReader(sinkOf('event-text'));
    this.#sections = [
      this.#events,
      new RegExportReader(sinkOf('reg-query')),
      new RegQueryReader(sinkOf('reg-query')),
      new TasklistReader(sinkOf('tasklist')),
      new CountedLinesReader(sinkOf('counts-text')),
      new ExcludedPortRangeReader(sinkOf('netsh-excludedportrange')),
      new DynamicPortReader(sinkOf('netsh-dynamicport')),
      new NetTcpSettingReader(sinkOf('netsh-dynamicport')),
      this.#systemInfo,
      this.#records,
    ];
    this.#texts = new ByteInterner((bytes) => context.decode(bytes), 4096);
    this.#pasted = new PastedLine(context);
    this.#wrapped = new WrappedRows((bytes, start, end, line) => {
      this.#bytes(bytes, start, end, line);
    });
    this.#lines = new LineFramer(context, {
      line: (bytes, start, end, line) => {
        this.#pasted.read(bytes, start, end);
        this.#wrapped.line(this.#pasted.bytes, this.#pasted.start, this.#pasted.end, line);
      },
      lineTooLong: (beginning, line) => {
        this.#sink.problem('line-too-long', line, context.decode(beginning));
      },
    });
  }

  push(chunk: Uint8Array): void {
    this.#pasted.expect(chunk);
    this.#lines.push(chunk);
  }

  end(): void {
    this.#ended = true;
    this.#lines.end();
    this.#wrapped.end();
    this.#netstat.end();
    for (const section of this.#sections) section.leave();
    const dialect = this.#netstat.dialect();
    if (dialect !== null) this.#sink.describe({ dialect });
  }

  #bytes(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.#ended && this.#netstat.readCut(bytes, start, end, line)) return;
    if (this.#readRow(bytes, start, end, line)) return;
    const short = end - start <= LONGEST_KEPT_LINE;
    const text = short ? this.#texts.get(bytes, start, end) : this.#decode(bytes.subarray(start, end));
    this.#wrapped.text(text, end - start, line);
    const row = numberedRow(text, bytes, start, end);
    if (row !== null) this.#netstat.found(row.isFound);
    if (row === null || !this.#readRow(bytes, row.start, end, line)) this.#line(text.trimEnd(), line);
  }

  #readRow(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    if (!this.#netstat.readRow(bytes, start, end, line)) return false;
    if (this.#textBefore) this.#leaveTables();
    return true;
  }

  #line(text: string, line: number): void {
    if (text === '') {
      this.#netstat.blank();
      return;
    }
    if (this.#transcript.readLine(text)) {
      this.#ofHost(this.#transcript.host);
      return;
    }
    if (this.#netstat.readOwner(text, line)) return;
    const command = consoleCommand(text);
    if (command !== null) {
      this.#command(command);
      return;
    }
    if (!this.#records.continues(line) && this.#dated(text, line)) return;
    this.#textBefore = true;
    if (this.#records.continues(line) && this.#records.readLine(text, line)) return;
    for (const section of this.#sections) {
      if (!section.readLine(text, line)) continue;
      // The date was that of the event, or of the start.
      if (section === this.#systemInfo || section === this.#events) this.#netstat.forgetMention();
      this.#enter(section);
      return;
    }
    if (this.#netstat.readLine(text, line)) return;
    this.#prose(text, line);
  }

  /** What no reader knows. Words alone are let be; with a number in it, it might have been evidence. */
  #prose(text: string, line: number): void {
    if (needsElevation(text)) {
      this.#sink.problem('needs-elevation', line, text);
      return;
    }
    const mayHoldTime = text.length <= LONGEST_DATE_LINE && /\d.*\d/.test(text);
    const stamp = mayHoldTime ? findStamp(text) : null;
    if (stamp !== null) this.#netstat.mentioned(stamp, line);
    else {
      if (text.includes(':')) this.#netstat.forgetMention();
      if (/\d/.test(text.replace(/ipv[46]/gi, ''))) this.#sink.problem('unread-line', line, text);
    }
  }

  #command(command: ConsoleCommand): void {
    this.#open = null;
    this.#netstat.command(command);
    for (const section of this.#sections) section.command(command);
  }

  #dated(text: string, line: number): boolean {
    if (text.length > LONGEST_DATE_LINE || !/\d/.test(text)) return false;
    const plain = text.replace(/^[\s=#*_>-]+|[\s=#*_<-]+$/g, '');
    const unlabelled = plain.replace(/^\p{L}[\p{L} ]{0,39}: +/u, '');
    const day = this.#day;
    this.#day = '';
    if (DATE_ONLY.test(unlabelled)) {
      this.#day = unlabelled;
      return true;
    }
    const whole = day !== '' && TIME_ONLY.test(unlabelled) ? `${day} ${unlabelled}` : plain;
    const stamp = parseStamp(whole);
    if (stamp === null && !DATE_SHAPE.test(whole)) return false;
    if (stamp === null) this.#sink.problem('bad-time', line, text);
    this.#netstat.dated(stamp, line);
    this.#records.dated(stamp);
    this.#leaveTables();
    return true;
  }

  #ofHost(host: string | null): void {
    this.#netstat.ofHost(host);
    this.#records.ofHost(host);
  }

  #enter(section: SectionReader): void {
    if (this.#open === section) return;
    this.#open = section;
    this.#netstat.leave();
    for (const other of this.#sections) if (other !== section) other.leave();
  }

  #leaveTables(): void {
    this.#open = null;
    this.#textBefore = false;
    for (const section of this.#sections) section.leave();
  }
}
