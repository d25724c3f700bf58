import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf, runTimeImportsOf } from './imports-of.js';
import { filesBelow, foldersIn } from './project-files.js';

/**
 * Who may import whom, and the only place where it is written. A room is a folder of src/ or a file directly in it; every
 * room may import itself. Names after the rooms are packages, `d3-*` stands for a family.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  messages: ['model'],
  parsers: ['model', 'fast-xml-parser', 'csv-parse/*', 'ipaddr.js'],
  capture: ['model', 'messages', 'parsers'],
  measure: ['model', 'capture', 'd3-array'],
  mechanisms: ['model', 'messages', 'measure'],
  verdict: ['model', 'messages', 'measure', 'mechanisms'],
  advice: ['model', 'messages', 'measure', 'mechanisms', 'verdict'],
  report: ['model', 'messages', 'capture', 'measure', 'mechanisms', 'verdict', 'advice'],
  render: ['model', 'messages', 'd3-*', 'handlebars/*'],
  'analyze.ts': ['report', 'model', 'capture', 'measure'],
  'index.ts': ['analyze.ts', 'model', 'report', 'render'],
  cli: ['analyze.ts', 'model', 'messages', 'report', 'render', 'node:*', 'commander', 'iconv-lite'],
};

function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function allows(room: string, target: string): boolean {
  const names = MAY_IMPORT[room] ?? [];
  if (target.startsWith('src/')) return roomOf(target) === room || names.includes(roomOf(target));
  return names.some((name) => (name.endsWith('*') ? target.startsWith(name.slice(0, -1)) : target === name));
}

describe('the rooms of src/', () => {
  const files = filesBelow('src').filter((file) => file.endsWith('.ts'));

  it('are those of the table', () => {
    const rooms = [...foldersIn('src'), ...files.filter((file) => file.split('/').length === 2).map(roomOf)];
    expect(rooms.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(Object.keys(MAY_IMPORT))('%s imports only what the table allows', (room) => {
    const broken = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => !allows(room, target))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(broken).toEqual([]);
  });

  it('import no file that does not exist', () => {
    const missing = files
      .flatMap((file) => importsOf(file))
      .filter((target) => target.startsWith('src/') && !target.endsWith('.generated.ts') && !existsSync(target));
    expect(missing).toEqual([]);
  });

  it('hold no cycle of files at run time', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, way: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...way.slice(way.indexOf(file)), file].join(' > '));
        return;
      }
      state.set(file, 'open');
      for (const target of runTimeImportsOf(file)) if (files.includes(target)) visit(target, [...way, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
