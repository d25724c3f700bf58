import { TcpState, UNKNOWN, type ConnectionRow } from '../../model/connection.js';
import { ByteInterner } from '../text/byte-interner.js';
import { EndpointReader, type EndpointReading } from '../port-table/printed-endpoint.js';
import type { ParserContext } from '../parser.js';
import { servicePort } from '../port-table/service-port.js';
import { tcpState } from '../port-table/tcp-state.js';

//   TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1536
//   TCP    [fe80::1%11]:49712     [fe80::2%11]:445       ESTABLISHED     4
//   TCP    10.0.0.5:49712         files01:https          ESTABLISHED     InHost       (-t)
// TCP    10.0.0.5:58974         203.0.113.9:443        TIME_WAIT          0     115982  (-i: PID, milliseconds)
//   UDP    0.0.0.0:5353           *:*                                    3284
//   UDP    10.0.0.5:50462         203.0.113.9:443                        10624
const BLANK = 0x20;
const T = 0x54;
const C = 0x43;
const U = 0x55;
const D = 0x44;
const P = 0x50;
const ZERO = 0x30;
const NINE = 0x39;

/** `row`: see `NetstatRowReader.row`; `none`: no row at all; the rest: shaped like a row, but cannot be used. */
export type RowReading = 'row' | 'none' | 'bad-row' | 'bad-port' | 'bad-address';

/**
 * Reads one line of a port table by its tokens, never by columns or titles: those are translated, shifted and missing.
 * TCP and UDP are compared with their case: other systems' netstat prints them small.
 */
export class NetstatRowReader {
  readonly row: ConnectionRow = {
    transport: 'tcp',
    state: TcpState.None,
    unknownState: null,
    localAddress: '',
    localPort: 0,
    remoteAddress: '',
    remotePort: 0,
    pid: UNKNOWN,
    owner: '',
    ageMs: NaN,
    created: UNKNOWN,
    line: 0,
  };
  /** A port of the row is a service name without a known number. */
  unnumberedPort = false;
  /** Host names or service names were printed: netstat without `-n`. */
  named = false;
  /** The row ends in InHost or Offloaded (`-t`). */
  offload = false;
  /** The row begins with blanks, as netstat prints it. */
  indented = false;
  /** A lone number after the state is the time in state, not the PID (`-i` without `-o`). */
  loneNumberIsAge = false;
  readonly #local: EndpointReader;
  readonly #remote: EndpointReader;
  readonly #states: ByteInterner<{ readonly word: string; readonly state: TcpState | null }>;
  readonly #words: ByteInterner;
  #listenWordSeen = false;
  #number = 0;

