import { eventRole } from '../../model/event-role.js';
import type { RecordSink } from '../parser.js';
import { EventWords, eventId, eventTime } from '../event-log/event-words.js';
import type { SectionReader } from './section-reader.js';

// Event Viewer, Copy as text, in the language of whoever looked:       wevtutil qe System /f:text:
//   Log Name:      System          Protokollname: System                Event[0]:            (Windows 11: no colon)
//   Source:        Tcpip           Quelle:        Tcpip                   Log Name: System
//   Date:          12/2/2013 11:52:26 AM   Datum: 02.12.2013 11:52:26     Source: Tcpip
//   Event ID:      4227            Ereignis-ID:   4227                    Date: 2013-12-02T11:52:26.611   (or …6110000Z)
//   Task Category: None            Aufgabenkategorie:Keine                Event ID: 4227
//   Level:         Warning         Ebene:         Warnung                 Task: N/A
//   Keywords:      Classic         …                                      Level, Opcode, Keyword, User, User Name: …
//   User:          N/A                                                    Computer: RDSH01
//   Computer:      RDSH01                                                 Description:
//   Description:                   Beschreibung:                        TCP/IP failed to …
//   TCP/IP failed to …
const LABELLED = /^\s*(\p{L}[^:：]{0,39}?)\s*[:：]\s*(.*)$/u;
const EVENT_OF_WEVTUTIL = /^\p{L}{2,20}\[\d+\]:?$/u;
/** Names of logs are the same in every language. */
const LOG_NAME = /^(?:System|Application|Security|Setup|ForwardedEvents|[\w-]+\/\w+)$/;
const ID = /^\d{1,5}$/;
/** Which of the values behind the id is the computer: the last of five in Event Viewer, of seven in wevtutil. */
const VALUES_TO_COMPUTER: readonly number[] = [5, 7];
/** Where lines were left out, only the word tells which is the computer. English and German share theirs. */
const COMPUTERS: readonly (readonly [word: RegExp, language: string | null])[] = [
  [/^computer/i, null],
  [/^ordinateur/i, 'fr'],
  [/^equipo/i, 'es'],
  [/^computador/i, 'pt'],
  [/^компьютер/iu, 'ru'],
  [/^(?:计算机|電腦)/u, 'zh'],
  [/^コンピュータ/u, 'ja'],
  [/^컴퓨터/u, 'ko'],
];
/** Forums set a blank line between any two. */
const FURTHEST_APART = 2;
const MOST_VALUES = 12;
const LONGEST_MESSAGE = 400;

interface Labelled {
  readonly label: string;
  readonly value: string;
  readonly text: string;
  readonly line: number;
}

/** An event whose id was read. */
interface OpenEvent {
  /** What stands above the id: log, source and date, as far as they were copied. */
  readonly above: readonly Labelled[];
  readonly id: number;
  readonly behind: Labelled[];
  message: string;
}

/** Reads events that Event Viewer copies as text, and what wevtutil prints as text: by the order and shape of lines, in any language. */
export class EventTextReader implements SectionReader {
  readonly #sink: RecordSink;
  readonly #words: EventWords;
  /** Lines with a label that follow one another. */
  #above: Labelled[] = [];
  /** Below `Event[0]:`. */
  #isNumbered = false;
  #open: OpenEvent | null = null;
  #isMessage = false;
  #lastLine = 0;
  #dialect = '';

  constructor(sink: RecordSink) {
    this.#sink = sink;
    this.#words = new EventWords(sink);
  }

