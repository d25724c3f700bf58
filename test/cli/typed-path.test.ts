import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pathsMeant } from '../../src/cli/typed-path.js';
import { aFolder, runIn } from './a-world.js';

const FILES = {
  'a1.txt': '',
  'a2.txt': '',
  'b1.csv': '',
  'n/a3.txt': '',
  'n/x/a4.txt': '',
  'm/a5.txt': '',
  '.hidden.txt': '',
};

describe('a path as it was typed', () => {
  it('is itself where anything has that name, odd as it may be', async () => {
    const cwd = aFolder(FILES);
    writeFileSync(join(cwd, '[a]*.txt'), '');
    writeFileSync(join(cwd, 'b"'), '');
    symlinkSync('nowhere', join(cwd, 'l?'));
    for (const name of ['a1.txt', '[a]*.txt', 'b"', 'l?', 'n/']) expect(await pathsMeant(name, cwd)).toEqual([name]);
  });

  it('is forgiven the quote and the backslash that cmd.exe leaves behind it', async () => {
    const cwd = aFolder({ ...FILES, 'two words/a.txt': '' });
    expect(await pathsMeant('n"', cwd)).toEqual(['n']);
    expect(await pathsMeant('n\\', cwd)).toEqual(['n']);
    expect(await pathsMeant('two words\\"', cwd)).toEqual(['two words']);
    expect(await pathsMeant('"', cwd)).toEqual(['"']);
  });

  it('that took the options behind it in, as cmd.exe makes it, is explained', async () => {
    const advice = 'name an existing one, and put no backslash before the closing quote: "D:\\night 2"';
    for (const path of ['gone"', 'n" -o a.html']) {
      const { exitCode, stderr } = await runIn({ cwd: aFolder(FILES) }, path);
      const said = `portmortem: ${path}: no such file or folder; ${advice}\n`;
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: said });
    }
  });

  it('stands for every name that it fits, in order', async () => {
    const cwd = aFolder(FILES);
    expect(await pathsMeant('a?.txt', cwd)).toEqual(['a1.txt', 'a2.txt']);
    expect(await pathsMeant('*.txt', cwd)).toEqual(['a1.txt', 'a2.txt']);
    expect(await pathsMeant('.*.txt', cwd)).toEqual(['.hidden.txt']);
    expect(await pathsMeant('?/a*.txt', cwd)).toEqual(['m/a5.txt', 'n/a3.txt']);
    expect(await pathsMeant('*/x/a4.txt', cwd)).toEqual(['n/x/a4.txt']);
    expect(await pathsMeant(join(cwd, '*.csv'), cwd)).toEqual([join(cwd, 'b1.csv')]);
    expect(await pathsMeant('*.txt"', cwd)).toEqual(['a1.txt', 'a2.txt']);
  });

  it('takes every other character for itself', async () => {
    const cwd = aFolder({ 'a.txt': '', aatxt: '', 'a(1)+.txt': '' });
    expect(await pathsMeant('?.txt', cwd)).toEqual(['a.txt']);
    expect(await pathsMeant('a(?)+.txt', cwd)).toEqual(['a(1)+.txt']);
  });

  it('says that nothing fits', async () => {
    const cwd = aFolder(FILES);
    mkdirSync(join(cwd, 'empty'));
    const { exitCode, stderr } = await runIn({ cwd }, 'analyze', 'empty/*.xml');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'portmortem: empty/*.xml: no file or folder has such a name; name an existing file or folder\n',
    });
  });

  it('is read by analyze', async () => {
    const cwd = aFolder({ 'e/a.txt': 'TCP', 'e/b.txt': 'TCP', 'e/c.csv': 'TCP', 'n 2/d.txt': 'TCP' });
    const { analysed, stdout } = await runIn({ cwd }, 'analyze', 'e/*.txt', 'n 2"', '-o', 'report 1.json"');
    expect(stdout).toBe('report 1.json\n');
    expect(analysed?.files.map(({ path }) => path)).toEqual(['a.txt', 'b.txt', 'd.txt']);
  });
});
