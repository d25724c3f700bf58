import { eventRole, ONSET_IDS } from '../../model/event-role.js';
import { isConnectionEvent } from '../../model/logged-connection.js';
import type { ProblemCode } from '../../model/format.js';
import type { LogEvent } from '../../model/log-event.js';
import { readPlainEventData, type PlainEventData } from './event-data.js';
import { EventFramer, type EventFrames } from './event-framer.js';
import { EventHeaderReader } from './event-header.js';
import { eventDialect } from './event-dialect.js';
import { EventClock } from './event-time.js';
import { hasDoctype, readEventTree, readWellFormedEvent, type EventTree } from './event-tree.js';
import type { EventHeader, FormatParser, ParserContext, Parsing, RecordSink } from '../parser.js';
import { isPortmortemReport } from '../text/portmortem-report.js';

// One event as `wevtutil qe System /f:xml` prints it, on one line, one after another without a root (folded here):
//
//   <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Tcpip'/>
//   <EventID Qualifiers='32768'>4227</EventID><Version>0</Version><Level>3</Level><Task>0</Task><Opcode>0</Opcode>
//   <Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='2026-03-02T09:40:12.6114771Z'/>
//   <EventRecordID>14996</EventRecordID><Correlation/><Execution ProcessID='4' ThreadID='212'/><Channel>System</Channel>
//   <Computer>RDSH01.contoso.example</Computer><Security/></System><EventData><Data></Data><Binary>0000…</Binary>
//   </EventData></Event>
//
// Event Viewer adds a declaration, <Events> and RenderingInfo; copies are pretty-printed with double quotes, the old viewer
// puts `- ` before lines; evtx_dump repeats `Record N` and a declaration before every event.

/** Where the dialect is looked for: the beginning of the file. */
const PREAMBLE_BYTES = 2048;
/** Enough for the 200 characters that are shown, white space folded. */
const SHOWN_EVENT_BYTES = 2048;
const SHOWN_CHARACTERS = 200;
const SYSTEM_END = '</System>';
const ROLES_KEPT_MAX = 65_536;

