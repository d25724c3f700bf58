import { describe, expect, it } from 'vitest';
import { parseEncoding, parseHeadroom, parseRange, parseTimeWait } from '../../src/cli/option-values.js';

describe('--range', () => {
  it.each([
    ['49152:16384', { start: 49152, count: 16384 }],
    ['1025:64511', { start: 1025, count: 64511 }],
    ['1:65535', { start: 1, count: 65535 }],
    ['10000:255', { start: 10000, count: 255 }],
  ])('reads %s', (value, range) => {
    expect(parseRange(value)).toEqual(range);
  });

  it.each([
    ['49152', 'not START:COUNT; write for example 49152:16384, as netsh shows it'],
    ['49152-65535', 'not START:COUNT; write for example 49152:16384, as netsh shows it'],
    ['0:16384', 'a range starts at a port from 1 to 65535; check the start port'],
    ['65536:1', 'a range starts at a port from 1 to 65535; check the start port'],
    ['10000:254', 'Windows allows no range of fewer than 255 ports; check the count'],
    [
      '49152:65535',
      'the range would end at 114686, behind the last port 65535; the second number is how many ports, not the last one; here at most 16384',
    ],
    [
      '1025:64512',
      'the range would end at 65536, behind the last port 65535; the second number is how many ports, not the last one; here at most 64511',
    ],
  ])('refuses %s', (value, message) => {
    expect(() => parseRange(value)).toThrow(`--range ${value}: ${message}`);
  });
});

describe('--time-wait', () => {
  it.each([
    ['1', 1],
    ['240', 240],
    ['600', 600],
  ])('reads %s', (value, seconds) => {
    expect(parseTimeWait(value)).toBe(seconds);
  });

  it.each(['0', '601', '-1', '1.5', '2m', '', '0x78'])('refuses %j', (value) => {
    expect(() => parseTimeWait(value)).toThrow(
      `--time-wait ${value}: not a whole number of seconds from 1 to 600; write for example 120`,
    );
  });
});

describe('--headroom', () => {
  it.each([
    ['0.7', 0.7],
    ['70', 0.7],
    ['70%', 0.7],
    ['70 %', 0.7],
    ['1', 1],
    ['100%', 1],
    ['0.05', 0.05],
    ['5', 0.05],
  ])('reads %s', (value, share) => {
    expect(parseHeadroom(value)).toBe(share);
  });

  it.each(['0', '0.04', '4', '1%', '1.5', '101', 'most', '-0.7', ''])('refuses %j', (value) => {
    expect(() => parseHeadroom(value)).toThrow(
      `--headroom ${value}: not a share of the pool between 5 % and 100 %; write for example 0.7, 70 or 70%`,
    );
  });
});

describe('--encoding', () => {
  it.each([
    ['cp850', 'cp850'],
    ['850', 'cp850'],
    ['CP1252', 'windows-1252'],
    ['windows-1251', 'windows-1251'],
    ['UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['utf-16', 'utf-16le'],
    ['Shift_JIS', 'cp932'],
  ])('reads %s', (value, encoding) => {
    expect(parseEncoding(value)).toBe(encoding);
  });

  it.each(['ebcdic', '8-bit, undecided', '', '85', 'constructor'])('refuses %j', (value) => {
    expect(() => parseEncoding(value)).toThrow(
      `--encoding ${value}: not an encoding that is read; write one of ascii, utf-8, utf-16le, utf-16be, cp850,`,
    );
  });
});
