import { describe, expect, it } from 'vitest';
import { rateFromCreationTimes } from '../../../src/measure/rate/rate-from-creation-times.js';

const ages = (count: number, seconds: number): number[] => Array.from({ length: count }, () => seconds);

describe('the rate from creation times', () => {
  it('is at least the connections of the last minute that still live, ten of them or more', () => {
    expect(rateFromCreationTimes([...ages(9, 59.9), 60, 400])).toBeNull();
    expect(rateFromCreationTimes([...ages(10, 59.9), 60, 400])).toEqual({ low: 10 / 61, best: null, high: null });
  });

  it('comes from the last seconds where connections live no longer', () => {
    const young = [0, 1, 2, 3, 4].flatMap((second) => ages(120, second));
    expect(rateFromCreationTimes(young)?.low).toBeCloseTo((600 - 2 * Math.sqrt(600)) / 6, 5);
  });

  it('needs a tenth of them in each half of those seconds', () => {
    const halves = (later: number): number[] => [...ages(1000 - later, 1), ...ages(later, 4)];
    expect(rateFromCreationTimes(halves(100))?.low).toBeCloseTo((1000 - 2 * Math.sqrt(1000)) / 6, 5);
    expect(rateFromCreationTimes(halves(99))?.low).toBeCloseTo(1000 / 61, 5);
  });

  it('does not come from a burst of one moment', () => {
    expect(rateFromCreationTimes(ages(600, 1))?.low).toBeCloseTo(600 / 61, 5);
  });
});
