import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findEvidence, type Evidence } from '../../src/cli/evidence-files.js';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import { aFolder, contentOf } from './a-world.js';

async function find(cwd: string, named: readonly string[], outputs: readonly string[] = []): Promise<Evidence> {
  const temporaryFiles = new TemporaryFiles();
  onTestFinished(() => {
    temporaryFiles.removeAll();
  });
  return findEvidence(named, { cwd, stdin: nothing(), temporaryFiles, outputs });
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  await Promise.resolve();
  yield* [];
}

function pathsOf({ files }: Evidence): string[] {
  return files.map(({ path }) => path);
}

describe('the evidence found', () => {
  it('is every file below a folder, whatever its name, in the order of the names', async () => {
    const cwd = aFolder({ 'e/b.txt': '', 'e/B.txt': '', 'e/a/z.log': '', 'e/a-b': '', 'e/.hidden': '', 'e/é.csv': '' });
    expect(pathsOf(await find(cwd, ['e']))).toEqual(['.hidden', 'B.txt', 'a/z.log', 'a-b', 'b.txt', 'é.csv']);
  });

  it('carries size, modification time and content', async () => {
    const cwd = aFolder({ 'netstat.txt': 'TCP 1' });
    utimesSync(join(cwd, 'netstat.txt'), 1_772_445_600, 1_772_445_600);
    const { files } = await find(cwd, ['netstat.txt']);
    expect(files.map(({ path, bytes, modifiedMs }) => ({ path, bytes, modifiedMs }))).toEqual([
      { path: 'netstat.txt', bytes: 5, modifiedMs: 1_772_445_600_000 },
    ]);
    const [file] = files;
    expect(file === undefined ? '' : await contentOf(file)).toBe('TCP 1');
  });

  it('takes a file once that is reached by two ways', async () => {
    const cwd = aFolder({ 'e/a.txt': '' });
    symlinkSync(join(cwd, 'e/a.txt'), join(cwd, 'e/b.txt'));
    expect(pathsOf(await find(cwd, ['e', 'e/a.txt', './e']))).toEqual(['a.txt']);
  });

  it('leaves out the program’s own reports and the files about to be written', async () => {
    const cwd = aFolder({ 'e/a.txt': '', 'e/out.json': '', 'e/H_2026.portmortem.html': '', 'e/X.PORTMORTEM.JSON': '' });
    expect(pathsOf(await find(cwd, ['e'], [join(cwd, 'e/out.json')]))).toEqual(['a.txt']);
  });

  it('reads links to files but does not follow links to folders, and says so', async () => {
    const cwd = aFolder({ 'e/a.txt': '', 'far/real.txt': 'x' });
    symlinkSync('..', join(cwd, 'e/up'));
    symlinkSync('../far/real.txt', join(cwd, 'e/link.txt'));
    symlinkSync('nowhere', join(cwd, 'e/broken'));
    const evidence = await find(cwd, ['e']);
    expect({ paths: pathsOf(evidence), leftOut: evidence.leftOut }).toEqual({
      paths: ['a.txt', 'link.txt'],
      leftOut: ['e/broken: no such file or folder', 'e/up: a link to a folder, not followed'],
    });
  });

  it('leaves out what cannot be opened, and says why', async () => {
    const cwd = aFolder({ 'e/a.txt': '' });
    // A link to itself cannot be opened by anybody, root included.
    mkdirSync(join(cwd, 'e/loop'));
    symlinkSync('self', join(cwd, 'e/loop/self'));
    const evidence = await find(cwd, ['e']);
    expect({ paths: pathsOf(evidence), leftOut: evidence.leftOut }).toEqual({
      paths: ['a.txt'],
      leftOut: ['e/loop/self: too many links lead to each other'],
    });
  });

  it.skipIf(process.platform === 'win32')('spools a named pipe, which can be read only once', async () => {
    const cwd = aFolder();
    const pipe = join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    spawn('sh', ['-c', `printf 'TCP 2' > '${pipe}'`]);
    const [file] = (await find(cwd, ['pipe'])).files;
    if (file === undefined) throw new Error('nothing found');
    expect([await contentOf(file), await contentOf(file), file.modifiedMs]).toEqual(['TCP 2', 'TCP 2', null]);
  });

  it.skipIf(process.platform === 'win32')('refuses what is neither a file nor a folder', async () => {
    await expect(find(aFolder(), ['/dev/null'])).rejects.toThrow(
      '/dev/null: it is neither a file nor a folder; name the exported files or their folder',
    );
  });
});
