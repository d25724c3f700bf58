import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/capture/survey/read-file.js';
import { KNOWN_FORMATS } from '../../src/cli/known-formats.js';
import { nodePlatform } from '../../src/cli/node-platform.js';
import { withFormats } from '../tools/readme-formats.js';
import { poisonedChunks } from '../support/poisoned-source.js';

describe('a format that the program says it reads', () => {
  it.each(Object.entries(KNOWN_FORMATS))('%s is what its sample is recognised as', async (format, { sample }) => {
    const bytes = new TextEncoder().encode(`${sample.join('\r\n')}\r\n`);
    const open = () => poisonedChunks(bytes, 65_536, 'Uint8Array');
    const file = { path: 'sample.txt', bytes: bytes.length, modifiedMs: null, open };
    expect(await recognise(file, nodePlatform)).toMatchObject({ format });
  });

  it('stands in the README with the command that makes it', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(withFormats(readme), 'renew with: npm run goldens').toBe(readme);
  });
});
