import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRecords, type CsvHandler } from '../../../src/parsers/csv/csv-records.js';
import { contextFor } from './csv-reading.js';

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const context = contextFor((bytes) => decoder.decode(bytes));

interface Cut {
  readonly records: [line: number, ...fields: string[]][];
  readonly problems: string[];
}

/** Cuts a text whose header begins with `A`, pushed in pieces of the given size. */
function cut(text: string, chunkBytes = 1_000_000): Cut {
  const result: Cut = { records: [], problems: [] };
  const handler: CsvHandler = {
    header: ([first]) => (first === 'A' ? 'header' : null),
    record: ({ bytes, starts, ends, count, line }) => {
      const fields = Array.from({ length: count }, (_, i) => decoder.decode(bytes.subarray(starts[i], ends[i])));
      result.records.push([line, ...fields]);
    },
    otherLine: (line) => line.startsWith('#TYPE'),
    problem: (code, line) => void result.problems.push(`${String(line)} ${code}`),
  };
  const records = new CsvRecords(handler, context);
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) records.push(bytes.slice(at, at + chunkBytes));
  records.end();
  return result;
}

describe('CsvRecords', () => {
  it('numbers records by the line of their first character', () => {
    expect(cut('#TYPE X\r\nA,B\r\n1,2\r\n\r\n"3\r\n4",5\r\n6,7')).toEqual({
      records: [
        [3, '1', '2'],
        [5, '3\r\n4', '5'],
        [7, '6', '7'],
      ],
      problems: [],
    });
  });

  it.each([',', ';', '\t'] as const)('finds the delimiter %j from the header alone', (delimiter) => {
    const row = (...fields: string[]): string => `${fields.join(delimiter)}\n`;
    expect(cut(row('A', '"B,;\t"', 'C') + row('1', '"2"', ''))).toEqual({ records: [[2, '1', '2', '']], problems: [] });
  });

  it('keeps quotes that do not open a field as text', () => {
    expect(cut('A,B\n5" disk,x\nx,5"\n')).toEqual({
      records: [
        [2, '5" disk', 'x'],
        [3, 'x', '5"'],
      ],
      problems: [],
    });
  });

  it.each([
    [
      'before a whole row',
      '"1","2\n"3","4","5"\n"6","7","8"\n',
      [
        [3, '3', '4', '5'],
        [4, '6', '7', '8'],
      ],
      ['2 unclosed-quote'],
    ],
    [
      'before two whole rows',
      '"1\n3,4,5\n6,7,8\n',
      [
        [3, '3', '4', '5'],
        [4, '6', '7', '8'],
      ],
      ['2 unclosed-quote'],
    ],
    ['before a row that is cut itself', '"1","2\n"3","4"\n"6","7","8"\n', [[4, '6', '7', '8']], ['2 unclosed-quote']],
    ['in the middle of a row', '"1","2,"3"\n"6","7","8"\n', [[3, '6', '7', '8']], ['2 unclosed-quote']],
    ['at the end of the file', '"1","2","3"\n"6","7","8', [[2, '1', '2', '3']], ['3 truncated-table']],
    ['twice', '"1\n"2\n"3","4","5"\n', [[4, '3', '4', '5']], ['2 unclosed-quote']],
  ] as const)('resumes after a quote that never closes %s', (_where, rows, records, problems) => {
    for (const chunkBytes of [1, 3, 1000]) expect(cut(`A,B,C\n${rows}`, chunkBytes)).toEqual({ records, problems });
  });

  it('says that the table breaks off where its last line, without an ending, is no record', () => {
    const records = [[2, '1', '2', '3']];
    expect(cut('A,B,C\n1,2,3\n6,7')).toEqual({ records, problems: ['3 truncated-table'] });
    expect(cut('A,B,C\n1,2,3\n6,7\n')).toEqual({ records, problems: ['3 wrong-field-count'] });
    expect(cut('A,B,C\n1,2,3')).toEqual({ records, problems: [] });
  });

  it('reports records with more or fewer fields and adopts another header', () => {
    expect(cut('A,B\n1\n1,2,3\nA,B,C\n1,2,3\n1,2\n')).toEqual({
      records: [[5, '1', '2', '3']],
      problems: ['2 wrong-field-count', '3 wrong-field-count', '6 wrong-field-count'],
    });
  });

  it('gives up a line without an end and a quote without an end, and reads on', () => {
    const long = 'x'.repeat(3_000_000);
    expect(cut(`A,B\n${long}\n1,2\n`, 65_536)).toEqual({ records: [[3, '1', '2']], problems: ['2 line-too-long'] });
    const lines = 'not a row\n'.repeat(150_000);
    const read = cut(`A,B\n"1,2\n${lines}5,6\n`, 65_536);
    expect(read.records).toEqual([[150_003, '5', '6']]);
    expect(read.problems[0]).toBe('2 unclosed-quote');
  });

  it.each([
    [256, { records: [[2, ...Array.from({ length: 256 }, () => 'x')]], problems: [] }],
    [257, { records: [], problems: ['2 wrong-field-count'] }],
  ])('reads rows and headers of up to 256 fields: %d', (count, expected) => {
    const row = (field: string) => `${Array.from({ length: count }, () => field).join(',')}\n`;
    const wide = cut(`A,B\n${row('"x"')}`);
    expect(wide).toEqual({ records: [], problems: ['2 wrong-field-count'] });
    const header = row('A');
    const { records, problems } = cut(`${count === 256 ? header : 'A,B\n'}${row('x')}`);
    expect({ records, problems }).toEqual(expected);
    expect(cut(`${row('A')}1,2\n`).records).toEqual([]);
  });

  it('counts a row of 100,000 fields as one that cannot be read, in the time that its bytes take', () => {
    const fields = Array.from({ length: 100_000 }, () => '"a""b"').join(',');
    const startedMs = performance.now();
    expect(cut(`A,B\n1,2\n${fields}\n3,4\n`, 1000)).toEqual({
      records: [
        [2, '1', '2'],
        [4, '3', '4'],
      ],
      problems: ['3 wrong-field-count'],
    });
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  it('keeps a record of 600 KB in quotes', () => {
    const text = 'word '.repeat(120_000);
    expect(cut(`A,B\n"${text}""",2\n`, 65_536)).toEqual({ records: [[2, `${text}"`, '2']], problems: [] });
  });

  it('returns what was written, whatever the text, the quotes and the chunks', () => {
    const oneLine = fc.string({ unit: fc.constantFrom('a', ',', '"', 'é', ' ', ';') });
    const lines = fc.string({ unit: fc.constantFrom('a', '"', '\n', '\r', 'é') });
    // A record over several lines has no delimiters inside its quotes: a line of it with two of them is a whole row to the
    // rule that saves the rows after an unclosed quote, and one of the two readings has to give way.
    const record = fc.constantFrom(oneLine, lines).chain((text) => {
      const field = fc.record({ text, always: fc.boolean() });
      return fc.tuple(field, field, field);
    });
    const table = fc.array(record, { minLength: 1, maxLength: 12 });
    const quoted = ({ text, always }: { text: string; always: boolean }): string =>
      always || /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), fc.constantFrom('\n', '\r\n'), (rows, chunkBytes, end) => {
        const text = ['A,B,C', ...rows.map((row) => row.map(quoted).join(','))].join(end) + end;
        const { records, problems } = cut(text, chunkBytes);
        expect(problems).toEqual([]);
        expect(records.map(([, ...fields]) => fields)).toEqual(rows.map((row) => row.map((cell) => cell.text)));
      }),
      { numRuns: 500 },
    );
  });

  it('splits whatever csv-parse splits the same way', () => {
    const field = fc.constantFrom(...['', 'a', '"a"', '""', '""""', '"a""b"', '"a,b"', '"a\nb"', 'a"b', 'a"', ' "a"']);
    const options = { relax_quotes: true, relax_column_count: true, record_delimiter: '\n' };
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const text = rows.map((row) => row.join(',')).join('\n');
        const expected = parse(text, options).filter((fields) => fields.length === 3);
        expect(cut(`A,B,C\n${text}\n`).records.map(([, ...fields]) => fields)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
