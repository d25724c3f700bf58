import { describe, expect, it } from 'vitest';
import { oldestSockets, socketAges } from '../../../src/measure/trends/socket-ages.js';

const HOUR = 3_600_000;

/** Creation times of `count` sockets, one every so many milliseconds. */
function every(ms: number, count: number, fromMs = 0): number[] {
  return Array.from({ length: count }, (_, index) => fromMs + index * ms);
}

describe('the history that the ages of sockets tell', () => {
  it('is when they began to come and how many came an hour, in any order', () => {
    const created = every(HOUR / 100, 1001);
    const age = socketAges(created);
    expect(age).toEqual(socketAges(created.toReversed()));
    expect(age?.sockets).toBe(1001);
    expect(age?.sinceMs).toBeCloseTo(0, 6);
    expect(age?.perHour.best).toBeCloseTo(100.1, 6);
    // As a count of 1,001 is exact: within two standard deviations.
    const chance = 200.2 / Math.sqrt(1001);
    expect(age?.perHour.low).toBeCloseTo(100.1 - chance, 6);
    expect(age?.perHour.high).toBeCloseTo(100.1 + chance, 6);
  });

  it('begins where its steady growth does, not with a few sockets that were there long before', () => {
    const created = [-90, -80, -70].map((hours) => hours * HOUR).concat(every(HOUR / 100, 1001));
    expect(Math.abs(socketAges(created)?.sinceMs ?? NaN)).toBeLessThan(HOUR / 20);
  });

  it('needs fifty sockets', () => {
    expect(socketAges(every(HOUR, 50))?.sockets).toBe(50);
    expect(socketAges(every(HOUR, 49))).toBeNull();
    expect(socketAges([])).toBeNull();
  });

  it('needs ten minutes between the first and the ninth tenth of them where they came evenly', () => {
    // 101 sockets: the first tenth ends with the 11th, the ninth with the 91st.
    expect(socketAges(every(HOUR / 480, 101))?.sockets).toBe(101);
    expect(socketAges(every(HOUR / 480 - 1, 101))).toBeNull();
  });

  it('needs an hour where they came unevenly, as a crowd does', () => {
    const uneven = (ms: number): number[] => [...every(3 * ms, 51), ...every(ms, 50, 150 * ms + ms)];
    expect(socketAges(uneven(HOUR / 130))).toMatchObject({ sockets: 101, isEven: false });
    expect(socketAges(uneven(HOUR / 170))).toBeNull();
  });

  it('does not go by one old socket, nor by one new one', () => {
    const crowd = every(1000, 99, 100 * HOUR);
    expect(socketAges([0, ...crowd])).toBeNull();
    expect(socketAges([...crowd, 200 * HOUR])).toBeNull();
  });

  it('goes as slowly as its slowest quarter and as fast as its fastest', () => {
    // 1,001 sockets: 500 steps of an hour, then 500 of 0.6 hours.
    const { low, best, high } = socketAges([...every(HOUR, 500), ...every(0.6 * HOUR, 501, 500 * HOUR)])?.perHour ?? {};
    expect(low).toBeCloseTo(1.001, 6);
    expect(high).toBeCloseTo(1.001 / 0.6, 6);
    expect(best).toBeCloseTo((0.9 * 1001) / (450 + 270), 6);
  });

  it('has no upper end where it has been much faster for more than an hour', () => {
    const faster = (ms: number): number[] => [...every(HOUR, 500), ...every(ms, 501, 500 * HOUR)];
    expect(socketAges(faster(HOUR / 3))?.perHour.high).toBeNull();
    expect(socketAges(faster(HOUR / 1.9))?.perHour.high).not.toBeNull();
  });

  it('leaves out the young ones of the last hour that came much faster: connections that come and go have no old ones', () => {
    // A leak of 10 an hour for 100 hours, and 400 connections of the last minutes.
    const { best, high } = socketAges([...every(HOUR / 10, 1_000), ...every(500, 400, 100 * HOUR)])?.perHour ?? {};
    expect(best).toBeGreaterThan(9.5);
    expect(best).toBeLessThan(10.6);
    expect(high).toBeLessThan(11);
  });

  it('leaves out those that found a port in a full pool, and not those of a leak that slowed down', () => {
    const slower = [...every(HOUR / 10, 1_000), ...every(3 * HOUR, 300, 100 * HOUR)];
    expect(socketAges(slower, true)?.perHour.low).toBeGreaterThan(9);
    expect(socketAges(slower, false)?.perHour.low).toBeLessThan(1);
  });

  it('has no upper end where a quarter of them came at once', () => {
    const { low, high } = socketAges([...every(HOUR, 70), ...every(0, 31, 70 * HOUR)])?.perHour ?? {};
    expect(low).toBeLessThan(1.01);
    expect(high).toBeNull();
  });
});

describe('the older half of the sockets of one table', () => {
  /** One a second from a second on. */
  const from = (second: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => (second + index) * 1000);
  const table = (seconds: number, ms: readonly number[]): { atMs: number; ms: readonly number[] } => ({
    atMs: seconds * 1000,
    ms,
  });

  it('is still there after a while of a leak, whatever else came and went', () => {
    const later = table(500, [...from(0, 250), ...from(300, 200)]);
    expect(oldestSockets(table(300, from(0, 300)), later, 3600)).toEqual({ old: 150, left: 150, due: 150, stay: true });
    const shorter = table(340, [...from(0, 200), ...from(300, 40)]);
    expect(oldestSockets(table(300, from(0, 300)), shorter, 3600)).toMatchObject({ due: 40, stay: true });
  });

  it('goes in a crowd of steady size as fast as others come', () => {
    expect(oldestSockets(table(300, from(0, 300)), table(340, from(40, 300)), 3600)).toEqual({
      ...{ old: 150, left: 111, due: 40, stay: false },
    });
  });

  it('stays where no more than a tenth of those due went', () => {
    const without = (gone: number): unknown =>
      oldestSockets(table(300, from(0, 300)), table(340, from(gone, 340 - gone)), 3600)?.stay;
    expect([without(4), without(5), without(6)]).toEqual([true, true, false]);
  });

  it('tells nothing where fewer than twenty were due, or where there were fewer than fifty', () => {
    expect(oldestSockets(table(300, from(0, 300)), table(320, from(0, 320)), 3600)?.stay).toBe(true);
    expect(oldestSockets(table(300, from(0, 300)), table(319, from(0, 319)), 3600)).toBeNull();
    expect(oldestSockets(table(300, from(0, 49)), table(900, from(0, 300)), 3600)).toBeNull();
    expect(oldestSockets(table(NaN, from(0, 300)), table(900, from(0, 300)), 3600)).toBeNull();
  });
});
