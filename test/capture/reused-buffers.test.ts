import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quoteRows } from '../../src/capture/replay/quote-rows.js';
import { parseFile, recognise } from '../../src/capture/survey/read-file.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import type { Source } from '../../src/model/report-message.js';
import type { RecordSink } from '../../src/parsers/parser.js';
import { filesBelow } from '../contracts/project-files.js';
import type { ChunkKind } from '../support/poisoned-source.js';
import { surveysOf, tablesOf, watchedFile } from '../support/surveyed-capture.js';

const KINDS: readonly ChunkKind[] = ['Uint8Array', 'Buffer'];
const FIXTURES = filesBelow('fixtures/parsers');

/** Everything that the parser of a file tells its sink, as text, in order. */
async function toldOf(content: Uint8Array, chunkBytes: number, kind: ChunkKind): Promise<string[]> {
  const file = watchedFile('fixture', content, { chunkBytes, kind });
  const recognition = await recognise(file, nodePlatform);
  const told = [JSON.stringify([recognition.kind, recognition.encoding])];
  if (recognition.kind !== 'parser') return told;
  const parsing = parseFile(file.open(), recognition, tellingSink(told), nodePlatform);
  while (!(await parsing.next()).done);
  return told;
}

function tellingSink(told: string[]): RecordSink {
  const tell =
    (call: string) =>
    (...values: unknown[]): void =>
      void told.push(`${call} ${JSON.stringify(values)}`);
  let stamps = 0;
  return {
    describe: tell('describe'),
    snapshot: tell('snapshot'),
    stamp: (stamp) => {
      tell('stamp')(stamp);
      stamps += 1;
      return stamps - 1;
    },
    connection: tell('connection'),
    eventHeader: tell('eventHeader'),
    event: tell('event'),
    eventInWords: tell('eventInWords'),
    process: tell('process'),
    setting: tell('setting'),
    problem: tell('problem'),
  };
}

/** Short rows in file order, so many of each moment. */
function csvInOrder(minutes: number, rowsEach: number): string {
  const lines = ['Timestamp,LocalPort,State'];
  for (let minute = 0; minute < minutes; minute += 1) {
    const time = `2026-03-03T09:${String(minute).padStart(2, '0')}:00Z`;
    for (let row = 0; row < rowsEach; row += 1) lines.push(`${time},${String(1024 + (row % 60_000))},TimeWait`);
  }
  return [...lines, ''].join('\n');
}

describe.each(KINDS)('chunks (%s) that are overwritten once the next is asked for', (kind) => {
  it.each(FIXTURES)('tell of %s the same as the whole file, whatever their size', async (path) => {
    const content = new Uint8Array(readFileSync(path));
    const whole = await toldOf(content, content.length + 1, 'Uint8Array');
    for (const chunkBytes of [3, 64, 1000]) expect(await toldOf(content, chunkBytes, kind)).toEqual(whole);
  });

  it.each([7, 64, 1000])(
    'of %i bytes leave a CSV of many snapshots in order, each with its rows',
    async (chunkBytes) => {
      const file = watchedFile('loop.csv', csvInOrder(40, 5), { chunkBytes, kind });
      const [survey] = await surveysOf([file]);
      expect(survey?.snapshots.map(({ contiguous, tcpRows }) => `${String(contiguous)} ${String(tcpRows)}`)).toEqual(
        Array.from({ length: 40 }, () => 'true 5'),
      );
      expect((await tablesOf([file])).map(({ rows }) => rows.length)).toEqual(Array.from({ length: 40 }, () => 5));
    },
  );

  it('cost one reading in each pass for a CSV in order, however many batches of rows it holds', async () => {
    const file = watchedFile('loop.csv', csvInOrder(3, 200_000), { chunkBytes: 262_144, kind });
    expect((await tablesOf([file])).map(({ rows }) => rows.length)).toEqual([200_000, 200_000, 200_000]);
    // To recognise it, to survey it, to fold it.
    expect([file.opened, file.closed]).toEqual([3, 3]);
  });

  it.each([1, 7, 50, 1000])('of %i bytes give a cited row as it stands in the file', async (chunkBytes) => {
    const rows = csvInOrder(4, 5).split('\n');
    const file = watchedFile('loop.csv', rows.join('\n'), { chunkBytes, kind });
    const sources = rows.map((_, index): Source => ({ file: 'loop.csv', line: index + 1, record: null, row: '' }));
    await quoteRows(sources, await surveysOf([file]), nodePlatform);
    expect(sources.map(({ row }) => row)).toEqual(rows);
  });

  it.each(['utf16le', 'utf16be'] as const)('of %s give a cited row as it stands in the file', async (encoding) => {
    const rows = csvInOrder(4, 5).split('\n');
    const text = Buffer.from(`\ufeff${rows.join('\n')}`, 'utf16le');
    const content = new Uint8Array(encoding === 'utf16be' ? text.swap16() : text);
    for (const chunkBytes of [1, 7, 50, 64]) {
      const file = watchedFile('loop.csv', content, { chunkBytes, kind });
      const sources = rows.map((_, index): Source => ({ file: 'loop.csv', line: index + 1, record: null, row: '' }));
      await quoteRows(sources, await surveysOf([file]), nodePlatform);
      expect(sources.map(({ row }) => row)).toEqual(rows);
    }
  });
});
