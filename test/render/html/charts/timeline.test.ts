import { describe, expect, it } from 'vitest';
import type { PoolPoint } from '../../../../src/render/html/charts/pool-series.js';
import { FRAMES, timeline, type TimelineInput } from '../../../../src/render/html/charts/timeline.js';

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

function draw(parts: Partial<TimelineInput>, frame: keyof typeof FRAMES = 'wide') {
  return timeline({ points: [], marks: [], incidents: [], offsetMs: 0, ...parts }, FRAMES[frame]);
}

describe('timeline', () => {
  it('is nothing when nothing has a time', () => {
    expect(draw({})).toBeNull();
  });

  it('draws a column and ten minutes around a single snapshot', () => {
    const drawn = draw({ points: [point(60, 250)] });
    expect(drawn?.toMs).toBe(65 * MINUTE);
    expect(drawn?.fromMs).toBe(55 * MINUTE);
    expect(drawn?.panels[0]?.stack.areas.map(({ view, label }) => ({ view, label }))).toEqual([
      { view: 'timeWait', label: null },
    ]);
    expect(
      drawn?.panels[0]?.stack.areas[0]?.path
        .match(/M([\d.]+),[\d.]+L([\d.]+),/)
        ?.slice(1)
        .map(Number),
    ).toEqual([556, 564]);
  });

  it('draws a pool that is a quarter full once, on its whole axis', () => {
    const drawn = draw({ points: [point(0, 100), point(1, 250)] });
    expect(drawn?.panels.map(({ magnified, peak }) => ({ magnified, peak: peak?.inUse }))).toEqual([
      { magnified: null, peak: 250 },
    ]);
  });

  it('draws a nearly empty pool twice: whole with its capacity, and magnified without one', () => {
    const drawn = draw({ points: [point(0, 100), point(1, 249)] });
    expect(drawn?.panels.map(({ capacity, peak }) => ({ usable: capacity?.usable, peak: peak?.inUse }))).toEqual([
      { usable: 1000, peak: undefined },
      { usable: undefined, peak: 249 },
    ]);
    const [whole, lens] = drawn?.panels ?? [];
    // Per port: 84 units for 1,060 ports above, 190 for 249 × 1.6 below.
    expect(lens?.magnified).toBeCloseTo(190 / (249 * 1.6) / (84 / 1060));
    expect(lens?.top).toBeGreaterThan(whole?.bottom ?? Infinity);
    expect(drawn?.bottom).toBe(lens?.bottom);
  });

  it('leaves more than a third of a magnified panel empty, so that it never looks full', () => {
    const [, lens] = draw({ points: [point(0, 3), point(1, 3)] })?.panels ?? [];
    const height = (lens?.bottom ?? 0) - (lens?.top ?? 0);
    expect(Number(lens?.peak?.y) - (lens?.top ?? 0)).toBeGreaterThan(height / 3);
    expect(lens?.portTicks.map(({ ports }) => ports)).toEqual([0, 1, 2, 3, 4]);
  });

  it('draws the same time on a telephone, with fewer marks and snapshots', () => {
    const points = Array.from({ length: 600 }, (_, index) => point(index, index === 371 ? 990 : 100));
    const [wide, narrow] = [draw({ points }), draw({ points }, 'narrow')];
    expect([narrow?.width, narrow?.fromMs, narrow?.toMs]).toEqual([358, wide?.fromMs, wide?.toMs]);
    expect([narrow?.drawn, narrow?.panels[0]?.peak?.inUse]).toEqual([90, 990]);
    expect([wide?.timeTicks.length, narrow?.timeTicks.length]).toEqual([6, 4]);
  });

  it('has nothing to magnify in an empty pool', () => {
    expect(draw({ points: [point(0, 0), point(1, 0)] })?.panels).toHaveLength(1);
  });

  it('draws lanes of events and no pool when there is no snapshot', () => {
    const drawn = draw({
      marks: [
        { ms: 0, role: 'onset', title: 'one' },
        { ms: 60 * MINUTE, role: 'onset', title: 'two' },
        { ms: 30 * MINUTE, role: 'boot', title: 'boot' },
      ],
    });
    expect(drawn?.panels).toEqual([]);
    expect(drawn?.lanes.map(({ role, marks }) => [role, marks.flatMap(({ titles }) => titles)])).toEqual([
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
    expect(drawn?.panels[0]?.peak?.inUse).toBe(990);
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
    expect(draw({ points: [point(0, 5), wider] })?.panels[0]?.capacity?.path).toMatch(
      /^M104 [\d.]+H[\d.]+V[\d.]+H1016$/,
    );
    expect(draw({ points: [point(0, 5), point(10, 5)] })?.panels[0]?.capacity?.path).toMatch(/^M104 [\d.]+H1016$/);
  });

  it('merges marks that would cover each other and says what they stand for', () => {
    const marks = Array.from({ length: 6 }, (_, index) => ({
      ms: index,
      role: 'onset' as const,
      title: String(index),
    }));
    const drawn = draw({ points: [point(-60, 1), point(60, 1)], marks });
    expect(drawn?.lanes[0]?.marks.map(({ titles, more }) => [...titles, more])).toEqual([['0', '1', '2', 3]]);
  });
});
