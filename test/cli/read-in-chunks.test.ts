import { appendFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInChunks } from '../../src/cli/read-in-chunks.js';
import { UnreadableFileError } from '../../src/model/input.js';
import { aFolder } from './a-world.js';

const CHUNK = 256 * 1024;

async function collect(path: string, limit: number): Promise<{ content: Buffer; sizes: number[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of readInChunks(path, limit)) chunks.push(Buffer.from(chunk));
  return { content: Buffer.concat(chunks), sizes: chunks.map(({ length }) => length) };
}

function aFile(bytes: number): { path: string; content: Buffer } {
  const content = Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7 + (index >> 8)) % 251));
  const path = join(aFolder(), 'file');
  writeFileSync(path, content);
  return { path, content };
}

describe('reading in chunks', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])(
    'gives all of %d bytes in order',
    async (bytes) => {
      const { path, content } = aFile(bytes);
      const read = await collect(path, bytes);
      expect(read.content.equals(content)).toBe(true);
      expect(Math.max(0, ...read.sizes)).toBeLessThanOrEqual(CHUNK);
    },
  );

  it('stops at the size the file had when it was listed, though it has grown', async () => {
    const { path, content } = aFile(CHUNK + 10);
    appendFileSync(path, 'more');
    expect((await collect(path, CHUNK + 10)).content.equals(content)).toBe(true);
  });

  it('ends early where the file has shrunk', async () => {
    const { path, content } = aFile(10);
    expect((await collect(path, CHUNK * 2)).content.equals(content)).toBe(true);
  });

  it('keeps a chunk intact until the next one is asked for', async () => {
    const { path, content } = aFile(2 * CHUNK);
    for await (const chunk of readInChunks(path, 2 * CHUNK)) {
      // Time enough for the next buffer to be filled.
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(content.subarray(0, CHUNK).equals(chunk)).toBe(true);
      break;
    }
  });

  it.skipIf(process.platform === 'win32')('does not come through a link where none was listed', async () => {
    const { path } = aFile(10);
    symlinkSync(path, `${path}-2`);
    await expect(readInChunks(`${path}-2`, 10, 'refused').next()).rejects.toEqual(new UnreadableFileError('ELOOP'));
    expect((await readInChunks(`${path}-2`, 10, 'followed').next()).value).toHaveLength(10);
    expect((await readInChunks(path, 10, 'refused').next()).value).toHaveLength(10);
  });

  it('names the system’s code where a file cannot be read', async () => {
    const folder = aFolder();
    await expect(collect(join(folder, 'gone'), 5)).rejects.toEqual(new UnreadableFileError('ENOENT'));
    await expect(collect(folder, 5)).rejects.toEqual(new UnreadableFileError('EISDIR'));
  });
});
