import { describe, expect, it } from 'vitest';
import { openedAnew } from '../../../src/measure/time-wait/opened-anew.js';

describe('of the waiting tuples seen on both sides of a gap, those that were opened anew in it', () => {
  it('are told by those that did not come back: as many again where every second freed port is taken by its destination', () => {
    expect(openedAnew({ before: 100, stayed: 90 }, 0.5)).toBe(10);
    expect(openedAnew({ before: 100, stayed: 90 }, 0.2)).toBeCloseTo(2.5, 6);
    expect(openedAnew({ before: 100, stayed: 100 }, 0.5)).toBe(0);
  });

  it('are none where nobody is given a port of the same destination', () => {
    expect(openedAnew({ before: 100, stayed: 10 }, 0)).toBe(0);
  });

  it('cannot be told from more than every second freed port on', () => {
    expect(openedAnew({ before: 100, stayed: 100 }, 0.501)).toBeNull();
    expect(openedAnew({ before: 100, stayed: 100 }, 1)).toBeNull();
  });

  it('are too many to count with the rest from more than one in five that stayed on', () => {
    expect(openedAnew({ before: 120, stayed: 100 }, 0.5)).toBe(20);
    expect(openedAnew({ before: 121, stayed: 100 }, 0.5)).toBeNull();
    expect(openedAnew({ before: 100, stayed: 0 }, 0.1)).toBeNull();
  });
});