/** In a field of a CSV every quote is doubled. */
const IN_CSV = /<Event\s[^<>]*=""[^"]/;
/** A string of JSON: its quotes are escaped. */
const IN_JSON = /<Event\s[^<>]*\\"/;

/** Windows event logs exported as XML by any of the known tools, whole or as a paste. */
export const eventXmlParser: FormatParser = {
  formats: ['event-xml'],
  takes: 'text',
  recognises: ({ text }) =>
    /<Events?[\s>]/.test(text) && !IN_CSV.test(text) && !IN_JSON.test(text) && !isPortmortemReport(text)
      ? 'event-xml'
      : null,
  start: (sink, context) => new EventXmlParsing(sink, context),
};

class EventXmlParsing implements Parsing, EventFrames {
  readonly #sink: RecordSink;
  readonly #context: ParserContext;
  readonly #reader: EventHeaderReader;
  readonly #framer: EventFramer;
  readonly #clock = new EventClock();
  /** Whether an event matters, by provider and id: asked for every event, answered by a search. */
  readonly #matters = new Map<string, Map<number, boolean>>();
  #answers = 0;
  readonly #preamble = new Uint8Array(PREAMBLE_BYTES);
  #preambleLength = 0;
  #isDescribed = false;
  #language = '';

  constructor(sink: RecordSink, context: ParserContext) {
    this.#sink = sink;
    this.#context = context;
    this.#reader = new EventHeaderReader((bytes) => context.decode(bytes));
    this.#framer = new EventFramer(this, context);
  }

  push(chunk: Uint8Array): void {
    if (!this.#isDescribed && this.#preambleLength < PREAMBLE_BYTES) {
      const part = chunk.subarray(0, PREAMBLE_BYTES - this.#preambleLength);
      this.#preamble.set(part, this.#preambleLength);
      this.#preambleLength += part.length;
    }
    this.#framer.push(chunk);
  }

  end(): void {
    this.#framer.end();
  }

  head(bytes: Uint8Array, start: number, end: number): number {
    return this.#reader.readHeader(bytes, start, end);
  }

  problem(code: ProblemCode, bytes: Uint8Array, start: number, end: number, line: number): void {
    this.#sink.problem(code, line, this.#shown(bytes, start, end));
  }

  event(bytes: Uint8Array, start: number, end: number, line: number, hasHead: boolean): void {
    if (!this.#isDescribed) this.#describe(bytes, start, end);
    const { header } = this.#reader;
    header.line = line;
    if (!hasHead || header.provider === '' || header.id < 0 || Number.isNaN(header.atMs)) {
      this.#eventWithoutHead(bytes, start, end, line);
      return;
    }
    this.#sink.eventHeader(header);
    if (this.#isOfInterest(header)) this.#details(header, bytes, start, end);
  }

  /** Where its System block is whole, what happened, to whom and when is known; what it said is lost. */
  brokenOff(bytes: Uint8Array, start: number, end: number, line: number): void {
    const text = this.#context.decode(bytes.subarray(start, end));
    const systemEnd = text.indexOf(SYSTEM_END);
    const whole = systemEnd < 0 ? '' : `${text.slice(0, systemEnd + SYSTEM_END.length)}</Event>`;
    const tree = whole === '' || hasDoctype(whole) ? null : readEventTree(whole);
    const header = tree === null ? null : this.#headerOf(tree, line);
    if (header === null || Number.isNaN(header.atMs)) {
      this.problem('incomplete-event', bytes, start, end, line);
      return;
    }
    if (!this.#isDescribed) this.#describe(bytes, start, end);
    this.problem('broken-off-event', bytes, start, end, line);
    this.#sink.eventHeader(header);
    if (eventRole(header.provider, header.id) !== null) this.#sink.event(eventOf(header, [], text));
  }

  /** The byte reader could not make out what, who and when: the XML parser has the last word. */
  #eventWithoutHead(bytes: Uint8Array, start: number, end: number, line: number): void {
    const text = this.#context.decode(bytes.subarray(start, end));
    if (hasDoctype(text)) {
      this.problem('doctype-refused', bytes, start, end, line);
      return;
    }
    const tree = readEventTree(text);
    const header = tree === null ? null : this.#headerOf(tree, line);
    if (tree === null || header === null) {
      this.problem('unreadable-event', bytes, start, end, line);
      return;
    }
    this.#sink.eventHeader(header);
    if (Number.isNaN(header.atMs)) this.problem('bad-time', bytes, start, end, line);
    else if (this.#isOfInterest(header)) this.#details(header, bytes, start, end);
  }

  #headerOf(tree: EventTree, line: number): EventHeader | null {
    if (tree.provider === '' || !/^\d{1,10}$/.test(tree.eventId)) return null;
    const time = new TextEncoder().encode(tree.systemTime);
    return {
      provider: tree.provider,
      id: Number(tree.eventId) & 0xffff,
      atMs: this.#clock.readTime(time, 0, time.length),
      recordId: /^\d{1,15}$/.test(tree.recordId) ? Number(tree.recordId) : -1,
      host: tree.computer,
      channel: tree.channel,
      line,
    };
  }

  /** An onset stands by its header alone; any other event needs its data, so a broken one is a problem. */
  #details(header: EventHeader, bytes: Uint8Array, start: number, end: number): void {
    const text = this.#context.decode(bytes.subarray(start, end));
    const isRefused = hasDoctype(text);
    if (isRefused) this.problem('doctype-refused', bytes, start, end, header.line);
    const content = isRefused ? null : this.#content(text);
    if (
      content === null &&
      !(ONSET_IDS.includes(header.id) && eventRole(header.provider, header.id)?.role === 'onset')
    ) {
      if (!isRefused) this.problem('unreadable-event', bytes, start, end, header.line);
      return;
    }
    this.#tellLanguage(content?.culture ?? '');
    this.#sink.event(eventOf(header, content?.data ?? [], text));
  }

  #content(text: string): PlainEventData | null {
    const systemEnd = text.indexOf(SYSTEM_END);
    const plain = systemEnd < 0 ? null : readPlainEventData(text.slice(systemEnd + SYSTEM_END.length));
    return plain ?? readWellFormedEvent(text);
  }

  #isOfInterest({ provider, id }: EventHeader): boolean {
    let byId = this.#matters.get(provider);
    if (byId === undefined || this.#answers > ROLES_KEPT_MAX) {
      if (this.#answers > ROLES_KEPT_MAX) this.#matters.clear();
      this.#answers = 0;
      byId = new Map();
      this.#matters.set(provider, byId);
    }
    let answer = byId.get(id);
    if (answer === undefined) {
      answer = eventRole(provider, id) !== null || isConnectionEvent(provider, id);
      byId.set(id, answer);
      this.#answers++;
    }
    return answer;
  }

  #describe(bytes: Uint8Array, start: number, end: number): void {
    this.#isDescribed = true;
    const head = this.#context.decode(this.#preamble.subarray(0, this.#preambleLength));
    const at = head.search(/<Event[\s>]/);
    const event = this.#context.decode(bytes.subarray(start, Math.min(end, start + SHOWN_CHARACTERS)));
    const dialect = eventDialect(at < 0 ? head : head.slice(0, at), event);
    this.#sink.describe({ dialect });
  }

  #tellLanguage(culture: string): void {
    const language = /^[a-z]{2,3}(?=-|$)/i.exec(culture)?.[0].toLowerCase() ?? '';
    if (language === '' || language === this.#language) return;
    this.#language = language;
    this.#sink.describe({ language });
  }

  #shown(bytes: Uint8Array, start: number, end: number): string {
    return folded(this.#context.decode(bytes.subarray(start, Math.min(end, start + SHOWN_EVENT_BYTES))));
  }
}

function eventOf(header: EventHeader, data: LogEvent['data'], text: string): LogEvent {
  const { provider, id, atMs, line } = header;
  const recordId = header.recordId < 0 ? null : header.recordId;
  const [host, channel] = [header.host || null, header.channel || null];
  return { host, provider, id, atMs, recordId, channel, data, line, text: folded(text) };
}

function folded(text: string): string {
  const line = text.slice(0, SHOWN_EVENT_BYTES).replace(/\s+/g, ' ').trim();
  const cut = line.slice(0, SHOWN_CHARACTERS);
  // Never half of a character outside the basic plane.
  return line.length > cut.length ? cut.replace(/[\ud800-\udbff]$/, '') : cut;
}
