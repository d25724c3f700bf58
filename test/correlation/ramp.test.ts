import { describe, expect, it } from 'vitest';
import { rampRate } from '../../src/correlation/ramp.js';
import type { Step } from '../../src/correlation/steps.js';
import type { Estimate } from '../../src/model/estimate.js';

const EXACT: Estimate = { low: 120, best: 120, high: 120 };
const ASSUMED: Estimate = { low: 120, best: null, high: 240 };

/** Snapshots by second with what waits in each; the last one full where it is said. */
function ramp(waiting: readonly (readonly [second: number, waiting: number])[], fullAtEnd = false): Step[] {
  return waiting.map(([second, ports], index) => ({
    atMs: second * 1000,
    opened: 0,
    waiting: ports,
    inUse: ports,
    usable: 16_384,
    full: fullAtEnd && index === waiting.length - 1,
  }));
}

describe('the rate of closing', () => {
  it.each([
    ['no snapshot', []],
    ['one snapshot', [[0, 1200]]],
    [
      'one gap: what expires in it is not known',
      [
        [0, 0],
        [30, 3000],
      ],
    ],
  ] as const)('is unknown from %s', (_name, waiting) => {
    expect(rampRate(ramp(waiting), EXACT)).toBeNull();
  });

  it('is unknown where nothing waits, or what waits only expires', () => {
    expect(
      rampRate(
        ramp([
          [0, 0],
          [30, 0],
          [60, 0],
        ]),
        EXACT,
      ),
    ).toBeNull();
    expect(
      rampRate(
        ramp([
          [0, 1200],
          [30, 900],
          [60, 600],
        ]),
        EXACT,
      ),
    ).toBeNull();
  });

  it('of a pool that fills from nothing is what waits more in the busiest gap', () => {
    expect(
      rampRate(
        ramp([
          [0, 0],
          [30, 600],
          [60, 3600],
        ]),
        EXACT,
      ),
    ).toEqual({ low: 100, best: null, high: 100 });
  });

  it('of a plateau is what must have come to make up for what expired: 1,200 waiting for 120 s are 10/s', () => {
    expect(
      rampRate(
        ramp([
          [0, 1200],
          [30, 1200],
          [60, 1200],
        ]),
        EXACT,
      ),
    ).toEqual({ low: 10, best: null, high: 10 });
  });

  it('lies between what the shortest and the longest delay possible would mean', () => {
    expect(
      rampRate(
        ramp([
          [0, 1200],
          [30, 1200],
          [60, 1200],
        ]),
        ASSUMED,
      ),
    ).toEqual({ low: 5, best: null, high: 10 });
  });

  it('counts what expires of the arrivals that it found before', () => {
    // 50/s for 30 s, nothing while they wait, and 60/s in the 30 s in which they go.
    const waiting = [1500, 1500, 1500, 1500, 1800].map((ports, index) => [30 + 30 * index, ports] as const);
    expect(rampRate(ramp([[0, 0], ...waiting]), EXACT)).toEqual({ low: 60, best: null, high: 60 });
  });

  it('is only “at least” in the gap that ends in a full pool', () => {
    expect(
      rampRate(
        ramp(
          [
            [0, 0],
            [30, 600],
            [60, 3600],
          ],
          true,
        ),
        EXACT,
      ),
    ).toEqual({ low: 100, best: null, high: null });
  });

  it('keeps its upper end where the gap that ends in a full pool is not the busiest', () => {
    expect(
      rampRate(
        ramp(
          [
            [0, 0],
            [30, 3000],
            [60, 3600],
          ],
          true,
        ),
        EXACT,
      ),
    ).toEqual({ low: 100, best: null, high: 100 });
  });

  it('does not come from a gap longer than the delay, in which whole lifetimes are hidden', () => {
    expect(
      rampRate(
        ramp([
          [0, 0],
          [120, 1200],
          [240, 1200],
        ]),
        EXACT,
      ),
    ).toEqual({ low: 10, best: null, high: 10 });
    expect(
      rampRate(
        ramp([
          [0, 0],
          [121, 1200],
          [242, 1200],
        ]),
        EXACT,
      ),
    ).toBeNull();
    // With a delay between 120 and 240 s a gap of 121 s may be too long.
    expect(
      rampRate(
        ramp([
          [0, 0],
          [121, 1200],
          [242, 1200],
        ]),
        ASSUMED,
      ),
    ).toBeNull();
  });

  it('with a delay that nothing bounds from above is what its lower end says', () => {
    const open: Estimate = { low: 120, best: null, high: null };
    expect(
      rampRate(
        ramp([
          [0, 1200],
          [30, 1200],
          [60, 1200],
        ]),
        open,
      ),
    ).toEqual({ low: 10, best: null, high: 10 });
  });
});
