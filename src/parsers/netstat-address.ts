import ipaddr from 'ipaddr.js';
import { ByteInterner } from './byte-interner.js';
import type { ParserContext } from './parser.js';

const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const PERCENT = 0x25;
const COLON = 0x3a;
const STAR = 0x2a;
const ZERO = 0x30;
const NINE = 0x39;
const MAX_PORT = 65_535;

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
  /** The computer's name stands for the address: netstat without `-n`. */
  addressIsName = false;
  /** Only after 'endpoint'. */
  port = 0;
  /** Only after 'named-port'. */
  portName = '';
  readonly #addresses: ByteInterner<Address>;
  readonly #decode: (bytes: Uint8Array) => string;

  constructor(context: Pick<ParserContext, 'decode'>) {
    this.#decode = (bytes) => context.decode(bytes);
    this.#addresses = new ByteInterner((bytes) => addressOf(this.#decode(bytes)));
  }

  read(bytes: Uint8Array, start: number, end: number): EndpointReading {
    const colon = this.#colon(bytes, start, end);
    if (colon < 0 || colon + 1 >= end) return 'none';
    const addressEnd = bytes[start] === BRACKET ? zoneOrBracket(bytes, start, colon) : colon;
    if (addressEnd === start) return 'none';
    const address = this.#addresses.get(bytes, start, addressEnd);
    if (address.kind === 'bad') return 'bad-address';
    this.address = address.text;
    this.addressIsName = address.kind === 'name';
    return this.#port(bytes, colon + 1, end);
  }

  /** The colon before the port: after the bracket, else the last one; -1 where there is none. */
  #colon(bytes: Uint8Array, start: number, end: number): number {
    let at = end - 1;
    while (at >= start && bytes[at] !== COLON) at--;
    if (bytes[start] === BRACKET && bytes[at - 1] !== CLOSING_BRACKET) return -1;
    return at < start ? -1 : at;
  }

  #port(bytes: Uint8Array, start: number, end: number): EndpointReading {
    let port = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte < ZERO || byte > NINE) return this.#name(bytes, start, end);
      port = port * 10 + byte - ZERO;
    }
    if (port > MAX_PORT) return 'bad-port';
    this.port = port;
    return 'endpoint';
  }

  #name(bytes: Uint8Array, start: number, end: number): EndpointReading {
    if (end === start + 1 && bytes[start] === STAR) return 'any';
    this.portName = this.#decode(bytes.subarray(start, end));
    return /^\p{L}[\p{L}\d._+*/-]*$/u.test(this.portName) || /^\d{1,3}[\p{L}-]/u.test(this.portName)
      ? 'named-port'
      : 'bad-port';
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
  if (/^[\d.]+$/.test(text)) {
    return { text, kind: ipaddr.IPv4.isValidFourPartDecimal(text) ? 'number' : 'bad' };
  }
  if (text === '*') return { text, kind: 'number' };
  return { text, kind: text.includes(':') ? 'bad' : 'name' };
}
