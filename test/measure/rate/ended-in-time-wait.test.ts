import { describe, expect, it } from 'vitest';
import { endedInTimeWait } from '../../../src/measure/rate/ended-in-time-wait.js';

const gap = (seconds: number, waited: number, vanished: number) => ({
  fromMs: 0,
  toMs: seconds * 1000,
  endings: new Map([[1, { stayed: 50, waited, vanished }]]),
});

describe('the share of connections that end in TIME_WAIT', () => {
  it('is none where the far end closes them all, and all where this host does', () => {
    expect(endedInTimeWait([gap(60, 0, 100)], 120)).toBe(0);
    expect(endedInTimeWait([gap(60, 100, 0)], 120)).toBe(1);
  });

  it('is that of those seen and what chance may have hidden, over all gaps', () => {
    expect(endedInTimeWait([gap(60, 50, 150), gap(60, 50, 150)], 120)).toBeCloseTo((100 + 2 * 10) / 400, 9);
  });

  it('counts a row of a gap longer than TIME_WAIT for those that had left it by then', () => {
    expect(endedInTimeWait([gap(120, 100, 900)], 120)).toBeCloseTo(0.12, 9);
    expect(endedInTimeWait([gap(240, 100, 900)], 120)).toBeCloseTo(0.24, 9);
  });

  it('is unknown where fewer than a hundred ended', () => {
    expect(endedInTimeWait([gap(60, 0, 99)], 120)).toBeNull();
    expect(endedInTimeWait([], 120)).toBeNull();
  });
});
