import type * as FileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { aFolder, runIn } from './a-world.js';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof FileSystem>()),
  realpath: (path: string) =>
    Promise.reject(Object.assign(new Error(`ENOENT, realpath '${path}'`), { code: 'ENOENT' })),
}));

test('a file that is gone between being found and being listed is left to whoever reads it, no bug of the program', async () => {
  const cwd = aFolder({ 'e/netstat.txt': 'TCP', 'e/other.txt': 'TCP 2' });
  const { exitCode, analysed } = await runIn({ cwd }, 'analyze', join('e', 'netstat.txt'), 'e', '-o', 'a.json');
  expect({ exitCode, paths: analysed?.files.map(({ path }) => path) }).toEqual({
    exitCode: 0,
    paths: ['netstat.txt', 'other.txt'],
  });
});
