import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../csv/csv-reading.js';

const FIXTURES = ['event-text', 'event-csv'].flatMap((format) =>
  readdirSync(`fixtures/parsers/${format}`).map((name) => `${format}/${name}`),
);
const CUTS = 40;

/** Numbers from 0 to below 1 that are the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(`fixtures/parsers/${path}`));
}

/** A part of the file with a part of it left out and another one doubled. */
function mangled(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = (): number => Math.floor(random() * bytes.length);
  const [from, to, out, behind, twice] = [at(), at(), at(), at(), at()];
  const parts = [bytes.subarray(from, to), bytes.subarray(Math.min(out, behind)), bytes.subarray(twice, twice + 300)];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe.each(FIXTURES)('%s', (path) => {
  it('is read alike however it is cut into chunks', async () => {
    const bytes = bytesOf(path);
    const whole = await readBytes(bytes);
    for (const chunkBytes of [1, 7, 64, 1000]) expect(await readBytes(bytes, chunkBytes)).toEqual(whole);
  });
  it('never makes the reader throw, whatever part of it is missing', async () => {
    const bytes = bytesOf(path);
    const random = randomFrom(bytes.length);
    for (let cut = 0; cut < CUTS; cut++) {
      const { events = [] } = await readBytes(mangled(bytes, random), 1 + Math.floor(random() * 500));
      expect(events.every((event) => !event.includes('NaN'))).toBe(true);
    }
  });
});
