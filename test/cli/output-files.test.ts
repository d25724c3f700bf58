import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOutputs, planOutputs, writeOutputs } from '../../src/cli/output-files.js';
import { TemporaryFiles } from '../../src/cli/temporary-files.js';
import { aFolder } from './a-world.js';

describe('the outputs', () => {
  it('are written under their names in one go, with their size in bytes', async () => {
    const cwd = aFolder({ 'a.html': 'old' });
    const [html, json] = planOutputs(['a.html', join(cwd, 'b.json')], cwd);
    if (html === undefined || json === undefined) throw new Error('two outputs are planned');
    const contents = [
      { output: html, text: 'é' },
      { output: json, text: '{}' },
    ];
    expect(await writeOutputs(contents, true, new TemporaryFiles())).toEqual([
      { shown: 'a.html', bytes: 2 },
      { shown: join(cwd, 'b.json'), bytes: 2 },
    ]);
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toBe('é');
    expect(readdirSync(cwd)).toEqual(['a.html', 'b.json']);
  });

  it('leave the old file as it was, and nothing of the new, when one of them cannot be written', async () => {
    const cwd = aFolder({ 'a.html': 'old', gone: '' });
    const temporaryFiles = new TemporaryFiles();
    const contents = planOutputs(['a.html', 'gone/b.json'], cwd).map((output) => ({ output, text: 'new' }));
    await expect(writeOutputs(contents, true, temporaryFiles)).rejects.toThrow(
      'gone/b.json: cannot be written: a part of the path is not a folder; choose another place with -o',
    );
    temporaryFiles.removeAll();
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toBe('old');
    expect(readdirSync(cwd)).toEqual(['a.html', 'gone']);
  });

  it.each(['a.html/', 'sub\\a.json\\'])('are files: %s names a folder', (shown) => {
    expect(() => planOutputs([shown], aFolder())).toThrow(`-o ${shown}: it names a folder; name a file`);
  });

  it('never replace a folder that came into the way', async () => {
    const cwd = aFolder();
    const temporaryFiles = new TemporaryFiles();
    mkdirSync(join(cwd, 'a.html'));
    const contents = planOutputs(['a.html'], cwd).map((output) => ({ output, text: 'new' }));
    await expect(writeOutputs(contents, true, temporaryFiles)).rejects.toThrow(
      'a.html: cannot be written: it is a folder',
    );
    temporaryFiles.removeAll();
    expect(readdirSync(cwd)).toEqual(['a.html']);
  });

  it('go through no link that somebody laid beside them', async () => {
    const cwd = aFolder({ victim: 'mine' });
    symlinkSync('victim', join(cwd, `.a.html.${String(process.pid)}.tmp`));
    const contents = planOutputs(['a.html'], cwd).map((output) => ({ output, text: 'new' }));
    await writeOutputs(contents, false, new TemporaryFiles());
    expect(['victim', 'a.html'].map((name) => readFileSync(join(cwd, name), 'utf8'))).toEqual(['mine', 'new']);
  });

  it('are refused when two names lead to one place by way of a link to its folder', async () => {
    const cwd = aFolder({ 'e/x': '' });
    symlinkSync('e', join(cwd, 'link'));
    const outputs = planOutputs(['e/a.html', 'link/a.html'], cwd);
    const message = '-o link/a.html: the same file is named twice; name each output once';
    await expect(checkOutputs(outputs, true)).rejects.toMatchObject({ message, exitCode: 2 });
  });

  it('may have the longest name that the file system allows', async () => {
    const cwd = aFolder();
    const name = `${'x'.repeat(250)}.html`;
    const contents = planOutputs([name], cwd).map((output) => ({ output, text: 'new' }));
    expect(await writeOutputs(contents, false, new TemporaryFiles())).toEqual([{ shown: name, bytes: 3 }]);
    expect(readdirSync(cwd)).toEqual([name]);
  });

  it('leave nothing of the new when one of the names is taken in the last moment', async () => {
    const cwd = aFolder();
    const temporaryFiles = new TemporaryFiles();
    const contents = planOutputs(['a.html', 'b.json'], cwd).map((output) => ({ output, text: 'new' }));
    writeFileSync(join(cwd, 'b.json'), 'mine');
    const message = 'b.json: the file exists already; name another output with -o, or overwrite with --force';
    await expect(writeOutputs(contents, false, temporaryFiles)).rejects.toMatchObject({ message, exitCode: 5 });
    temporaryFiles.removeAll();
    expect(readdirSync(cwd)).toEqual(['b.json']);
    expect(readFileSync(join(cwd, 'b.json'), 'utf8')).toBe('mine');
  });
});
