import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/model/format.js';
import { goldenNames } from '../support/scenarios.js';
import { filesBelow, foldersIn } from './project-files.js';

/** Not part of the project: made by tools and ignored by git. */
const MADE = ['node_modules', 'dist', 'coverage'];
const LONGEST_FILE_LINES = 300;

describe('the folders', () => {
  it('at the top are src, templates, fixtures and test, beside dot folders', () => {
    const folders = foldersIn('.').filter((name) => !name.startsWith('.') && !MADE.includes(name));
    expect(folders).toEqual(['fixtures', 'src', 'templates', 'test']);
  });

  it('of src hold no file longer than 300 lines', () => {
    const long = filesBelow('src')
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > LONGEST_FILE_LINES);
    expect(long).toEqual([]);
  });

  it('of src hold no file named for nothing', () => {
    const vague = filesBelow('src').filter((file) => /(?:util|helper|misc|common|manager)/i.test(file));
    expect(vague).toEqual([]);
  });

  it.each(foldersIn('fixtures/scenarios'))(
    'of the scenario %s hold the story, the capture and what to expect',
    (name) => {
      const folder = `fixtures/scenarios/${name}`;
      expect(foldersIn(folder)).toEqual(['capture', 'expected']);
      expect(existsSync(`${folder}/README.md`)).toBe(true);
      expect(filesBelow(`${folder}/capture`)).not.toEqual([]);
      expect(filesBelow(`${folder}/expected`)).toEqual(goldenNames().map((name) => `${folder}/expected/${name}`));
    },
  );

  it('of fixtures/parsers are the formats, each with at least one file', () => {
    const folders = foldersIn('fixtures/parsers');
    expect(folders).toEqual(FORMATS.filter((format) => format !== 'unrecognised').toSorted());
    expect(folders.filter((folder) => filesBelow(`fixtures/parsers/${folder}`).length === 0)).toEqual([]);
  });
});
