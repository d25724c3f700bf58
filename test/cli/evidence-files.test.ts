import { execFileSync, spawn } from 'node:child_process';
import { linkSync, mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findEvidence, type FoundEvidence } from '../../src/cli/evidence-files.js';
import { phrase } from '../../src/messages/phrase.js';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import { aFolder, contentOf } from './a-world.js';

async function find(cwd: string, named: readonly string[], outputs: readonly string[] = []): Promise<FoundEvidence> {
  const temporaryFiles = new TemporaryFiles();
  onTestFinished(() => {
    temporaryFiles.removeAll();
  });
  return findEvidence(named, { cwd, stdin: nothing(), stdinIdentity: () => null, temporaryFiles, outputs });
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  await Promise.resolve();
  yield* [];
}

function pathsOf({ files }: FoundEvidence): string[] {
  return files.map(({ path }) => path);
}

/** As a run says it. */
function notReadOf({ unreadable, leftOut }: FoundEvidence): string[] {
  return [...unreadable, ...leftOut].map((message) => phrase(message, 'en'));
}

describe('the evidence found', () => {
  it('is every file below a folder, whatever its name, in the order of the names', async () => {
    const cwd = aFolder({ 'e/b.txt': '', 'e/B.txt': '', 'e/a/z.log': '', 'e/a-b': '', 'e/.hidden': '', 'e/é.csv': '' });
    expect(pathsOf(await find(cwd, ['e']))).toEqual(['.hidden', 'B.txt', 'a/z.log', 'a-b', 'b.txt', 'é.csv']);
  });

  it('is named below what was named, never by where that lies, and by the shortest end that differs', async () => {
    const cwd = aFolder({ 'case/a/e/x.txt': '', 'case/a/e/d/y.txt': '', 'case/b/x.txt': '', 'case/c/x.txt': '' });
    const files = ['a/e', 'b/x.txt', 'c/x.txt'].map((name) => join(cwd, 'case', name));
    expect(pathsOf(await find(cwd, files))).toEqual(['d/y.txt', 'e/x.txt', 'b/x.txt', 'c/x.txt']);
  });

  it('knows what the folder is called that was named, that of `.` too, and nothing above it', async () => {
    const cwd = aFolder({ 'SQL07/APP02/a/netstat.txt': '' });
    const named = async (at: string, ...paths: string[]): Promise<unknown> =>
      (await find(join(cwd, at), paths)).files.map(({ folder }) => folder);
    expect(await named('.', 'SQL07/APP02')).toEqual(['APP02']);
    expect(await named('SQL07/APP02', '.')).toEqual(['APP02']);
    expect(await named('SQL07/APP02', 'a/..')).toEqual(['APP02']);
    expect(await named('SQL07/APP02', 'a')).toEqual(['a']);
    expect(await named('SQL07/APP02', 'a/netstat.txt')).toEqual([undefined]);
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

  it('takes a file once that has two names, and under its own name whatever a link to it is called', async () => {
    const cwd = aFolder({ 'e/b.txt': '', 'e/d/x.txt': '' });
    linkSync(join(cwd, 'e/b.txt'), join(cwd, 'e/c.txt'));
    symlinkSync('b.txt', join(cwd, 'e/a.txt'));
    symlinkSync('d', join(cwd, 'e/again'));
    symlinkSync('.', join(cwd, 'e/self'));
    symlinkSync('../..', join(cwd, 'e/d/top'));
    const evidence = await find(cwd, ['e']);
    expect({ paths: pathsOf(evidence), notRead: notReadOf(evidence) }).toEqual({
      paths: ['b.txt', 'd/x.txt'],
      notRead: ['e/d/top: a link that leads outside the folder, not followed; name its target to have it read'],
    });
  });

  it('never comes through a link that leads outside the folder, and counts such links in one line', async () => {
    const cwd = aFolder({ 'e/a.txt': '', 'e-2/real.txt': 'x' });
    symlinkSync('..', join(cwd, 'e/up'));
    symlinkSync('../e-2', join(cwd, 'e/far'));
    symlinkSync('../e-2/real.txt', join(cwd, 'e/link.txt'));
    symlinkSync('nowhere', join(cwd, 'e/broken'));
    const evidence = await find(cwd, ['e']);
    expect({ paths: pathsOf(evidence), notRead: notReadOf(evidence) }).toEqual({
      paths: ['a.txt'],
      notRead: [
        'e/broken: no such file or folder',
        'e/far and 2 more: links that lead outside the folder, not followed; name their targets to have them read',
      ],
    });
  });

  it('comes through a link that the command line names, or that leads to what it names too', async () => {
    const cwd = aFolder({ 'e/a.txt': 'a', 'far/b.txt': 'b', 'c.txt': 'c' });
    symlinkSync('e', join(cwd, 'folder'));
    symlinkSync('c.txt', join(cwd, 'file'));
    symlinkSync('../far', join(cwd, 'e/far'));
    symlinkSync('../c.txt', join(cwd, 'e/c.txt'));
    const evidence = await find(cwd, ['folder', 'file', 'far']);
    expect({ paths: pathsOf(evidence), notRead: notReadOf(evidence) }).toEqual({
      paths: ['folder/a.txt', 'file', 'far/b.txt'],
      notRead: [],
    });
  });

  it.skipIf(process.platform === 'win32')(
    'comes through no link that a file has become since it was listed',
    async () => {
      const cwd = aFolder({ 'e/a.txt': 'a', 'b.txt': 'b', 'secret.txt': 'secret' });
      symlinkSync('b.txt', join(cwd, 'link.txt'));
      const [walked, named] = (await find(cwd, ['e', 'link.txt'])).files;
      if (walked === undefined || named === undefined) throw new Error('not found');
      rmSync(join(cwd, 'e/a.txt'));
      symlinkSync('../secret.txt', join(cwd, 'e/a.txt'));
      await expect(contentOf(walked)).rejects.toThrow('ELOOP');
      expect(await contentOf(named)).toBe('b');
    },
  );

  it('leaves out what cannot be opened, and says why', async () => {
    const cwd = aFolder({ 'e/a.txt': '' });
    // A link to itself cannot be opened by anybody, root included.
    mkdirSync(join(cwd, 'e/loop'));
    symlinkSync('self', join(cwd, 'e/loop/self'));
    const evidence = await find(cwd, ['e']);
    expect({ paths: pathsOf(evidence), notRead: notReadOf(evidence) }).toEqual({
      paths: ['a.txt'],
      notRead: ['e/loop/self: it is a link, or too many links lead to each other'],
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
