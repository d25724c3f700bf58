import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { SnapshotHeader } from '../../../src/parsers/parser.js';
import { consoleTextParser } from '../../../src/parsers/console/console-text.js';
import { readLines } from './console-recording.js';

const PRINTED = [
  '  Proto  Local Address          Foreign Address        State           PID',
  '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       980',
  '  TCP    192.0.2.5:50101        203.0.113.9:443        SCHLIESSEN WARTEN  4312',
  '  UDP    0.0.0.0:5353           *:*                                    3284',
];

function rowsOf(lines: readonly string[], codePage = 'utf8', chunkBytes = 50): string[] {
  const bytes = new Uint8Array(iconv.encode(lines.join('\r\n') + '\r\n', codePage));
  return readLines('netstat', bytes, { codePage, chunkBytes }).filter((line) => !line.startsWith('is '));
}

const READ = [
  '2 snapshot undated cannot show bound',
  '2 tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
  '3 tcp CloseWait 192.0.2.5:50101 203.0.113.9:443 pid 4312',
  '4 udp None 0.0.0.0:5353 *:* pid 3284',
];

describe('rows of netstat', () => {
  it.each(['utf8', 'windows-1252', 'windows-1251'])('are read with U+00A0 among their blanks, in %s', (page) => {
    const pasted = PRINTED.map((line) => line.replace(/ {2}/g, '\u00a0 '));
    expect(rowsOf(pasted, page)).toEqual(READ);
    expect(rowsOf(pasted, page, 1)).toEqual(READ);
    expect(rowsOf(PRINTED.map((line) => line.replaceAll(' ', '\u00a0')))).toEqual(READ);
  });

  it('keep the letters whose second byte is that of U+00A0', () => {
    const row = '  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   980';
    expect(rowsOf([row, ' [voilà.exe]', '\u00a0']).filter((line) => line.includes('voilà'))).toHaveLength(1);
  });

  it.each(['> ', '>', '>>', '> > ', '  >'])('are read behind %j', (quote) => {
    expect(rowsOf(PRINTED.map((line) => quote + line.trim()))).toEqual(READ);
  });

  it('are read in the cells of a table', () => {
    const cells = PRINTED.map(
      (line) =>
        `| ${line
          .trim()
          .split(/\s{2,}/)
          .join(' | ')} |`,
    );
    expect(rowsOf(cells)).toEqual(READ);
  });

  it.each([
    ['findstr /n', (line: string, at: number) => `${String(at + 1)}:${line}`],
    ['Select-String', (line: string, at: number) => `C:\\temp\\ports of app02.txt:${String(at + 1)}:${line}`],
    ['Select-String below the folder', (line: string, at: number) => `ports.txt:${String(at + 1)}:${line}`],
    ['cat -n', (line: string, at: number) => `${String(at + 1).padStart(6)}\t${line}`],
  ])('are read behind the numbers of %s', (_tool, numbered) => {
    expect(rowsOf(PRINTED.map(numbered).slice(1), 'utf8')).toEqual(
      READ.map((line) => line.replace(/^\d+/, (number) => String(Number(number) - 1))),
    );
  });

  it('are what matched where a search numbers them, and all of them where an editor does', () => {
    const keeps: SnapshotHeader['keeps'][] = [];
    const read = (lines: readonly string[]): void => {
      const ignore = (): void => undefined;
      const sink = { describe: ignore, stamp: () => 0, connection: ignore, eventHeader: ignore, event: ignore };
      const rest = { eventInWords: ignore, process: ignore, setting: ignore, problem: ignore };
      const parsing = consoleTextParser.start(
        { ...sink, ...rest, snapshot: (header) => keeps.push(header.keeps) },
        {
          decode: (raw) => Buffer.from(raw).toString(),
          indexOfByte: (b, byte, from) => b.indexOf(byte, from),
          indexOf: () => -1,
        },
        'netstat',
      );
      parsing.push(new TextEncoder().encode(lines.join('\r\n')));
      parsing.end();
    };
    read(PRINTED.map((line, at) => `${String(at + 1)}:${line}`));
    read(PRINTED.map((line, at) => `${String(at + 1).padStart(6)}  ${line}`));
    expect(keeps).toEqual([[], null]);
  });

  it('do not begin behind a time of day or an arrow', () => {
    const others = ['>-- 4 rows, TCP and UDP', 'Dropped: TCP 192.0.2.5:1'];
    expect(rowsOf([...PRINTED, ...others])).toEqual([
      ...READ,
      ...others.map((text, at) => `${String(at + 5)} problem unread-line «${text}»`),
    ]);
  });
});

describe('rows that a narrow console broke', () => {
  const broken = (width: number, lines: readonly string[]): string[] =>
    lines.flatMap((line) => (line.length <= width ? [line] : [line.slice(0, width), line.slice(width)]));
  const printed = [
    '  Proto  Local Address          Foreign Address        State           PID',
    '  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       980',
    '  TCP    192.0.2.5:50101        203.0.113.9:443        ESTABLISHED     4312',
    '  TCP    192.0.2.5:50102        203.0.113.9:443        TIME_WAIT       0',
    '  TCP    192.0.2.5:50103        203.0.113.9:443        ESTABLISHED     4312',
  ];
  const rows = [
    'tcp Listen 0.0.0.0:135 0.0.0.0:0 pid 980',
    'tcp Established 192.0.2.5:50101 203.0.113.9:443 pid 4312',
    'tcp TimeWait 192.0.2.5:50102 203.0.113.9:443 pid 0',
    'tcp Established 192.0.2.5:50103 203.0.113.9:443 pid 4312',
  ];
  const read = (lines: readonly string[], chunkBytes: number): string[] =>
    rowsOf(lines, 'utf8', chunkBytes)
      .filter((line) => !line.includes('snapshot'))
      .map((line) => line.replace(/^\d+ /, ''));

  it.each([64, 69, 70, 71, 72, 73])('in %i columns are whole, where it broke their titles too', (width) => {
    for (const chunkBytes of [1, 1000]) {
      expect(read([...broken(width, printed), '', ...broken(width, printed)], chunkBytes)).toEqual([...rows, ...rows]);
    }
  });

  it('are no rows above a number that something else printed', () => {
    expect(read([...printed, '12'], 1000)).toEqual(rows.concat('problem unread-line «12»'));
  });
});
