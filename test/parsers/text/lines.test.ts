import { expect, test } from 'vitest';
import { LineFramer } from '../../../src/parsers/text/lines.js';

function frame(text: string, { chunkBytes = 1000, maxBytes = 10 } = {}): string[] {
  const decoder = new TextDecoder();
  const lines: string[] = [];
  const framer = new LineFramer(
    { indexOfByte: (bytes, byte, from) => bytes.indexOf(byte, from) },
    {
      line: (bytes, start, end, line) => lines.push(`${String(line)} ${decoder.decode(bytes.subarray(start, end))}`),
      lineTooLong: (beginning, line) => lines.push(`${String(line)} too long ${decoder.decode(beginning)}`),
    },
    maxBytes,
  );
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) framer.push(bytes.slice(at, at + chunkBytes));
  framer.end();
  return lines;
}

test('LF, CRLF and CRCRLF end a line, the end of the file ends the last one', () => {
  expect(frame('a\nb\r\n\r\nc\r\r\nd')).toEqual(['1 a', '2 b', '3 ', '4 c', '5 d']);
});

test('a final line ending does not begin another line', () => {
  expect(frame('a\n')).toEqual(['1 a']);
  expect(frame('')).toEqual([]);
});

test('a line of the longest length is read, one byte more is too long, and counting goes on', () => {
  expect(frame('0123456789\n0123456789a\nb\n')).toEqual(['1 0123456789', '2 too long 0123456789', '3 b']);
});

test('a line that is too long is never held and is shown by its first bytes', () => {
  const long = 'x'.repeat(5000);
  expect(frame(`${long}\nb`, { maxBytes: 1000, chunkBytes: 64 })).toEqual([`1 too long ${'x'.repeat(200)}`, '2 b']);
});

test.each([1, 2, 3, 7])('chunks of %i bytes give the same lines', (chunkBytes) => {
  const text = 'a\nbb\r\n\r\n0123456789ab\r\nc\r\r\nd';
  expect(frame(text, { chunkBytes })).toEqual(frame(text));
});