  constructor(context: Pick<ParserContext, 'decode'>) {
    this.#local = new EndpointReader(context);
    this.#remote = new EndpointReader(context);
    this.#words = new ByteInterner((bytes) => context.decode(bytes), 1000);
    this.#states = new ByteInterner((bytes) => {
      const word = context.decode(bytes);
      return { word, state: tcpState(word) };
    }, 1000);
  }

  readRow(bytes: Uint8Array, start: number, end: number): RowReading {
    const first = skipBlanks(bytes, start, end);
    const tcp = bytes[first] === T && bytes[first + 1] === C;
    if (!tcp && !(bytes[first] === U && bytes[first + 1] === D)) return 'none';
    if (bytes[first + 2] !== P || first + 3 >= end || !isBlank(bytes[first + 3])) return 'none';
    const { row } = this;
    this.indented = first > start;
    this.unnumberedPort = false;
    this.named = false;
    this.offload = false;

    const local = skipBlanks(bytes, first + 3, end);
    const localReading = this.#local.readEndpoint(bytes, local, end);
    if (localReading === 'none') return 'none';
    const remote = skipBlanks(bytes, this.#local.end, end);
    if (localReading === 'bad-address' || localReading === 'bad-port') return localReading;
    row.localAddress = this.#local.address;
    row.localPort = this.#port(this.#local, localReading);
    const remoteReading = this.#remote.readEndpoint(bytes, remote, end);
    if (remoteReading === 'bad-address' || remoteReading === 'bad-port') return remoteReading;
    if (remoteReading === 'none') return 'bad-row';
    row.remotePort = this.#port(this.#remote, remoteReading);
    row.remoteAddress = remoteReading === 'any' && this.#remote.address === '*' ? '' : this.#remote.address;

    row.unknownState = null;
    row.pid = UNKNOWN;
    row.ageMs = NaN;
    const rest = skipBlanks(bytes, this.#remote.end, end);
    if (tcp) {
      row.transport = 'tcp';
      return this.#state(bytes, rest, end);
    }
    row.transport = 'udp';
    row.state = TcpState.None;
    if (this.#readNumber(bytes, rest, end) >= 0) row.pid = this.#number;
    return 'row';
  }

  #port(endpoint: EndpointReader, reading: EndpointReading): number {
    if (endpoint.addressIsName) this.named = true;
    if (reading === 'endpoint') return endpoint.port;
    if (reading !== 'named-port') return UNKNOWN;
    this.named = true;
    const port = servicePort(endpoint.portName);
    if (port === null) this.unnumberedPort = true;
    return port ?? UNKNOWN;
  }

  #state(bytes: Uint8Array, start: number, end: number): RowReading {
    if (start >= end || isDigit(bytes[start])) return 'bad-row';
    let wordEnd = skipToken(bytes, start, end);
    let known = this.#states.get(bytes, start, wordEnd);
    if (known.state === null) {
      wordEnd = stateWordsEnd(bytes, wordEnd, end);
      known = this.#states.get(bytes, start, wordEnd);
    }
    this.#trailer(bytes, skipBlanks(bytes, wordEnd, end), end);
    if (known.state !== null) {
      if (known.state === TcpState.Listen) this.#listenWordSeen = true;
      this.row.state = known.state;
    } else this.row.state = this.#unknownState(known.word);
    return 'row';
  }

  /**
   * Without the word: nothing at the other end is a listener, or, where the word for those has been seen, a bound socket;
   * PID 0 is TIME_WAIT. Everything else holds its port in a state nobody knows.
   */
  #unknownState(word: string): TcpState {
    const { row } = this;
    if (row.remotePort === 0 || row.remoteAddress === '') {
      return this.#listenWordSeen ? TcpState.Bound : TcpState.Listen;
    }
    if (row.pid === 0) return TcpState.TimeWait;
    row.unknownState = word;
    return TcpState.Other;
  }

  /** `1536`, `0     115982`, `1536   InHost`, `InHost`; any other text at the end of a row is let be. */
  #trailer(bytes: Uint8Array, start: number, end: number): void {
    let at = this.#readNumber(bytes, start, end);
    if (at < 0) {
      at = start;
    } else {
      const lone = this.#number;
      const after = this.#readNumber(bytes, skipBlanks(bytes, at, end), end);
      if (after >= 0) {
        this.row.pid = lone;
        this.row.ageMs = this.#number;
        at = after;
      } else if (this.loneNumberIsAge) this.row.ageMs = lone;
      else this.row.pid = lone;
    }
    const word = skipBlanks(bytes, at, end);
    if (word < end) {
      const text = this.#words.get(bytes, word, skipToken(bytes, word, end));
      this.offload = text === 'InHost' || text === 'Offloaded';
    }
  }

  /** Reads a token of digits into #number and returns its end, or -1 where it is not all digits. */
  #readNumber(bytes: Uint8Array, start: number, end: number): number {
    let value = 0;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + byte - ZERO;
    }
    if (at === start || (at < end && !isBlank(bytes[at]))) return -1;
    this.#number = value;
    return at;
  }
}

/** The end of a state of several words, which single blanks join: two blanks or a number end it. */
function stateWordsEnd(bytes: Uint8Array, firstEnd: number, end: number): number {
  let wordsEnd = firstEnd;
  while (wordsEnd + 1 < end && bytes[wordsEnd] === BLANK) {
    const next = bytes[wordsEnd + 1];
    if (isBlank(next) || isDigit(next)) break;
    wordsEnd = skipToken(bytes, wordsEnd + 1, end);
  }
  return wordsEnd;
}

function isBlank(byte: number | undefined): boolean {
  return byte !== undefined && byte <= BLANK;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] ?? 0) <= BLANK) at++;
  return at;
}

function skipToken(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] ?? 0) > BLANK) at++;
  return at;
}
