import ipaddr from 'ipaddr.js';
import { MAX_PORT } from '../../model/port.js';
import { ByteInterner } from '../text/byte-interner.js';
import type { ParserContext } from '../parser.js';

const BLANK = 0x20;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const PERCENT = 0x25;
const COLON = 0x3a;
const STAR = 0x2a;
const ZERO = 0x30;
const NINE = 0x39;
const LONGEST_REMEMBERED = 64;
/** `https`, `ms-sql-s`, `3com-tsmux`. */
const PORT_NAME = /^(?:\d{1,3}(?=[\p{L}-])|\p{L})[\p{L}\d._+*/-]*$/u;

/** What a token is that should be an address and a port. */
export type EndpointReading = 'endpoint' | 'named-port' | 'any' | 'bad-address' | 'bad-port' | 'none';

interface Address {
  readonly text: string;
  readonly kind: 'number' | 'name' | 'bad';
}

/**
 * Reads `10.0.0.5:50123`, `[fe80::1%11]:445`, `RDSH01:epmap` and `*:*` from bytes. What was read stands in the fields until
 * the next call. Addresses are decoded once and kept by their bytes.
 */
export class EndpointReader {
  address = '';
  /** A computer's name stands for the address: netstat without `-n`. */
  addressIsName = false;
  /** Where the token ended. */
  end = 0;
  /** Only after 'endpoint'. */
  port = 0;
  /** Only after 'named-port'. */
  portName = '';
  /** The last address with its colon, as written. */
  readonly #last = new Uint8Array(LONGEST_REMEMBERED);
  #lastLength = 0;
  readonly #addresses: ByteInterner<Address>;
  readonly #decode: (bytes: Uint8Array) => string;

  constructor(context: Pick<ParserContext, 'decode'>) {
    this.#decode = (bytes) => context.decode(bytes);
    this.#addresses = new ByteInterner((bytes) => addressOf(this.#decode(bytes)));
  }

  /** Reads the token at `start`; `end` is the end of the line. One pass, since every row of a dump comes through here twice. */
  readEndpoint(bytes: Uint8Array, start: number, end: number): EndpointReading {
    return this.#sameAddress(bytes, start, end) ? 'endpoint' : this.#readParts(bytes, start, end);
  }

  /** The row above often has the same address: then only the port is new. */
  #sameAddress(bytes: Uint8Array, start: number, end: number): boolean {
    const last = this.#last;
    const length = this.#lastLength;
    if (length === 0 || start + length >= end) return false;
    for (let at = 0; at < length; at++) if (bytes[start + at] !== last[at]) return false;
    let port = 0;
    let at = start + length;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte < ZERO || byte > NINE) break;
      port = port * 10 + byte - ZERO;
    }
    if (at === start + length || port > MAX_PORT || (at < end && (bytes[at] ?? 0) > BLANK)) return false;
    this.port = port;
    this.end = at;
    return true;
  }

  #readParts(bytes: Uint8Array, start: number, end: number): EndpointReading {
    let colon = -1;
    this.#lastLength = 0;
    let port = 0;
    let portIsNumber = false;
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte <= BLANK) break;
      if (byte === COLON) {
        colon = at;
        port = 0;
        portIsNumber = true;
      } else if (byte < ZERO || byte > NINE) portIsNumber = false;
      else port = port * 10 + byte - ZERO;
    }
    this.end = at;
    if (colon <= start || colon + 1 >= at) return 'none';
    let addressEnd = colon;
    if (bytes[start] === BRACKET) {
      if (bytes[colon - 1] !== CLOSING_BRACKET) return 'none';
      addressEnd = zoneOrBracket(bytes, start, colon);
    }
    const address = this.#addresses.get(bytes, start, addressEnd);
    if (address.kind === 'bad') return 'bad-address';
    this.address = address.text;
    this.addressIsName = address.kind === 'name';
    if (colon - start < LONGEST_REMEMBERED) {
      for (let from = start; from <= colon; from++) this.#last[from - start] = bytes[from] ?? 0;
      this.#lastLength = colon - start + 1;
    }
    if (!portIsNumber) return this.#portName(bytes, colon + 1, at);
    if (port > MAX_PORT) return 'bad-port';
    this.port = port;
    return 'endpoint';
  }

  #portName(bytes: Uint8Array, start: number, end: number): EndpointReading {
    if (end === start + 1 && bytes[start] === STAR) return 'any';
    this.portName = this.#decode(bytes.subarray(start, end));
    return PORT_NAME.test(this.portName) ? 'named-port' : 'bad-port';
  }
}

function zoneOrBracket(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== PERCENT && bytes[at] !== CLOSING_BRACKET) at++;
  return at;
}

function addressOf(text: string): Address {
  if (text.startsWith('[')) {
    const bare = text.slice(1);
    return { text: bare, kind: ipaddr.IPv6.isValid(bare) ? 'number' : 'bad' };
  }
  // Without -n the first label of a reverse name is printed, and providers name hosts by the last number of their address.
  if (/^\d{1,63}$/.test(text)) return { text, kind: 'name' };
  if (/^[\d.]+$/.test(text)) {
    return { text, kind: ipaddr.IPv4.isValidFourPartDecimal(text) ? 'number' : 'bad' };
  }
  if (text === '*') return { text, kind: 'number' };
  return { text, kind: text.includes(':') ? 'bad' : 'name' };
}
