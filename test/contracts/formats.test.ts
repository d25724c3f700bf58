import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognise, parseFile } from '../../src/capture/survey/read-file.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import { FORMATS } from '../../src/model/format.js';
import type { EvidenceFile } from '../../src/model/input.js';
import { FORMAT_PARSERS } from '../../src/parsers/formats.js';
import type { FormatParser, RecordSink } from '../../src/parsers/parser.js';
import { poisonedChunks } from '../support/poisoned-source.js';
import { filesBelow } from './project-files.js';

const FOLDER = 'fixtures/parsers/';
const FIXTURES = filesBelow(FOLDER).map((path) => ({ path, format: path.slice(FOLDER.length).split('/')[0] ?? '' }));

function fileOf(path: string, bytes: Uint8Array): EvidenceFile {
  return {
    path,
    bytes: bytes.length,
    modifiedMs: null,
    open: () => poisonedChunks(bytes, 65_536, 'Uint8Array'),
  };
}

function fixture(path: string): EvidenceFile {
  return fileOf(path, new Uint8Array(readFileSync(path)));
}

/** Takes everything and keeps nothing but what a test asks for. */
function sinkThat(seen: Partial<RecordSink>): RecordSink {
  const ignored = (): undefined => undefined;
  return {
    describe: ignored,
    snapshot: ignored,
    stamp: () => 0,
    connection: ignored,
    eventHeader: ignored,
    event: ignored,
    eventInWords: ignored,
    process: ignored,
    setting: ignored,
    problem: ignored,
    ...seen,
  };
}

async function rowsIn(file: EvidenceFile, parsers: readonly FormatParser[]): Promise<number> {
  const recognition = await recognise(file, nodePlatform, parsers);
  if (recognition.kind === 'refused') throw new Error(`${file.path} is refused: ${recognition.code}`);
  let rows = 0;
  const sink = sinkThat({ connection: () => (rows += 1) });
  const passing = parseFile(file.open(), recognition, sink, nodePlatform);
  while (!(await passing.next()).done);
  return rows;
}

describe('the list of parsers', () => {
  it('holds every format once', () => {
    const formats = FORMATS.filter((format) => format !== 'unrecognised');
    expect(FORMAT_PARSERS.flatMap(({ formats: read }) => read).toSorted()).toEqual(formats.toSorted());
  });

  it('has one test for each', () => {
    const tests = filesBelow('test/parsers').map((path) => path.slice(path.lastIndexOf('/') + 1));
    expect(FORMATS.filter((format) => format !== 'unrecognised' && !tests.includes(`${format}.test.ts`))).toEqual([]);
  });
});

describe('a parser', () => {
  it.each(FIXTURES)('recognises $path where it is of $format, and no other does', async ({ path, format }) => {
    const file = fixture(path);
    const recognising: string[] = [];
    for (const parser of FORMAT_PARSERS) {
      const recognition = await recognise(file, nodePlatform, [parser]);
      if (recognition.kind === 'parser') recognising.push(recognition.format);
    }
    expect(recognising).toEqual([format]);
  });
});

describe('a parser of bytes', () => {
  const BYTES = new Uint8Array([0xff, 0xfe, 0x45, 0x00, 0x66, 0x00, 0x00, 0x00]);
  const given: Uint8Array[] = [];
  const probe: FormatParser = {
    formats: ['event-xml'],
    takes: 'bytes',
    recognises: ({ bytes, text }) => (bytes[2] === 0x45 && text === '' ? 'event-xml' : null),
    start: () => ({ push: (chunk) => given.push(chunk.slice()), end: () => undefined }),
  };

  it('is asked before anything is taken for text, and given the file as it stands', async () => {
    const file = fileOf('probe.bin', BYTES);
    expect(await recognise(file, nodePlatform, [...FORMAT_PARSERS, probe])).toEqual({
      kind: 'parser',
      parser: probe,
      format: 'event-xml',
      others: [],
      encoding: null,
    });
    await rowsIn(file, [probe]);
    expect(given).toEqual([BYTES]);
  });

  it('leaves the files of others alone', async () => {
    const path = `${FOLDER}netstat/en-ani.txt`;
    expect(await recognise(fixture(path), nodePlatform, [probe, ...FORMAT_PARSERS])).toMatchObject({
      format: 'netstat',
    });
  });
});
