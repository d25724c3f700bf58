import { FEWEST_DYNAMIC_PORTS, isDynamicRange, isPort, LOWEST_DYNAMIC_START } from '../../model/port.js';
import type { ConsoleCommand } from './console-command.js';
import { NetshTitle, type NetshSubject } from './netsh-title.js';
import type { RecordSink } from '../parser.js';
import type { SectionReader } from './section-reader.js';

// Protocol tcp Dynamic Port Range            Plage de ports dynamique du protocole tcp
// ---------------------------------          ---------------------------------
// Start Port      : 49152                    Port de démarrage   : 49152
// Number of Ports : 16384                    Nombre de ports     : 16384
const NUMBERED = /^\s*\S[^:：]*[:：]\s*(\d{1,9})$/u;
/** `Minimum RTO (msec) : 300` under the ruler of `netsh int tcp show supplemental`: what has a unit is no port. */
const UNIT = /\([^)]*\)\s*[:：]/u;
const RULER = /^\s*-{3,}$/;

/** What a range was read of, until the line below it shows that the list ends there. */
interface Held {
  readonly subject: NetshSubject;
  readonly start: number;
  readonly count: number;
  readonly line: number;
  readonly text: string;
  readonly lastLine: number;
}

/** Reads `netsh int ipv4|ipv6 show dynamicport tcp|udp` in any language: two numbers after a title that names the protocol, and no third. */
export class DynamicPortReader implements SectionReader {
  readonly #sink: RecordSink;
  readonly #title = new NetshTitle();
  #ruled = false;
  #start: { readonly value: number; readonly text: string; readonly line: number } | null = null;
  #held: Held | null = null;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  readLine(text: string, line: number): boolean {
    const number = NUMBERED.exec(text)?.[1];
    this.#settle(number !== undefined && line === (this.#held?.lastLine ?? 0) + 1);
    if (number !== undefined) return this.#number(Number(number), text, line);
    this.#start = null;
    if (RULER.test(text)) {
      this.#ruled = this.#title.subject(0, text, line) !== null;
      return this.#ruled;
    }
    this.#ruled = false;
    this.#title.note(text, line);
    return false;
  }

  leave(): void {
    this.#settle(false);
    this.#start = null;
    this.#ruled = false;
    this.#title.forget();
  }

  command(command: ConsoleCommand): void {
    this.leave();
    this.#title.command(command);
  }

  #number(value: number, text: string, line: number): boolean {
    const subject = this.#title.subject(0, text, line);
    if (subject === null) return false;
    const start = this.#start;
    if (start === null) {
      if (value < LOWEST_DYNAMIC_START || UNIT.test(text) || (!this.#ruled && !isPort(value))) return this.#otherList();
      this.#start = { value, text, line };
      return true;
    }
    this.#start = null;
    const ruled = this.#ruled;
    if (UNIT.test(text) || (!ruled && value < FEWEST_DYNAMIC_PORTS)) return this.#otherList();
    this.#ruled = false;
    this.#title.used();
    const both = `${start.text.trim()}; ${text.trim()}`;
    this.#held = { subject, start: start.value, count: value, line: start.line, text: both, lastLine: line };
    return true;
  }

  /** The numbers below this title are others: two of them further down are no range either. */
  #otherList(): false {
    this.#ruled = false;
    this.#title.used();
    return false;
  }

  /** `goesOn`: a third number follows, as in `netsh int ipv4 show udpstats`; then none of them is a range. */
  #settle(goesOn: boolean): void {
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    const { subject, start, count, text } = held;
    if (goesOn) this.#sink.problem('unread-line', held.line, text);
    else if (!isDynamicRange({ start, count })) this.#sink.problem('bad-number', held.line, text);
    else {
      const { transport, family } = subject;
      const [origin, pool] = ['netsh', 'dynamic'] as const;
      this.#sink.setting({
        kind: 'dynamic-range',
        origin,
        transport,
        family,
        pool,
        start,
        count,
        line: held.line,
        text,
      });
    }
  }
}
