import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports-of.js';
import { filesBelow } from './project-files.js';

/**
 * Who may import whom, for a type or at run time, and the only place where it is written. A room is a folder of src/ (a folder in a
 * folder is a room of its own), or a file that stands between rooms. Every room may import itself and those above it that its line
 * names; a permission that nobody uses goes. Names after the rooms are packages, `d3-*` stands for a family.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  'messages/figures.ts': [],
  'messages/english': ['model', 'messages/figures.ts'],
  messages: ['model', 'messages/english'],
  'messages/languages.ts': ['messages/english', 'messages'],
  'messages/phrase.ts': ['model', 'messages/languages.ts'],
  parsers: ['model'],
  'parsers/text': ['model', 'parsers'],
  'parsers/port-table': ['model', 'parsers', 'parsers/text', 'ipaddr.js'],
  'parsers/event-log': ['model', 'parsers', 'parsers/text', 'parsers/port-table', 'fast-xml-parser'],
  'parsers/records': ['model', 'parsers', 'parsers/text', 'parsers/port-table'],
  'parsers/console': ['model', 'parsers', 'parsers/text', 'parsers/event-log', 'parsers/port-table', 'parsers/records'],
  'parsers/csv': [
    'model',
    'parsers',
    'parsers/text',
    'parsers/event-log',
    'parsers/port-table',
    'parsers/records',
    'csv-parse/*',
  ],
  'parsers/objects': ['model', 'parsers', 'parsers/text', 'parsers/port-table', 'parsers/event-log', 'parsers/records'],
  'parsers/formats.ts': [
    'parsers',
    'parsers/text',
    'parsers/event-log',
    'parsers/console',
    'parsers/csv',
    'parsers/objects',
  ],
  'capture/clock': ['model'],
  'capture/survey': ['model', 'messages', 'parsers', 'parsers/formats.ts'],
  'capture/assemble': ['model', 'parsers/text', 'capture/clock', 'capture/survey'],
  'capture/replay': ['model', 'parsers', 'capture/survey', 'capture/clock', 'capture/assemble'],
  'measure/numbers': ['model', 'd3-*'],
  'measure/pools': ['model'],
  'measure/events': ['model', 'measure/pools'],
  'measure/tuples': ['model', 'capture/survey', 'measure/numbers', 'measure/pools'],
  'measure/owners': [
    'model',
    'capture/survey',
    'capture/assemble',
    'measure/numbers',
    'measure/pools',
    'measure/tuples',
  ],
  'measure/rate': ['model', 'measure/numbers', 'measure/pools', 'measure/tuples'],
  'measure/time-wait': ['model', 'measure/numbers', 'measure/pools', 'measure/tuples'],
  'measure/trends': ['model', 'measure/numbers', 'measure/owners', 'd3-*'],
  measure: [
    'model',
    'capture/assemble',
    'capture/replay',
    'measure/numbers',
    'measure/pools',
    'measure/events',
    'measure/tuples',
    'measure/owners',
    'measure/rate',
    'measure/time-wait',
    'measure/trends',
  ],
  mechanisms: [
    'model',
    'messages',
    'measure/pools',
    'measure/events',
    'measure/owners',
    'measure/rate',
    'measure/trends',
    'measure',
  ],
  verdict: ['model', 'messages', 'measure/pools', 'measure/events', 'measure/owners', 'measure', 'mechanisms'],
  'advice/plan': ['model', 'messages', 'measure/numbers', 'measure/pools', 'measure', 'mechanisms', 'verdict'],
  'advice/settings': ['model', 'messages', 'measure/pools', 'measure/events', 'measure', 'advice/plan'],
  'advice/actions': [
    'model',
    'messages',
    'measure/owners',
    'measure',
    'mechanisms',
    'verdict',
    'advice/plan',
    'advice/settings',
  ],
  advice: [
    'model',
    'messages',
    'measure/pools',
    'measure',
    'verdict',
    'advice/plan',
    'advice/settings',
    'advice/actions',
  ],
  'report/schema': ['model'],
  'report/number-sources': ['model', 'messages/english'],
  report: [
    'model',
    'messages',
    'capture/survey',
    'capture/assemble',
    'measure/events',
    'measure/owners',
    'measure/rate',
    'measure/trends',
    'measure',
    'mechanisms',
    'verdict',
    'advice/settings',
    'advice',
    'report/schema',
  ],
  render: ['model', 'messages/languages.ts', 'messages/phrase.ts'],
  'render/html/charts': ['model', 'd3-*'],
  'render/html/view': ['model', 'messages', 'messages/phrase.ts', 'render/html/charts'],
  'render/html': ['model', 'messages/languages.ts', 'render/html/view', 'handlebars/*'],
  'render/renderings.ts': ['model', 'render', 'render/html'],
  'analyze.ts': [
    'model',
    'capture/survey',
    'capture/assemble',
    'capture/replay',
    'measure',
    'mechanisms',
    'verdict',
    'report',
  ],
  'index.ts': ['model', 'messages/phrase.ts', 'report', 'render', 'render/html', 'analyze.ts'],
  cli: [
    'model',
    'messages',
    'messages/languages.ts',
    'messages/phrase.ts',
    'parsers/text',
    'report',
    'render/renderings.ts',
    'analyze.ts',
    'commander',
    'iconv-lite',
    'node:*',
  ],
};

/** The room of a file: its own line in the table where it has one, else its folder. */
function roomOf(file: string): string {
  const path = file.slice('src/'.length);
  return path in MAY_IMPORT ? path : path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || path;
}

function targetOf(target: string): string {
  return target.startsWith('src/') ? roomOf(target) : target;
}

function covers(name: string, target: string): boolean {
  return name.endsWith('*') ? target.startsWith(name.slice(0, -1)) : target === name;
}

describe('the rooms of src/', () => {
  const files = filesBelow('src').filter((file) => file.endsWith('.ts'));
  const rooms = Object.keys(MAY_IMPORT);
  const crossing = (room: string): { file: string; target: string }[] =>
    files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((target) => ({ file, target: targetOf(target) })))
      .filter(({ target }) => target !== room);

  it('are those of the table', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(rooms.toSorted());
  });

  it.each(rooms)('%s imports only what the table allows', (room) => {
    const broken = crossing(room)
      .filter(({ target }) => !(MAY_IMPORT[room] ?? []).some((name) => covers(name, target)))
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(broken).toEqual([]);
  });

  it.each(rooms)('%s has no permission that nobody uses', (room) => {
    const used = crossing(room);
    const idle = (MAY_IMPORT[room] ?? []).filter((name) => !used.some(({ target }) => covers(name, target)));
    expect(idle).toEqual([]);
  });

  it.each(rooms)('%s may import rooms above it only, so that no two rooms lean on each other', (room) => {
    const above = rooms.slice(0, rooms.indexOf(room));
    const below = (MAY_IMPORT[room] ?? []).filter((name) => rooms.includes(name) && !above.includes(name));
    expect(below).toEqual([]);
  });

  it('import no file that does not exist', () => {
    const missing = files
      .flatMap((file) => importsOf(file))
      .filter((target) => target.startsWith('src/') && !target.endsWith('.generated.ts') && !existsSync(target));
    expect(missing).toEqual([]);
  });

  it('hold no circle of files, type imports counted', () => {
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, way: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...way.slice(way.indexOf(file)), file].join(' > '));
        return;
      }
      state.set(file, 'open');
      for (const target of importsOf(file)) if (files.includes(target)) visit(target, [...way, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});
