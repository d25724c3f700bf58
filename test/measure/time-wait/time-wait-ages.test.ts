import { describe, expect, it } from 'vitest';
import { closesByAge, TimeWaitAges } from '../../../src/measure/time-wait/time-wait-ages.js';

/** Ages spread evenly from 0 to `oldest` seconds, towards so many destinations in turn. */
const evenly = (count: number, oldest: number, destinations = 1) => ({
  ageSeconds: Array.from({ length: count }, (_, at) => (oldest * at) / (count - 1)),
  destination: Array.from({ length: count }, (_, at) => at % destinations),
});

function agesOf(...tables: readonly (readonly [second: number, ages: ReturnType<typeof evenly>])[]): TimeWaitAges {
  const ages = new TimeWaitAges();
  for (const [second, tuples] of tables) ages.addAges(second * 1000, tuples);
  return ages;
}

const bounds = ({ atLeastSeconds, atMostSeconds }: TimeWaitAges): (number | null)[] => [
  atLeastSeconds,
  Number.isFinite(atMostSeconds) ? atMostSeconds : null,
];

describe('the ages of netstat -i', () => {
  it('are lower bounds once five reach them', () => {
    expect(bounds(agesOf([0, { ageSeconds: [9, 8, 7, 6.5], destination: [0, 0, 0, 0] }]))).toEqual([0, null]);
    expect(bounds(agesOf([0, { ageSeconds: [9, 8, 7, 6.5, 6.2], destination: [0, 0, 0, 0, 0] }]))).toEqual([6, null]);
  });

  it('that end at the same age in two tables end at the delay', () => {
    expect(bounds(agesOf([0, evenly(15_000, 30)], [45, evenly(15_000, 30)]))).toEqual([29, 32]);
  });

  it('end at the delay however many destinations they are towards', () => {
    expect(bounds(agesOf([0, evenly(150_000, 120, 150_000)]))).toEqual([119, 122]);
  });

  it('that end further on in the next table end where closing began', () => {
    expect(bounds(agesOf([0, evenly(5000, 20)], [45, evenly(15_000, 65)]))).toEqual([64, null]);
  });

  it('of two tables of one moment agree without proving anything', () => {
    expect(bounds(agesOf([0, evenly(5000, 20)], [0, evenly(5000, 20)]))).toEqual([19, null]);
  });

  it('end at the delay in a single table where they do for fifty tuples beside the busiest destination', () => {
    // 5 mean distances of 120 s / 50 beyond the oldest, and a second of the stamp.
    expect(bounds(agesOf([0, evenly(100, 120, 2)]))).toEqual([115, 133]);
    expect(bounds(agesOf([0, evenly(98, 120, 2)]))).toEqual([115, null]);
  });
});

describe('the closes that ages show', () => {
  it('are those of the busiest thirty seconds of any table and family', () => {
    const quiet = agesOf([0, evenly(121, 120)]);
    const busy = agesOf([0, evenly(1201, 120)], [60, evenly(121, 120)]);
    expect(closesByAge([{ ages: quiet }, { ages: busy }])).toEqual({ closes: 301, seconds: 30 });
  });

  it('are those of all ages where none is older', () => {
    expect(agesOf([0, evenly(101, 10)]).busiest).toEqual({ closes: 101, seconds: 10 });
  });

  it('are unknown without ages', () => {
    expect(closesByAge([{ ages: new TimeWaitAges() }])).toBeNull();
  });
});
