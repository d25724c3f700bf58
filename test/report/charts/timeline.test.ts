import { describe, expect, it } from 'vitest';
import type { PoolPoint } from '../../../src/report/charts/pool-series.js';
import { timeline, type TimelineInput } from '../../../src/report/charts/timeline.js';

const none = { established: 0, opening: 0, closing: 0, closeWait: 0, otherState: 0, udp: 0, bound: 0, timeWait: 0 };
const MINUTE = 60_000;

function point(minute: number, timeWait: number, established = 0): PoolPoint {
  return {
    ms: minute * MINUTE,
    usable: 1000,
    inUse: timeWait + established,
    ports: { ...none, timeWait, established },
  };
}

function draw(parts: Partial<TimelineInput>) {
  return timeline({ points: [], marks: [], incidents: [], offsetMs: 0, ...parts });
}

describe('timeline', () => {
  it('is nothing when nothing has a time', () => {
    expect(draw({})).toBeNull();
  });

  it('draws a column and ten minutes around a single snapshot', () => {
    const drawn = draw({ points: [point(60, 200)] });
    expect(drawn?.toMs).toBe(65 * MINUTE);
    expect(drawn?.fromMs).toBe(55 * MINUTE);
    expect(drawn?.stack.areas.map(({ view, label }) => ({ view, label }))).toEqual([{ view: 'timeWait', label: null }]);
    expect(
      drawn?.stack.areas[0]?.path
        .match(/M([\d.]+),[\d.]+L([\d.]+),/)
        ?.slice(1)
        .map(Number),
    ).toEqual([556, 564]);
  });

  it('draws lanes of events and no pool when there is no snapshot', () => {
    const drawn = draw({
      marks: [
        { ms: 0, role: 'onset', title: 'one' },
        { ms: 60 * MINUTE, role: 'onset', title: 'two' },
        { ms: 30 * MINUTE, role: 'boot', title: 'boot' },
      ],
    });
    expect(drawn?.hasPool).toBe(false);
    expect(drawn?.capacity).toBeNull();
    expect(drawn?.lanes.map(({ role, marks }) => [role, marks.map(({ title }) => title)])).toEqual([
      ['onset', ['one', 'two']],
      ['boot', ['boot']],
    ]);
  });

  it('leaves a stretch without snapshots blank', () => {
    const apart = draw({ points: [point(0, 5), point(1, 5), point(2, 5), point(8, 5)] });
    expect(apart?.broken).toBe(true);
    const together = draw({ points: [point(0, 5), point(1, 5), point(2, 5), point(7, 5)] });
    expect(together?.broken).toBe(false);
  });

  it('connects two snapshots up to ten minutes apart', () => {
    expect(draw({ points: [point(0, 5), point(10, 5)] })?.broken).toBe(false);
    expect(draw({ points: [point(0, 5), point(10.1, 5)] })?.broken).toBe(true);
  });

  it('keeps the fullest snapshot when it thins 600 to 240', () => {
    const points = Array.from({ length: 600 }, (_, index) => point(index, index === 371 ? 990 : 100));
    const drawn = draw({ points });
    expect(drawn?.drawn).toBe(240);
    expect(drawn?.peak?.inUse).toBe(990);
  });

  it('counts events outside the time of snapshots, incidents, onsets and symptoms instead of stretching the picture', () => {
    const drawn = draw({
      points: [point(0, 5), point(5, 5)],
      marks: [{ ms: -90 * 24 * 60 * MINUTE, role: 'boot', title: 'boot' }],
    });
    expect(drawn?.outside).toBe(1);
    expect(drawn?.lanes).toEqual([]);
  });

  it('draws the capacity as steps where it changes', () => {
    const wider = { ...point(10, 5), usable: 2000 };
    expect(draw({ points: [point(0, 5), wider] })?.capacity?.path).toMatch(/^M104 [\d.]+H[\d.]+V[\d.]+H1016$/);
    expect(draw({ points: [point(0, 5), point(10, 5)] })?.capacity?.path).toMatch(/^M104 [\d.]+H1016$/);
  });

  it('merges marks that would cover each other and says what they stand for', () => {
    const marks = Array.from({ length: 6 }, (_, index) => ({
      ms: index,
      role: 'onset' as const,
      title: String(index),
    }));
    const drawn = draw({ points: [point(-60, 1), point(60, 1)], marks });
    expect(drawn?.lanes[0]?.marks.map(({ title }) => title)).toEqual(['0\n1\n2\n… + 3']);
  });
});