  readLine(raw: string, line: number): boolean {
    // wevtutil ends some values with a NUL.
    const text = raw.replaceAll('\0', '').trimEnd();
    const linesOn = line - this.#lastLine;
    this.#lastLine = line;
    if (linesOn > FURTHEST_APART || (linesOn > 1 && this.#isMessage)) this.#forget();
    if (EVENT_OF_WEVTUTIL.test(text)) {
      this.#forget();
      this.#isNumbered = true;
      return true;
    }
    const [, label, value = ''] = LABELLED.exec(text) ?? [];
    if (label === undefined) return this.#readMessage(text);
    const labelled = { label, value, text, line };
    if (this.#isEventId(value)) {
      this.#begin(labelled);
      return true;
    }
    if (this.#open !== null && !this.#isMessage) {
      this.#readBehind(this.#open, labelled);
      return true;
    }
    const isBelowLog = this.#above.some((above) => LOG_NAME.test(above.value));
    this.#above = [...this.#above.slice(-2), labelled];
    return this.#isNumbered || isBelowLog || this.#readMessage(text);
  }

  /** Lines above an id may look like those of another reader. */
  leave(): void {
    this.#handOn();
    this.#isNumbered = false;
  }

  command(): void {
    this.#forget();
  }

  #forget(): void {
    this.leave();
    this.#above = [];
  }

  /** A number right below a source and a date, of a known log or a known event; wevtutil may have no date. */
  #isEventId(value: string): boolean {
    if (!ID.test(value) || (this.#open !== null && !this.#isMessage)) return false;
    const date = this.#above.at(-1);
    if (date === undefined || this.#above.length < 2) return false;
    if (this.#isNumbered) return true;
    const source = this.#above.at(-2)?.value ?? '';
    const isOfLog = this.#above.length > 2 && LOG_NAME.test(this.#above[0]?.value ?? '');
    return (isOfLog || eventRole(source, eventId(value)) !== null) && eventTime(date.value, false) !== null;
  }

  #begin(id: Labelled): void {
    const above = this.#above;
    const isNumbered = this.#isNumbered;
    this.#forget();
    this.#isNumbered = isNumbered;
    const dialect = isNumbered ? 'wevtutil /f:text' : 'Event Viewer';
    if (dialect !== this.#dialect) this.#sink.describe({ dialect });
    this.#dialect = dialect;
    this.#open = { above, id: eventId(id.value), behind: [], message: '' };
  }

  /** Up to the label of the description, which has nothing beside it. */
  #readBehind(open: OpenEvent, labelled: Labelled): void {
    const isNamed = open.behind.some((behind) => wordForComputer(behind) !== undefined);
    if (labelled.value === '' || isNamed || open.behind.length >= MOST_VALUES) {
      this.#isMessage = true;
      open.message = labelled.value;
    } else open.behind.push(labelled);
  }

  /** The first paragraph of the message belongs to the event; what follows it may be anything. */
  #readMessage(text: string): boolean {
    if (this.#open === null) return false;
    this.#isMessage = true;
    if (this.#open.message.length < LONGEST_MESSAGE) this.#open.message += ` ${text.trim()}`;
    return true;
  }

  #handOn(): void {
    const open = this.#open;
    this.#open = null;
    this.#isMessage = false;
    if (open === null) return;
    const language = open.behind.map((behind) => wordForComputer(behind)?.[1]).find((word) => typeof word === 'string');
    if (typeof language === 'string') this.#sink.describe({ language });
    const hasDate = eventTime(open.above.at(-1)?.value ?? '', false) !== null || open.above.length > 2;
    const [date, source, log] = hasDate ? open.above.toReversed() : [undefined, ...open.above.toReversed()];
    const first = log ?? source ?? date;
    this.#words.tell({
      provider: source?.value ?? '',
      id: open.id,
      time: date?.value ?? '',
      isUtc: false,
      host: computerIn(open.behind),
      channel: log?.value ?? '',
      recordId: '',
      message: open.message,
      line: first?.line ?? this.#lastLine,
      shown: `${open.above.map(({ text }) => text.trim()).join(' ')} ${String(open.id)} ${open.message}`,
    });
  }
}

function wordForComputer({ label }: Labelled): (typeof COMPUTERS)[number] | undefined {
  return COMPUTERS.find(([word]) => word.test(label));
}

function computerIn(behind: readonly Labelled[]): string {
  const named = behind.find((labelled) => wordForComputer(labelled) !== undefined);
  const isWhole = VALUES_TO_COMPUTER.includes(behind.length);
  return (named ?? (isWhole ? behind.at(-1) : undefined))?.value ?? '';
}
