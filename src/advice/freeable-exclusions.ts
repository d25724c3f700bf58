import type { AdviceInput } from './action.js';

/** Blocks this small were put there for one service on purpose. */
const SMALLEST_BLOCK = 100;

/** Large administered exclusions inside the range, where exclusions are what makes the pool too small. */
export function freeableExclusions({ facts, conclusion }: AdviceInput): [number, number][] {
  if (conclusion.verdict.mechanism !== 'undersized-range') return [];
  return facts.pool.exclusions
    .filter(({ first, last, administered }) => administered && last - first + 1 >= SMALLEST_BLOCK)
    .map(({ first, last }): [number, number] => [first, last]);
}
