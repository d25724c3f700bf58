import { describe, expect, it } from 'vitest';
import { timeWaitExpiry } from '../../../src/measure/time-wait/time-wait-expiry.js';

const NOTHING = { low: null, best: null, high: null, neverExpires: false };

function family(changed: {
  bounds?: Partial<{ low: number | null; high: number | null; neverExpires: boolean }>;
  outlived?: number;
  longestSeconds?: number;
  expired?: number;
  reopenedInGaps?: readonly number[];
}) {
  const { bounds = {}, outlived = 0, longestSeconds = 0, expired = 0 } = changed;
  const reopenedInGaps = [...(changed.reopenedInGaps ?? [])];
  return { bounds: () => ({ ...NOTHING, ...bounds }), outlived, longestSeconds, expired, reopenedInGaps };
}

const AGAIN = { outlived: 16_000, longestSeconds: 420, expired: 500 };

describe('whether TIME_WAIT expires', () => {
  it('is shown by tuples that went within the longest legal delay, whatever is found again in a full pool', () => {
    const within = (high: number) => timeWaitExpiry([family({ ...AGAIN, bounds: { high } })], 16_000);
    expect(within(300)).toEqual({ expires: 'yes', withinSeconds: 300 });
    expect(within(301)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: 420 });
  });

  it('is shown by live connections on ports that had waited, in two gaps, for a restart frees all ports once', () => {
    const after = (...reopenedInGaps: number[]) => timeWaitExpiry([family({ ...AGAIN, reopenedInGaps })], 16_000);
    expect(after(40)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: 420 });
    expect(after(40, 38)).toEqual({ expires: 'yes', withinSeconds: null, reopened: 78 });
  });

  it('is refuted only by tuples that cannot have been opened anew', () => {
    const proven = family({ ...AGAIN, longestSeconds: 79_200, bounds: { low: 28_800, neverExpires: true } });
    expect(timeWaitExpiry([proven, family({ bounds: { high: 240 } })], 16_000)).toEqual({
      expires: 'no',
      waitedSeconds: 28_800,
    });
    expect(timeWaitExpiry([family(AGAIN)], 16_000).expires).toBe('not-shown');
  });

  it('is open without a word of the same tuples where these are few, or many others went', () => {
    const after = (outlived: number, expired: number, waiting = 16_000) =>
      timeWaitExpiry([family({ outlived, expired, longestSeconds: 420 })], waiting);
    expect(after(8000, 0)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: 420 });
    expect(after(7999, 0)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: null });
    expect(after(50, 0, 60)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: 420 });
    expect(after(49, 0, 60)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: null });
    expect(after(9500, 499)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: 420 });
    expect(after(9500, 500)).toEqual({ expires: 'not-shown', sameTuplesAfterSeconds: null });
  });
});
