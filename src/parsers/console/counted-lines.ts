import type { RecordSink } from '../parser.js';
import type { ConsoleCommand } from './console-command.js';
import type { CountingCommand } from './counting-command.js';
import type { SectionReader } from './section-reader.js';

// C:\>netstat -ano | find /c "TIME_WAIT"             PS C:\> Get-NetTCPConnection -State Bound | Measure-Object
// 15683                                              Count    : 15683
//
// netstat -s                                         netsh int ipv4 show tcpstats
//   TCP Statistics for IPv4                            TCP Statistics
//     Active Opens                = 123456             ------------------------------------------------------
//     Current Connections         = 67                 Active Opens:                   123456
const NUMBER = /^\s*(?:Count\s*:\s*)?(\d{1,9})$/;
const STATISTICS = /statisti|estad.{1,3}stica|estat.{1,3}stica|статист|统计|統計|통계/iu;
const SUBJECT = /(?:^|[^a-z])(TCP|UDP|IP|ICMP)(?:v[46])?(?![a-z])/i;
const FAMILY = /IPv[46]/i;
const COUNTER = /^\s*(?:[-*•]\s+)?(\p{L}[^=:]*?)\s*[=:]\s*(\d{1,15})$/u;
const TEXT_COUNTER = /^\s*(?:[-*•]\s+)?\p{L}[^=:]*?\s*[=:]\s+\S/u;
/** No counter has a longer name; a pattern with two runs of anything must not meet a line of blanks. */
const LONGEST_COUNTED_LINE = 200;
const RULER = /^\s*-{3,}$/;

/** Reads counts that were printed instead of rows: how many lines a filter let through, and the statistics of TCP and UDP. */
export class CountedLinesReader implements SectionReader {
  readonly #sink: RecordSink;
  #command: CountingCommand | null = null;
  /** `TCP IPv4`, below the title of its statistics; '' below that of another protocol. */
  #subject: string | null = null;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  readLine(text: string, line: number): boolean {
    const count = this.#command === null ? undefined : NUMBER.exec(text)?.[1];
    if (count !== undefined) return this.#lines(Number(count), text, line);
    if (STATISTICS.test(text) && SUBJECT.test(text) && !/\d/.test(text.replace(/v[46]/gi, ''))) {
      this.#subject = subjectOf(text);
      return true;
    }
    if (text.length > LONGEST_COUNTED_LINE) this.#subject = null;
    return this.#subject !== null && this.#counter(this.#subject, text, line);
  }

  leave(): void {
    this.#subject = null;
  }

  command(command: ConsoleCommand): void {
    this.leave();
    this.#command = command.tool === 'count' && command.groupedBy.length === 0 ? command : null;
  }

  /** A command counts once. */
  #lines(count: number, text: string, line: number): boolean {
    const { state, sought } = this.#command ?? { state: null, sought: '' };
    this.#command = null;
    this.#sink.setting({
      kind: 'counted',
      of: 'rows',
      count,
      name: state ?? sought,
      state: null,
      line,
      text: text.trim(),
    });
    this.#sink.problem('counts-only', line, text);
    return true;
  }

  #counter(subject: string, text: string, line: number): boolean {
    const [, name, count] = COUNTER.exec(text) ?? [];
    if (name === undefined || count === undefined) {
      const isPart = RULER.test(text) || TEXT_COUNTER.test(text);
      if (!isPart) this.#subject = null;
      return isPart;
    }
    if (subject === '') return true;
    const facts = { count: Number(count), name: `${subject} ${name}`, state: null, line, text: text.trim() };
    this.#sink.setting({ kind: 'counted', of: 'counter', ...facts });
    this.#sink.problem('counts-only', line, text);
    return true;
  }
}

function subjectOf(title: string): string {
  const protocol = SUBJECT.exec(title.replace(FAMILY, ''))?.[1]?.toUpperCase();
  if (protocol !== 'TCP' && protocol !== 'UDP') return '';
  const family = FAMILY.exec(title)?.[0];
  return family === undefined ? protocol : `${protocol} IP${family.slice(2).toLowerCase()}`;
}
