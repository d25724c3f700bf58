import { describe, expect, it } from 'vitest';
import { FURTHEST_LOOK_BYTES, recognise } from '../../../src/capture/survey/read-file.js';
import { nodePlatform } from '../../../src/cli/node-platform.js';
import type { EvidenceFile } from '../../../src/model/input.js';
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
