import { describe, expect, it } from 'vitest';
import { readSnapshots } from '../../../src/capture/replay/snapshot-reader.js';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import { Interner } from '../../../src/model/connection.js';
import { connections, LISTENERS, netstat, tcpCsv } from '../../support/capture.js';
import { captureOf, tablesOf, watchedFile } from '../../support/surveyed-capture.js';

const TIMES = ['09:00:00', '09:00:30', '09:01:00', '09:01:30'];
const rowsAt = (index: number): string[] =>
  tcpCsv(TIMES[index] ?? '', [...LISTENERS, ...connections('TIME_WAIT', 50_000 + index * 100, 5 + index)])
    .trimEnd()
    .split('\r\n')
    .slice(1);
const [HEADER = ''] = tcpCsv('09:00:00', []).split('\r\n');
const csvOf = (lines: readonly string[]): string => [HEADER, ...lines, ''].join('\r\n');
const IN_ORDER = TIMES.flatMap((_, index) => rowsAt(index));

describe('the second pass', () => {
  it('reads a file whose snapshots follow one another once, each with its rows', async () => {
    const file = watchedFile('loop.csv', csvOf(IN_ORDER), { chunkBytes: 100 });
    const tables = await tablesOf([file]);
    expect(tables.map(({ snapshot, rows }) => `${snapshot} ${String(rows.length)}`)).toEqual([
      'APP02 2026-03-03T09:00:00 loop.csv 7',
      'APP02 2026-03-03T09:00:30 loop.csv 8',
      'APP02 2026-03-03T09:01:00 loop.csv 9',
      'APP02 2026-03-03T09:01:30 loop.csv 10',
    ]);
    // To recognise it, to survey it, to fold it.
    expect([file.opened, file.closed]).toEqual([3, 3]);
  });

  it.each([
    ['backwards', [...IN_ORDER].reverse()],
    ['interleaved row by row', interleaved()],
    ['in blocks out of order', [2, 0, 3, 1].flatMap((index) => rowsAt(index))],
    [
      'with a snapshot that goes on after the next',
      [...rowsAt(0).slice(0, 3), ...rowsAt(1), ...rowsAt(0).slice(3), ...rowsAt(2), ...rowsAt(3)],
    ],
  ])('gives the same tables where they stand %s', async (_how, lines) => {
    const inOrder = await tablesOf([watchedFile('loop.csv', csvOf(IN_ORDER))]);
    expect(await tablesOf([watchedFile('loop.csv', csvOf(lines), { chunkBytes: 100 })])).toEqual(inOrder);
  });

  it('gives the same tables in whatever order the files come', async () => {
    const files = TIMES.map((time, index) => [`${time.replaceAll(':', '')}.csv`, csvOf(rowsAt(index))] as const);
    const make = (order: readonly number[]): ReturnType<typeof watchedFile>[] =>
      order.flatMap((index) => files.slice(index, index + 1).map(([path, text]) => watchedFile(path, text)));
    const forwards = await tablesOf(make([0, 1, 2, 3]));
    expect(forwards).toHaveLength(4);
    expect(await tablesOf(make([3, 1, 0, 2]))).toEqual(forwards);
  });

  it('keeps the rows of two hosts in one file apart', async () => {
    const of = (host: string, count: number): string[] =>
      tcpCsv('09:00:00', connections('ESTABLISHED', 50_000, count), host)
        .trimEnd()
        .split('\r\n')
        .slice(1);
    const [a, b] = [of('APP02', 3), of('APP07', 4)];
    const lines = [0, 1, 2, 3].flatMap((index) => [...a.slice(index, index + 1), ...b.slice(index, index + 1)]);
    const tables = await tablesOf([watchedFile('both.csv', csvOf(lines))]);
    expect(tables.map(({ snapshot, rows }) => `${snapshot} ${String(rows.length)}`)).toEqual([
      'APP02 2026-03-03T09:00:00 both.csv 3',
      'APP07 2026-03-03T09:00:00 both.csv 4',
    ]);
  });

  it('stops reading when its caller stops, and closes what it had opened', async () => {
    const file = watchedFile('loop.csv', csvOf(IN_ORDER), { chunkBytes: 64 });
    const capture = await captureOf([file]);
    const [host] = capture.hosts;
    if (host === undefined) throw new Error('no host');
    file.chunksRead = 0;
    for await (const snapshot of readSnapshots(host, capture, nodePlatform, new Interner(), () => undefined)) {
      expect(snapshot.rows.length).toBe(7);
      break;
    }
    expect(file.closed).toBe(file.opened);
    expect(file.chunksRead).toBeLessThan(file.bytes / 64 / 2);
  });

  it('hands each of 200 snapshots over as soon as the file has gone past it, and holds none back', async () => {
    const times = Array.from({ length: 200 }, (_, index) => new Date(index * 5000).toISOString().slice(11, 19));
    const table = (time: string): string => netstat(time, [...LISTENERS, ...connections('TIME_WAIT', 50_000, 50)]);
    const file = watchedFile('loop.txt', times.map(table).join('\r\n'), { chunkBytes: 1024 });
    const capture = await captureOf([file]);
    const [host] = capture.hosts;
    if (host === undefined) throw new Error('no host');
    file.chunksRead = 0;
    const perSnapshot = file.bytes / 200 / 1024;
    let index = 0;
    for await (const snapshot of readSnapshots(host, capture, nodePlatform, new Interner(), () => undefined)) {
      index += 1;
      expect(snapshot.rows.length).toBe(52);
      expect(Math.abs(file.chunksRead - index * perSnapshot)).toBeLessThanOrEqual(2);
    }
    expect(index).toBe(200);
  });

  it('leaves the rest of a file unread when the snapshots after it are out of the window', async () => {
    const file = watchedFile('loop.csv', csvOf(IN_ORDER), { chunkBytes: 64 });
    const tables = await tablesOf([file], { toMs: Date.parse('2026-03-03T09:00:00Z') });
    expect(tables.map(({ rows }) => rows.length)).toEqual([7]);
    const whole = Math.ceil(file.bytes / 64);
    expect(file.chunksRead).toBeLessThan(2 * whole + whole / 2);
  });

  it('keeps two netstat dumps of one minute apart: `time /t` prints no seconds', async () => {
    const dump = (count: number): string =>
      netstat('09:10:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, count)]).replace('09:10:00', '09:10');
    const tables = await tablesOf([watchedFile('loop.txt', `${dump(3)}\r\n${dump(5)}`)]);
    expect(tables.map(({ snapshot, rows }) => `${snapshot} ${String(rows.length)}`)).toEqual([
      'unknown 2026-03-03T09:10:00 loop.txt 5',
      'unknown 2026-03-03T09:10:00 loop.txt 7',
    ]);
  });
});

function interleaved(): string[] {
  const blocks = TIMES.map((_, index) => rowsAt(index));
  return Array.from({ length: 10 }, (_, at) => blocks.flatMap((block) => block.slice(at, at + 1))).flat();
}
