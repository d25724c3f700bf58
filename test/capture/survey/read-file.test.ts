import { describe, expect, it } from 'vitest';
import { FURTHEST_LOOK_BYTES, recognise } from '../../../src/capture/survey/read-file.js';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import type { EvidenceFile } from '../../../src/model/input.js';
import { reportOf } from '../../support/capture.js';
import { poisonedChunks } from '../../support/poisoned-source.js';

const ROW = '  TCP    10.20.0.5:50101        198.51.100.31:1433     ESTABLISHED     4312\r\n';

function fileOf(text: string): EvidenceFile {
  const bytes = new TextEncoder().encode(text);
  const open = () => poisonedChunks(bytes, 65_536, 'Uint8Array');
  return { path: 'inventory.txt', bytes: bytes.length, modifiedMs: null, open };
}

function proseOf(bytes: number): string {
  return 'Contoso inventory of installed products\r\n'.repeat(Math.ceil(bytes / 41)).slice(0, bytes - 2) + '\r\n';
}

describe('a file whose beginning says nothing', () => {
  it.each([65_500, 98_000, FURTHEST_LOOK_BYTES - 200])(
    'is read where its first table stands after %i bytes of other text',
    async (before) => {
      expect(await recognise(fileOf(proseOf(before) + ROW), nodePlatform)).toMatchObject({ format: 'netstat' });
    },
  );

  it('is not read to its end to find out', async () => {
    const file = fileOf(proseOf(FURTHEST_LOOK_BYTES + 10) + ROW);
    expect(await recognise(file, nodePlatform)).toMatchObject({ kind: 'refused', code: 'not-recognised' });
  });
});

describe('a file that holds what several parsers read', () => {
  const EVENT = "<Event><System><Provider Name='Tcpip'/><EventID>4227</EventID></System></Event>\r\n";

  it.each([
    ['an event as XML above a dump of netstat', EVENT + ROW, 'event-xml', ['netstat']],
    ['a dump above an event', ROW + EVENT, 'event-xml', ['netstat']],
    ['an event alone', EVENT, 'event-xml', []],
    ['a dump alone', ROW, 'netstat', []],
  ])('is read by the first of them, and the others are named: %s', async (_, text, format, others) => {
    expect(await recognise(fileOf(text), nodePlatform)).toMatchObject({ format, others });
  });

  it('says so among its problems', async () => {
    const { inputs } = await reportOf({ 'all.txt': EVENT + ROW, 'netstat.txt': ROW });
    expect(inputs.map(({ problems }) => problems.map(({ code }) => code).includes('several-kinds'))).toEqual([
      true,
      false,
    ]);
  });
});
