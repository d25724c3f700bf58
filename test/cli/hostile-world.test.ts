import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder } from './a-world.js';
import { startProcess } from './a-process.js';

const NO_ROOM =
  'portmortem: standard output: cannot be written: no space left on the disk; send the output elsewhere\n';
const CAPTURE = resolve('fixtures/scenarios/rdsh-no-buffer-space/capture');

describe.skipIf(process.platform !== 'linux')('the process in a hostile world', () => {
  it.each([[['--version']], [['schema']], [['analyze', '--help']]])(
    'says that standard output is full and does not end with 0: %j',
    async (argv) => {
      const { exitCode, stderr } = await startProcess({ stdout: '/dev/full' }, ...argv).ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: NO_ROOM });
    },
  );

  it('writes the report all the same when the paths cannot be printed', async () => {
    const folder = aFolder();
    const { ended } = startProcess({ stdout: '/dev/full' }, 'analyze', CAPTURE, '-o', join(folder, 'a.html'));
    const { exitCode, stderr } = await ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: NO_ROOM });
    expect(readdirSync(folder)).toEqual(['a.html']);
  });

  it('keeps its exit code when standard error is full, and ends with 2 instead of 0', async () => {
    const folder = aFolder();
    const failed = await startProcess({ stderr: '/dev/full' }, 'analyze', folder).ended;
    expect(failed.exitCode).toBe(3);
    const path = join(folder, 'a.html');
    const written = await startProcess({ stderr: '/dev/full' }, 'analyze', CAPTURE, '-v', '-o', path).ended;
    expect({ exitCode: written.exitCode, stdout: written.stdout }).toEqual({ exitCode: 2, stdout: `${path}\n` });
  });

  it('keeps its exit code when nobody reads its standard error', async () => {
    const { child, ended } = startProcess({}, 'analyze', 'nowhere');
    child.stderr?.destroy();
    expect((await ended).exitCode).toBe(2);
  });

  it('refuses a folder as standard input', async () => {
    const { exitCode, stderr } = await startProcess({ stdin: aFolder() }, 'analyze', '-').ended;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'portmortem: -: standard input is a folder; name the folder instead\n',
    });
  });

  it('needs no current folder but for a path that is relative to it', async () => {
    const script = 'test/cli/in-vanished-folder.ts';
    const schema = await startProcess({ script }, 'schema').ended;
    expect({ exitCode: schema.exitCode, stderr: schema.stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { exitCode, stderr } = await startProcess({ script }, 'analyze', 'netstat.txt').ended;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'portmortem: the current folder: no such file or folder; change to an existing folder and start again\n',
    });
  });
});
