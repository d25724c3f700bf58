import type * as FileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { aFolder, runIn } from './a-world.js';

/** A file system that numbers no files, on which those of the folder go once they have been listed. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const unnumbered = async (path: string): Promise<object> =>
    Object.assign(await real.lstat(path, { bigint: true }), { ino: 0n });
  return {
    ...real,
    stat: unnumbered,
    lstat: unnumbered,
    realpath: (path: string) =>
      path.endsWith('.txt')
        ? Promise.reject(Object.assign(new Error(`ENOENT, realpath '${path}'`), { code: 'ENOENT' }))
        : real.realpath(path),
  };
});

test('a file that is gone between being found and being listed is left to whoever reads it, no bug of the program', async () => {
  const cwd = aFolder({ 'e/netstat.txt': 'TCP', 'e/other.txt': 'TCP 2' });
  const { exitCode, analysed } = await runIn({ cwd }, 'analyze', join('e', 'netstat.txt'), 'e', '-o', 'a.json');
  expect({ exitCode, paths: analysed?.files.map(({ path }) => path) }).toEqual({
    exitCode: 0,
    paths: ['netstat.txt', 'other.txt'],
  });
});
