import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeNew, placeOver, writeTemporary } from '../../src/cli/place-file.js';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import { aFolder } from './a-world.js';

/** A link as a file system without hard links makes it. */
function refusing(code: string): () => Promise<void> {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

describe('a temporary file', () => {
  it('has a short name that nobody can guess, and only its user reads it while it is written', () => {
    const folder = aFolder();
    const temporaryFiles = new TemporaryFiles();
    const names = [1, 2].map(() => temporaryFiles.newFile(folder).path.slice(folder.length + 1));
    expect(names).toEqual([0, 1].map(() => expect.stringMatching(/^\.portmortem-[0-9a-f]{16}\.tmp$/) as string));
    expect(new Set(names).size).toBe(2);
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    if (process.platform !== 'win32') expect(modes).toEqual([0o600, 0o600]);
    temporaryFiles.removeAll();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('has the mode of any new file when it is complete', () => {
    const before = process.umask(0o027);
    try {
      const path = writeTemporary(aFolder(), Buffer.from('x'), new TemporaryFiles());
      expect((statSync(path).mode & 0o777).toString(8)).toBe('640');
      expect(process.umask(0o027)).toBe(0o027);
    } finally {
      process.umask(before);
    }
  });
});

describe('placing a file', () => {
  it.each([null, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])(
    'gives it a new name and overwrites nothing that came meanwhile, where a hard link ends in %s',
    async (code) => {
      const folder = aFolder({ 'taken.html': 'mine', victim: 'mine' });
      symlinkSync('gone', join(folder, 'dangling.html'));
      symlinkSync('victim', join(folder, 'link.html'));
      const temporaryFiles = new TemporaryFiles();
      const link = code === null ? undefined : refusing(code);
      for (const name of ['taken.html', 'dangling.html', 'link.html']) {
        const temporary = writeTemporary(folder, Buffer.from('new'), temporaryFiles);
        const placing = placeNew(temporary, join(folder, name), temporaryFiles, link);
        await expect(placing).rejects.toMatchObject({ code: 'EEXIST' });
      }
      const temporary = writeTemporary(folder, Buffer.from('new'), temporaryFiles);
      await placeNew(temporary, join(folder, 'free.html'), temporaryFiles, link);
      temporaryFiles.forget(join(folder, 'free.html'));
      temporaryFiles.removeAll();
      expect(readdirSync(folder)).toEqual(['dangling.html', 'free.html', 'link.html', 'taken.html', 'victim']);
      const contents = ['free.html', 'taken.html', 'victim'].map((name) => readFileSync(join(folder, name), 'utf8'));
      expect(contents).toEqual(['new', 'mine', 'mine']);
    },
  );

  it('over a link replaces the link and leaves alone what it leads to', async () => {
    const folder = aFolder({ victim: 'mine' });
    symlinkSync('victim', join(folder, 'link.html'));
    const temporaryFiles = new TemporaryFiles();
    const temporary = writeTemporary(folder, Buffer.from('new'), temporaryFiles);
    await placeOver(temporary, join(folder, 'link.html'), temporaryFiles);
    temporaryFiles.removeAll();
    expect(['victim', 'link.html'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['mine', 'new']);
  });

  it('passes on every other refusal of the system', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'a.html'));
    const temporaryFiles = new TemporaryFiles();
    const temporary = writeTemporary(folder, Buffer.from('new'), temporaryFiles);
    const placing = placeNew(temporary, join(folder, 'b.html'), temporaryFiles, refusing('EIO'));
    await expect(placing).rejects.toMatchObject({ code: 'EIO' });
  });
});
