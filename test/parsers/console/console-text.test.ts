import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONSOLE_FORMATS, codePageOf, fixture, readLines, recognisedFormat } from './console-recording.js';

const FIXTURES = CONSOLE_FORMATS.flatMap((format) =>
  readdirSync(new URL(`../../../fixtures/parsers/${format}`, import.meta.url))
    .filter((name) => /\.(?:txt|reg)$/.test(name))
    .map((name) => ({ format, path: `${format}/${name}` })),
);

test.each(FIXTURES)('$path is recognised by what it holds', ({ format, path }) => {
  expect(recognisedFormat(fixture(path), codePageOf(path))).toBe(format);
});

test.each(FIXTURES)('$path reads the same wherever its chunks end', ({ format, path }) => {
  const bytes = fixture(path);
  const codePage = codePageOf(path);
  const whole = readLines(format, bytes, { codePage });
  for (const chunkBytes of [1, 2, 61]) expect(readLines(format, bytes, { codePage, chunkBytes })).toEqual(whole);
});

test.each([
  ['prose', 'We restarted the tcp service.\nProcesses: 123\nThreads: 4567\n'],
  ['a CSV of connections', '"State","LocalAddress","LocalPort"\n"Bound","0.0.0.0","49700"\n'],
  ['an event', "<Event><System><Provider Name='Tcpip'/><EventID>4227</EventID></System></Event>\n"],
  ['another table of two columns', 'Name  Count\n----  -----\n  80     80\n'],
  ['the values of another program', '    MaxUserPort    REG_DWORD    0xfffe\n'],
  ['nothing', ''],
])('%s is no console text of interest', (_, text) => {
  expect(recognisedFormat(new TextEncoder().encode(text))).toBeNull();
});

test('one line of many megabytes is refused and the rows after it are read', () => {
  const bytes = new TextEncoder().encode(`${'TCP 1 '.repeat(100_000)}\n  UDP    0.0.0.0:53   *:*   77\n`);
  expect(readLines('netstat', bytes, { chunkBytes: 4096 }).slice(1)).toEqual([
    '2 snapshot undated cannot show bound',
    '2 udp None 0.0.0.0:53 *:* pid 77',
    'is -ano',
  ]);
});

const LINES = FIXTURES.flatMap(({ path }) => new TextDecoder().decode(fixture(path)).split(/\r?\n/));
const anyLine = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...LINES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 90 }) },
);

test('lines of every tool in any order, cut anywhere, never stop the reading and always read the same', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), fc.integer({ min: 1, max: 97 }), (lines, chunkBytes) => {
      const bytes = new TextEncoder().encode(lines.join('\n'));
      expect(readLines('netstat', bytes, { chunkBytes })).toEqual(readLines('netstat', bytes));
    }),
    { seed: 4227, numRuns: 300 },
  );
});

test.each(['HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\n x', 'A  B  C\n=== === ===\nx', 'x', 'a  b'])(
  'after %j a line of 60,000 blanks is read before the test times out',
  (before) => {
    const bytes = new TextEncoder().encode(`${before}${' '.repeat(60_000)}y\n`.repeat(20));
    expect(readLines('netstat', bytes)).toEqual([]);
  },
);

test.each([
  'TCP Statistics for IPv4\n  Resets = 5',
  'Statistics since 3/2/2026 6:02:11 AM\n\n  Bytes received    5',
  'Host Name:  X',
])('after %j lines of 60,000 blanks are read before the test times out', (before) => {
  for (const end of ['y', '= y', ': 5 y', '5 y']) {
    const bytes = new TextEncoder().encode(`${before}\n${`  x${' '.repeat(60_000)}${end}\n`.repeat(3)}`);
    expect(readLines('netstat', bytes).length).toBeLessThan(20);
  }
});

const captures = process.env['PORTMORTEM_CAPTURES'];

describe.skipIf(captures === undefined)('files that real hosts wrote', () => {
  const folder = join(captures ?? '', 'netstat');
  test.each(captures === undefined ? [] : readdirSync(folder))('%s gives every row or says why not', (name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const rows = new TextDecoder().decode(bytes).match(/^ *(?:TCP|UDP) /gm)?.length ?? 0;
    const read = readLines('netstat', bytes).filter((record) => /^\d+ (?:tcp|udp|problem bad)/.test(record));
    expect(read.length).toBe(rows);
  });
});
