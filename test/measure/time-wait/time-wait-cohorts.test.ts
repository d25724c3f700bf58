import { describe, expect, it } from 'vitest';
import { TimeWaitCohorts } from '../../../src/measure/time-wait/time-wait-cohorts.js';

type Look = readonly [second: number, sizes: Readonly<Record<number, number>>];

/** Looks at the table by second: how many waiting tuples of each cohort, by the second it was first seen, are there. */
function measured(...looks: readonly Look[]): string {
  const cohorts = cohortsOf(looks);
  return `${String(cohorts.atLeastSeconds(cohorts.atMostSeconds))}–${String(cohorts.atMostSeconds)}`;
}

function cohortsOf(looks: readonly Look[]): TimeWaitCohorts {
  const cohorts = new TimeWaitCohorts();
  let previous = NaN;
  for (const [second, sizes] of looks) {
    const byMs = new Map(Object.entries(sizes).map(([since, size]) => [Number(since) * 1000, size]));
    cohorts.followCohorts(previous, second * 1000, byMs);
    previous = second * 1000;
  }
  return cohorts;
}

describe('tuples that began to wait in one gap', () => {
  it('of fifty or more say how long TIME_WAIT lasts at least, while nearly all are there; of fewer nothing', () => {
    expect(measured([0, {}], [30, { 30: 50 }], [90, { 30: 50 }])).toBe('60–Infinity');
    expect(measured([0, {}], [30, { 30: 49 }], [90, { 30: 49 }])).toBe('0–Infinity');
  });

  it('in the first snapshot say nothing: when they began is not known', () => {
    expect(measured([0, { 0: 500 }], [30, { 0: 500 }], [60, {}])).toBe('0–Infinity');
  });

  it('may lose one in a hundred and still be all there: as many again may have been opened anew', () => {
    expect(measured([0, {}], [30, { 30: 100 }], [90, { 30: 99 }])).toBe('60–Infinity');
    expect(measured([0, {}], [30, { 30: 100 }], [90, { 30: 98 }])).toBe('0–Infinity');
  });

  it('are as old as four fifths of the gap more where the gap before was a tenth as busy', () => {
    const busy = (before: number): string =>
      measured([0, {}], [30, { 30: before }], [60, { 60: 100 }], [90, { 60: 100 }]);
    expect(busy(10)).toBe('54–Infinity');
    expect(busy(9)).toBe('30–Infinity');
  });

  it('are measured by how busy a gap was, not by how many a longer one gathered', () => {
    const after = (seconds: number): string =>
      measured(
        [0, {}],
        [seconds, { [seconds]: 10 }],
        [seconds + 30, { [seconds + 30]: 100 }],
        [seconds + 60, { [seconds + 30]: 100 }],
      );
    expect(after(30)).toBe('54–Infinity');
    expect(after(31)).toBe('30–Infinity');
  });

  it('go by what waited in the first snapshot as far as it came over no longer than TIME_WAIT can last', () => {
    const looks: Look[] = [
      [0, { 0: 40 }],
      [30, { 0: 40, 30: 100 }],
      [60, { 0: 40, 30: 100 }],
    ];
    // 40 over 120 s are 10 in a gap of 30 s, a tenth of the next gap's 100.
    expect(cohortsOf(looks).atLeastSeconds(120)).toBe(54);
    expect(cohortsOf(looks).atLeastSeconds(121)).toBe(30);
    expect(measured(...looks)).toBe('30–Infinity');
  });

  it('that are gone but for two in a hundred say how long TIME_WAIT lasts at most, where closing went on after them', () => {
    const gone = (left: number, next: number): string =>
      measured([0, {}], [30, { 30: 100 }], [60, { 30: 100, 60: next }], [90, { 30: left, 60: next }]);
    expect(gone(2, 100)).toBe('54–61');
    expect(gone(3, 100)).toBe('54–Infinity');
    // A fifth of the gap for two in a hundred where the next gap was only a tenth as busy.
    expect(gone(2, 99)).toBe('54–66');
    expect(gone(2, 10)).toBe('30–66');
    expect(gone(2, 9)).toBe('30–Infinity');
  });

  it('say nothing of an upper end when only a later gap was busy again: closing may have ended in the middle of theirs', () => {
    expect(
      measured([0, {}], [30, { 30: 100 }], [60, { 30: 100 }], [90, { 30: 100, 90: 40 }], [120, { 90: 40, 120: 40 }]),
    ).toBe('60–Infinity');
  });

  it('are followed for twenty minutes', () => {
    const looks = (last: number): string =>
      measured([0, {}], [30, { 30: 100 }], [1229, { 30: 100 }], [last, { 30: 100 }]);
    expect(looks(1229.5)).toBe('1199–Infinity');
    const until = measured([0, {}], [30, { 30: 100 }], [1230, { 30: 100 }], [1300, { 30: 100 }]);
    expect(until).toBe('1200–Infinity');
  });

  it('are not made out of two tables of one moment', () => {
    const twice: Look[] = [
      [0, { 0: 500 }],
      [0, { 0: 500 }],
      [5, { 5: 400 }],
      [10, { 5: 400, 10: 400 }],
    ];
    expect(cohortsOf(twice).atLeastSeconds(62)).toBe(9);
    expect(cohortsOf(twice).atLeastSeconds(63)).toBe(5);
  });
});
