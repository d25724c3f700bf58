import {
  eventRole,
  KNOWN_EVENTS,
  TCP_PORT_SPACE_EXHAUSTED,
  TIME_WAIT_COLLISION,
  UDP_PORT_SPACE_EXHAUSTED,
} from '../../model/event-role.js';
import { DAY_MS } from '../../model/durations.js';
import type { EventTime } from '../../model/log-event.js';
import { isConnectionEvent } from '../../model/logged-connection.js';
import { cut } from '../../model/source-ref.js';
import type { RecordSink } from '../parser.js';
import { dayWithoutYear } from '../text/day-without-year.js';
import { parseStamp } from '../text/parse-stamp.js';

/** An event as a layout found it: texts, '' where it has none. */
export interface TextOfEvent {
  readonly provider: string;
  readonly id: number;
  readonly time: string;
  /** The tool writes UTC without a mark. */
  readonly isUtc: boolean;
  readonly host: string;
  readonly channel: string;
  readonly recordId: string;
  readonly message: string;
  readonly line: number;
  /** As the report quotes it. */
  readonly shown: string;
}

/** A time as ConvertTo-Json of Windows PowerShell writes it. */
const OF_JSON = /^\/Date\((\d{12,13})\)\/$/;
/** What a value ends with where a column was too narrow for it. */
const CUT_OFF = /(?:\.\.\.|…)$/;
/** What the message of an event is about in every language of Windows, for a text that names no provider. */
const SAID_BY_TCPIP: ReadonlyMap<number, RegExp> = new Map([
  [TIME_WAIT_COLLISION, /TCP\/IP/],
  [TCP_PORT_SPACE_EXHAUSTED, /TCP/],
  [UDP_PORT_SPACE_EXHAUSTED, /UDP/],
]);
/** The uptime in seconds is the only number in the message of EventLog 6013. */
const UPTIME_ID = 6013;

/** Hands events of texts to the sink: as the log has them where nothing is lost, else in words. */
export class EventWords {
  readonly #sink: RecordSink;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  tell(text: TextOfEvent): void {
    const { line, channel, id } = text;
    const time = eventTime(text.time, text.isUtc);
    if (time === null) {
      this.#sink.problem('bad-time', line, text.shown);
      return;
    }
    const provider = providerOf(text);
    const record = ungrouped(text.recordId);
    const recordId = /^\d{1,15}$/.test(record) ? Number(record) : null;
    const host = hostName(text.host);
    const data = dataOf(provider, text);
    const event = { host, provider, id, recordId, channel: channel || null, data, line, text: folded(text.shown) };
    if (time.kind !== 'instant' || recordId === null || channel === '') {
      this.#sink.eventInWords({ ...event, time, precisionSeconds: precisionOf(text.time) });
      return;
    }
    const atMs = time.epochMs;
    this.#sink.eventHeader({ provider, id, atMs, recordId, host: host ?? '', channel, line });
    if (eventRole(provider, id) !== null || isConnectionEvent(provider, id)) this.#sink.event({ ...event, atMs });
  }
}

/** True for a provider that is known to write this event. */
export function isKnownEvent(provider: string, id: number): boolean {
  const known = eventRole(provider, id);
  return known !== null && known.role !== 'look-alike';
}

/** `4227`, `4,227`, or the whole code 2147487875 that carries it; -1 for anything else. */
export function eventId(text: string): number {
  const whole = ungrouped(text);
  return /^\d{1,10}$/.test(whole) ? Number(whole) & 0xffff : -1;
}

/** Kibana groups the digits of ids. */
function ungrouped(text: string): string {
  return /^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, '') : text;
}

/** The time that a text gives an event; null where it can be read as none. */
export function eventTime(text: string, isUtc: boolean): EventTime | null {
  // A list wraps between the day and the time, Kibana sets `@` between them, Azure Monitor a comma.
  const plain = text.replace(/ @ |(?<=\d{4}),(?= )/, ' ').replace(/(?<=[-/.]\d{4})(?=\d{1,2}:)/, ' ');
  const epoch = OF_JSON.exec(plain)?.[1];
  if (epoch !== undefined) return { kind: 'instant', epochMs: Number(epoch), offsetMinutes: null };
  const stamp = parseStamp(plain);
  if (stamp === null) return dayWithoutYear(plain);
  return isUtc && stamp.kind === 'local' ? { kind: 'instant', epochMs: stamp.localMs, offsetMinutes: null } : stamp;
}

/** In seconds; of a time that a narrow column cut off only the day is left. */
function precisionOf(text: string): number {
  if (/\d[:.h_-]\d\d[:._-]\d\d|\d{14}|T\d{6}|^\/Date/.test(text)) return 1;
  return CUT_OFF.test(text) ? DAY_MS / 1000 : 60;
}

function providerOf({ provider, id, message }: TextOfEvent): string {
  if (CUT_OFF.test(provider)) {
    const start = provider.replace(CUT_OFF, '').toLowerCase();
    const whole = KNOWN_EVENTS.find(
      (known) => known.ids.includes(id) && known.provider.toLowerCase().startsWith(start),
    );
    return whole?.provider ?? provider;
  }
  return provider === '' && SAID_BY_TCPIP.get(id)?.test(message) === true ? 'Tcpip' : provider;
}

function dataOf(provider: string, { id, message }: TextOfEvent): { name: null; value: string }[] {
  const isUptime = id === UPTIME_ID && provider.toLowerCase() === 'eventlog';
  const seconds = isUptime ? /\d{1,10}/.exec(message)?.[0] : undefined;
  return seconds === undefined ? [] : [{ name: null, value: seconds }];
}

function hostName(text: string): string | null {
  const isName = /^[\p{L}\d_-][\p{L}\d_.-]{0,254}$/u.test(text) && text.toLowerCase() !== 'localhost';
  return isName ? text : null;
}

function folded(text: string): string {
  return cut(text.replace(/\s+/g, ' ').trim());
}
