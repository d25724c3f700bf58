import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { report } from '../report/samples/build.js';
import { hostile } from '../report/samples/hostile.js';
import { samples } from '../report/samples/samples.js';
import { filesLoadedBy } from './imports-of.js';

/** Each report anew: what a rendering does to one must not reach the next. */
const REPORTS: readonly (readonly [string, () => Report])[] = [
  ['the empty report', () => ({ ...report([]), inputs: [] })],
  ...Object.entries(samples).map(([name, sample]) => [name, sample] as const),
  ['hostile churn', () => hostile(samples.churn())],
];

/** Throws, in the strict mode of modules, whoever writes into it. */
function frozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
}

describe('the list of renderings', () => {
  it('has a suffix of its own for each, in lower case, and a line for the help', () => {
    const suffixes = RENDERINGS.map(({ suffix }) => suffix);
    expect(new Set(suffixes).size).toBe(suffixes.length);
    expect(suffixes.filter((suffix) => !/^(?:\.[a-z0-9]+)+$/.test(suffix))).toEqual([]);
    expect(RENDERINGS.filter(({ description }) => !/^\S.{0,60}\S$/.test(description))).toEqual([]);
  });

  it('loads nothing that prints a report before a report is printed', () => {
    const loaded = filesLoadedBy('src/cli/run-in-process.ts');
    expect(loaded).toContain('src/render/renderings.ts');
    expect(
      loaded.filter((file) => /^(?:src\/(?:render\/html|report|measure)\/|src\/analyze|handlebars|d3-)/.test(file)),
    ).toEqual([]);
  });
});

describe.each(RENDERINGS)('the rendering $suffix', ({ render }) => {
  it.each(REPORTS)('gives the same text for the same report and leaves it as it was: %s', async (_name, make) => {
    const given = make();
    frozen(given);
    const text = await render(given, 'en');
    expect(await render(make(), 'en')).toBe(text);
    expect(given).toEqual(make());
  });

  it.each(REPORTS)('ends each line with one line feed, the last one too: %s', async (_name, make) => {
    const text = await render(make(), 'en');
    expect(text).not.toContain('\r');
    expect(text).toMatch(/[^\n]\n$/);
  });
});
