import { expect, it } from 'vitest';
import { wholeParts } from '../../../src/measure/numbers/whole-parts.js';

it.each([
  [
    [0.5, 0.5],
    [1, 0],
  ],
  [
    [3.2, 1.7, 1.1],
    [3, 2, 1],
  ],
  [
    [2 / 3, 2 / 3, 2 / 3],
    [1, 1, 0],
  ],
  [[0.9], [0]],
  [
    [1 - 1e-9, 4],
    [1, 4],
  ],
  [[], []],
])('parts %j become whole numbers that add up to no more than they do: %j', (parts, whole) => {
  expect(wholeParts(parts)).toEqual(whole);
});
