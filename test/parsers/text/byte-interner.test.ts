import { describe, expect, it } from 'vitest';
import { ByteInterner } from '../../../src/parsers/text/byte-interner.js';

const encoder = new TextEncoder();
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function counting(limit?: number): { read: (text: string) => string; made: string[] } {
  const made: string[] = [];
  const interner = new ByteInterner((bytes) => {
    const text = latin1(bytes);
    made.push(text);
    return text;
  }, limit);
  return {
    made,
    read: (text) => {
      const bytes = encoder.encode(`<${text}>`);
      return interner.get(bytes, 1, bytes.length - 1);
    },
  };
}

describe('ByteInterner', () => {
  it('makes a value once however often its bytes come', () => {
    const { read, made } = counting();
    expect(['a', 'b', 'a', '', 'ab', '', 'b'].map(read)).toEqual(['a', 'b', 'a', '', 'ab', '', 'b']);
    expect(made).toEqual(['a', 'b', '', 'ab']);
  });

  it('keeps thousands of values apart while its tables grow', () => {
    const { read, made } = counting();
    const addresses = Array.from({ length: 20_000 }, (_, i) => `10.${String(i >> 8)}.${String(i & 255)}.7`);
    expect(addresses.map(read)).toEqual(addresses);
    expect(addresses.map(read)).toEqual(addresses);
    expect(made).toEqual(addresses);
  });

  it('starts afresh after its limit and still answers right', () => {
    const { read, made } = counting(2);
    expect(['a', 'b', 'c', 'a', 'c', 'a'].map(read)).toEqual(['a', 'b', 'c', 'a', 'c', 'a']);
    expect(made).toEqual(['a', 'b', 'c', 'a', 'c']);
  });

  it('keeps a value of 256 bytes but not one of 257', () => {
    const { read, made } = counting();
    const [kept, tooLong] = ['x'.repeat(256), 'x'.repeat(257)];
    expect([kept, kept, tooLong, tooLong].map(read)).toEqual([kept, kept, tooLong, tooLong]);
    expect(made).toEqual([kept, tooLong, tooLong]);
  });

  it('grows its bytes for many long values', () => {
    const { read, made } = counting();
    const long = Array.from({ length: 200 }, (_, i) => String(i).padStart(250, '0'));
    expect([...long, ...long].map(read)).toEqual([...long, ...long]);
    expect(made).toEqual(long);
  });
});
