import { describe, expect, it } from 'vitest';
import { splitLine } from '../../../src/parsers/csv/csv-line.js';

describe('splitLine', () => {
  it.each([
    ['a,b;c,d', ',', ['a', 'b;c', 'd']],
    ['"a;b;c",d', ',', ['a;b;c', 'd']],
    ['a;b', ';', ['a', 'b']],
    ['"a", b \r', ',', ['a', 'b']],
    ['alone', ',', ['alone']],
    ['"never closed,b', ',', []],
  ])('splits %j', (text, delimiter, fields) => {
    expect(splitLine(text)).toEqual({ delimiter, fields });
  });
});
