import { describe, expect, it } from 'vitest';
import { REGISTRIES, brokenPromises, publishedLines } from '../../tools/published.js';

describe('what is published', () => {
  it.each(REGISTRIES)('stands in its golden: $path', async ({ path, lines }) => {
    expect(await lines(), 'if the change is right, renew with: npm run goldens').toEqual(publishedLines(path));
  });

  it.each(REGISTRIES)('has no line twice: $path', ({ path }) => {
    const lines = publishedLines(path);
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
  });

  it('may go until 0.2.0 is released, and only grows from then on', () => {
    const [before, after] = [
      ['a', 'b'],
      ['b', 'c'],
    ];
    expect(
      ['0.1.0', '0.1.12', '0.2.0', '0.10.0', '1.0.0'].map((version) => brokenPromises(before, after, version)),
    ).toEqual([[], [], ['a'], ['a'], ['a']]);
    expect(brokenPromises(before, [...before, 'c'], '0.2.0')).toEqual([]);
    expect(brokenPromises(before, [], '0.2.0', ['a'])).toEqual(['b']);
  });
});
