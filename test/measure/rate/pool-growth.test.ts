import { describe, expect, it } from 'vitest';
import { PoolGrowth, type GrowthStep } from '../../../src/measure/rate/pool-growth.js';

const step = (second: number, facts: Partial<GrowthStep> = {}): GrowthStep => ({
  atMs: second * 1000,
  opened: 10,
  waiting: 100,
  inUse: 120,
  usable: 16_384,
  exhausted: false,
  ...facts,
});

function kept(...steps: readonly GrowthStep[]): readonly GrowthStep[] {
  const all = new PoolGrowth();
  for (const one of steps) all.addStep(one);
  return all.list();
}

describe('the steps', () => {
  it('end with the first full snapshot: what comes after it does not show who opened what', () => {
    const steps = [step(0), step(30, { exhausted: true }), step(60)];
    expect(kept(...steps)).toEqual(steps.slice(0, 2));
  });

  it('are all kept up to 720, and the latest 720 of more', () => {
    const seconds = (from: number, to: number): GrowthStep[] =>
      Array.from({ length: to - from }, (_, index) => step(5 * (from + index)));
    expect(kept(...seconds(0, 720))).toEqual(seconds(0, 720));
    expect(kept(...seconds(0, 721))).toEqual(seconds(1, 721));
  });

  it('keep the stretch before the pool was full where a longer series follows', () => {
    const steps = [step(0), step(30, { exhausted: true }), ...Array.from({ length: 800 }, (_, at) => step(60 + at))];
    expect(kept(...steps)).toEqual(steps.slice(0, 2));
  });

  it('of one moment are one step, the fuller table with what both saw opened: there is no rate between them', () => {
    const fuller = step(30, { opened: 5, waiting: 300, inUse: 320 });
    const emptier = step(30, { opened: 7, waiting: 0, inUse: 20 });
    expect(kept(step(0), fuller, emptier)).toEqual([step(0), { ...fuller, opened: 12 }]);
    expect(kept(step(0), emptier, fuller)).toEqual([step(0), { ...fuller, opened: 12 }]);
    expect(kept(step(0), fuller, step(30, { exhausted: true, inUse: 15_000 }), step(60))).toEqual([
      step(0),
      step(30, { exhausted: true, inUse: 15_000, opened: 15 }),
    ]);
  });
});
