import { MAX_PORT } from '../../model/port.js';
import type { ConsoleCommand } from './console-command.js';
import { NetshTitle, type NetshSubject } from './netsh-title.js';
import type { RecordSink } from '../parser.js';
import type { SectionReader } from './section-reader.js';

// Protocol tcp Port Exclusion Ranges
//
// Start Port    End Port
// ----------    --------
//       5357        5357
//      50000       50059     *
//
// * - Administered port exclusions.
const RULER = /^\s*-{4,}\s+-{4,}$/;
/** Behind a row stands at most what somebody wrote about it; a third number makes it a row of another table. */
const ROW = /^\s*(\d{1,9})\s+(\d{1,9})(?:\s+(\*))?(?:(?:\s+|(?<=\*))(?![-+.,:]*\d)\S.*)?$/;
const LEGEND = /^\s*\*\s*-/;

/** Reads `netsh int ipv4|ipv6 show excludedportrange tcp|udp` in any language. The second column is an end port, not a count. */
export class ExcludedPortRangeReader implements SectionReader {
  readonly #sink: RecordSink;
  readonly #title = new NetshTitle();
  #table: NetshSubject | null = null;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  readLine(text: string, line: number): boolean {
    if (RULER.test(text)) return this.#begin(text, line);
    if (this.#table !== null) {
      const row = ROW.exec(text);
      if (row !== null) {
        this.#row(this.#table, Number(row[1]), Number(row[2]), row[3] !== undefined, text, line);
        return true;
      }
      if (LEGEND.test(text)) return true;
      this.#table = null;
    }
    this.#title.note(text, line);
    return false;
  }

  leave(): void {
    this.#table = null;
    this.#title.forget();
  }

  command(command: ConsoleCommand): void {
    this.leave();
    this.#title.command(command);
  }

  #begin(text: string, line: number): boolean {
    this.#table = this.#title.subject(1, text, line);
    if (this.#table === null) return false;
    this.#title.used();
    this.#sink.setting({ kind: 'exclusions-listed', ...this.#table });
    return true;
  }

  #row(of: NetshSubject, start: number, end: number, administered: boolean, text: string, line: number): void {
    if (start > end || end > MAX_PORT) {
      this.#sink.problem('bad-number', line, text);
      return;
    }
    const { transport, family } = of;
    this.#sink.setting({ kind: 'exclusion', transport, family, start, end, administered, line, text: text.trim() });
  }
}
