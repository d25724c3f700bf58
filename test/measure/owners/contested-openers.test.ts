import { describe, expect, it } from 'vitest';
import type { OpeningPace } from '../../../src/measure/owners/connection-lifetimes.js';
import { contestedOpeners } from '../../../src/measure/owners/contested-openers.js';

const UNKNOWN: OpeningPace = { kind: 'unknown' };
const uncounted = (tuples: number): OpeningPace => ({ kind: 'uncounted', tuples });

/** Who is contested of a full pool, or of so many waiting ports, with the owners 0, 1, 2 by their rows alive and their pace. */
function contested(
  owners: readonly (readonly [ports: number, opening: OpeningPace])[],
  waiting = 16_240,
  logged: Readonly<Record<number, number>> = {},
  later: readonly number[] = [],
): number[] {
  const set = contestedOpeners({
    waiting,
    delay: { low: 120 },
    later: new Set(later),
    owners: owners.map(([ports, opening], consumer) => ({ consumer, ports, opening })),
    joined: (consumer) => consumer,
    loggedOf: (consumer) => logged[consumer] ?? 0,
    turnoverOf: (consumer) => {
      const opening = owners[consumer]?.[1];
      return opening?.kind === 'uncounted' ? opening.tuples : 0;
    },
  });
  return [...set];
}

describe('the only program met at a destination', () => {
  it('is not shown to have opened what waits by two rows in one table', () => {
    expect(contested([[2, UNKNOWN]])).toEqual([0]);
  });

  it('is, with as many rows as calls of a fifth of a second would show', () => {
    expect(contested([[27, UNKNOWN]])).toEqual([0]);
    expect(contested([[28, UNKNOWN]])).toEqual([]);
  });

  it('is, by five connections that came or went', () => {
    expect(contested([[2, uncounted(4)]])).toEqual([0]);
    expect(contested([[1, uncounted(5)]])).toEqual([]);
  });

  it('is taken for it where so little waits that nobody is blamed', () => {
    expect(contested([[1, UNKNOWN]], 9)).toEqual([]);
    expect(contested([[0, UNKNOWN]], 10)).toEqual([0]);
  });

  it('needs none of this where its openings can be counted', () => {
    expect(contested([[2, { kind: 'counted', perSecond: 100 }]])).toEqual([]);
  });
});

describe('several programs met at a destination', () => {
  it('are all contested: rows met alive are the rate times the length of a call', () => {
    expect(
      contested([
        [80, uncounted(800)],
        [5, uncounted(60)],
      ]),
    ).toEqual([0, 1]);
  });

  it('leave one alone who has less than a hundredth of the rows met, or whose openings are counted', () => {
    expect(
      contested([
        [80, uncounted(800)],
        [1, uncounted(2)],
      ]),
    ).toEqual([]);
    expect(
      contested([
        [80, uncounted(800)],
        [5, { kind: 'counted', perSecond: 0.1 }],
        [60, { kind: 'none' }],
      ]),
    ).toEqual([]);
  });

  it('leave one alone where a log names the rows of the other', () => {
    const both = [
      [80, uncounted(800)],
      [5, uncounted(60)],
    ] as const;
    expect(contested(both, 16_240, { 1: 5 })).toEqual([]);
    expect(contested(both, 16_240, { 1: 4 })).toEqual([0, 1]);
  });

  it('leave one alone where the other was first met in a later table', () => {
    const both = [
      [80, uncounted(800)],
      [5, uncounted(60)],
    ] as const;
    expect(contested(both, 16_240, {}, [1])).toEqual([]);
    expect(contested(both, 16_240, {}, [0, 1])).toEqual([0, 1]);
  });
});
