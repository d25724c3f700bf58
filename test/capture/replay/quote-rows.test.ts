import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { quoteRows } from '../../../src/capture/replay/quote-rows.js';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import type { Source } from '../../../src/model/report-message.js';
import { surveysOf, watchedFile } from '../../support/surveyed-capture.js';

const GERMAN = [
  '',
  'Aktive Verbindungen',
  '',
  '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
  '  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN          716',
  '  TCP    10.20.4.12:50001       10.20.7.31:1433        HERGESTELLT      4312',
];

/** The texts of these lines, read back from a file of this encoding. */
async function quoted(bytes: Uint8Array, lines: readonly number[], chunkBytes = 65_536): Promise<string[]> {
  const file = watchedFile('netstat.txt', bytes, { chunkBytes });
  const sources = lines.map((line): Source => ({ file: 'netstat.txt', line, record: null, row: '' }));
  await quoteRows(sources, await surveysOf([file]), nodePlatform);
  return sources.map(({ row }) => row);
}

describe('a cited row', () => {
  const expected = [GERMAN[4]?.trim(), GERMAN[5]?.trim()];

  it.each([
    ['cp850', 'CRLF', '\r\n'],
    ['cp850', 'LF', '\n'],
    ['windows-1252', 'CRLF', '\r\n'],
    ['utf8', 'LF', '\n'],
    ['utf16le', 'CRLF', '\r\n'],
    ['utf16-be', 'LF', '\n'],
  ])('is quoted as it stands in a file of %s with %s, its last line without an end', async (encoding, _name, end) => {
    const mark = encoding.startsWith('utf16') ? '\ufeff' : '';
    const bytes = new Uint8Array(iconv.encode(mark + GERMAN.join(end), encoding));
    for (const chunkBytes of [1, 7, 65_536]) expect(await quoted(bytes, [5, 6], chunkBytes)).toEqual(expected);
  });

  it('is quoted alike for every source that cites it, in whatever order', async () => {
    const bytes = new TextEncoder().encode(GERMAN.join('\r\n'));
    expect(await quoted(bytes, [6, 5, 6, 99])).toEqual([expected[1], expected[0], expected[1], '']);
  });

  it('is cut at 200 characters, however long its line and wherever the chunks end', async () => {
    const long = `  TCP    10.20.4.12:50001       10.20.7.31:1433        HERGESTELLT      4312 ${'ö'.repeat(9000)}`;
    const bytes = new TextEncoder().encode([...GERMAN.slice(0, 5), long, GERMAN[5]].join('\n'));
    for (const chunkBytes of [3, 1000, 65_536]) {
      expect(await quoted(bytes, [6, 7], chunkBytes)).toEqual([long.trim().slice(0, 200), expected[1]]);
    }
  });

  it('costs one reading of its file, as far as the last line cited', async () => {
    const filler = Array.from(
      { length: 2000 },
      (_, index) => `  TCP    10.20.4.12:${String(50_000 + index)} 10.20.7.31:1433 WARTEND 0`,
    );
    const file = watchedFile('netstat.txt', [...GERMAN, ...filler].join('\r\n'), { chunkBytes: 512 });
    const surveys = await surveysOf([file]);
    [file.opened, file.closed, file.chunksRead] = [0, 0, 0];
    const sources = [5, 6, 7].map((line): Source => ({ file: 'netstat.txt', line, record: null, row: '' }));
    await quoteRows(sources, surveys, nodePlatform);
    expect([file.opened, file.closed, file.chunksRead]).toEqual([1, 1, 1]);
  });

  it('keeps a text that it has already', async () => {
    const file = watchedFile('netstat.txt', GERMAN.join('\r\n'));
    const source: Source = { file: 'netstat.txt', line: 5, record: 17, row: 'the event' };
    await quoteRows([source], await surveysOf([file]), nodePlatform);
    expect(source.row).toBe('the event');
  });
});
