import { describe, expect, it } from 'vitest';
import { rateWithPortsLeft } from '../../../src/advice/plan/rate-with-ports-left.js';
import type { Estimate } from '../../../src/model/estimate.js';

const SEEN = { low: 149, best: 155, high: 164 };

function demand(low: number, counted: Estimate, censored = true) {
  const plateau = { id: 'time-wait-plateau', perSecond: { low: 91, best: null, high: null } } as const;
  const methods = [plateau, { id: 'new-tuples', perSecond: counted } as const];
  return { censored, connectionsPerSecond: { low, best: null, high: null }, methods };
}

describe('the rate while ports were left', () => {
  it('is what was counted from both sides of a demand that was cut off', () => {
    expect(rateWithPortsLeft(demand(149, SEEN))).toEqual(SEEN);
  });

  it('is unknown where nothing was counted from above, or a later stretch was busier', () => {
    expect(rateWithPortsLeft(demand(149, { ...SEEN, high: null }))).toBeNull();
    expect(rateWithPortsLeft(demand(164, SEEN))).toEqual(SEEN);
    expect(rateWithPortsLeft(demand(165, SEEN))).toBeNull();
  });

  it('is no word of a demand that was seen in whole, or not at all', () => {
    expect(rateWithPortsLeft(demand(149, SEEN, false))).toBeNull();
    expect(rateWithPortsLeft({ ...demand(149, SEEN), connectionsPerSecond: null })).toBeNull();
  });
});
