import { describe, expect, it } from 'vitest';
import type { OpeningPace } from '../../../src/measure/owners/connection-lifetimes.js';
import { candidateWeights } from '../../../src/measure/owners/candidate-weights.js';

const counted = (perSecond: number): OpeningPace => ({ kind: 'counted', perSecond });
const uncounted = (tuples: number): OpeningPace => ({ kind: 'uncounted', tuples });
const NONE: OpeningPace = { kind: 'none' };
const UNKNOWN: OpeningPace = { kind: 'unknown' };
const DELAY = { low: 120, best: 120, high: 120 };

/** Ports of each owner, in the order given, and what is left over. */
function shared(
  waiting: number,
  owners: readonly (readonly [live: number, opening: OpeningPace])[],
): (number | undefined)[] {
  const named = owners.map(([ports, opening], consumer) => ({ consumer, ports, opening }));
  const { ports, unexplained } = candidateWeights(waiting, named, DELAY);
  const rounded = (part: number): number => Math.round(part * 1e6) / 1e6;
  const parts = owners.map((_, consumer) => ports.get(consumer));
  return [...parts.map((part) => (part === undefined ? part : rounded(part))), unexplained];
}

describe('ports waiting towards one destination', () => {
  it('are not those of a pool whose connections stay, even if nobody else was seen there', () => {
    expect(shared(16_000, [[60, NONE]])).toEqual([undefined, 16_000]);
    expect(
      shared(16_000, [
        [60, NONE],
        [1, uncounted(4)],
      ]),
    ).toEqual([undefined, 16_000, 0]);
  });

  it('are shared out by the tuples seen of each, not by the ports held at once', () => {
    expect(
      shared(1000, [
        [5, uncounted(30)],
        [9, uncounted(10)],
      ]),
    ).toEqual([750, 250, 0]);
  });

  it('are shared out by live ports where one table says nothing of turnover', () => {
    expect(
      shared(1000, [
        [3, UNKNOWN],
        [1, UNKNOWN],
      ]),
    ).toEqual([750, 250, 0]);
  });

  it('are of a program that opens slowly no more than its rate times the delay, the rest of the quick one', () => {
    expect(
      shared(16_200, [
        [39, counted(0.5)],
        [4, uncounted(19)],
      ]),
    ).toEqual([60, 16_140, 0]);
  });

  it('leave a quick one the tuples seen of it where counted rates explain more than there is', () => {
    expect(
      shared(130, [
        [39, counted(1)],
        [4, uncounted(10)],
      ]),
    ).toEqual([120, 10, 0]);
    expect(
      shared(65, [
        [39, counted(1)],
        [4, uncounted(10)],
      ]),
    ).toEqual([60, 5, 0]);
  });

  it('are all of programs whose counted rates explain a quarter of them, and no more than explained below that', () => {
    expect(
      shared(480, [
        [9, counted(0.75)],
        [3, counted(0.25)],
      ]),
    ).toEqual([360, 120, 0]);
    expect(
      shared(484, [
        [9, counted(0.75)],
        [3, counted(0.25)],
      ]),
    ).toEqual([90, 30, 364]);
    expect(shared(60, [[9, counted(1)]])).toEqual([60, 0]);
  });

  it('are nobody’s where nobody was seen', () => {
    expect(shared(7, [])).toEqual([7]);
  });
});
