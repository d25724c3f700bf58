import { describe, expect, it } from 'vitest';
import { clientTuples, Destinations } from '../../../src/measure/tuples/client-tuples.js';
import { listeningPorts, tcpLedger } from '../../../src/measure/pools/port-ledger.js';
import { PortReuse } from '../../../src/measure/tuples/port-reuse.js';
import { TimeWaitLifetime } from '../../../src/measure/time-wait/time-wait-lifetime.js';
import { LISTENER, poolOf, snapshotOf, type RowText } from '../../support/port-table.js';

const SQL = '10.0.7.31:1433';
const waiting = (port: number, age?: number): RowText =>
  `TimeWait 10.0.0.4:${String(port)} > ${SQL} 0${age === undefined ? '' : ` age ${String(age)}`}`;

/** Tables at these seconds, with the ports that were free. */
function lifetimeOf(
  tables: readonly (readonly [second: number, rows: readonly RowText[], free?: number])[],
): TimeWaitLifetime {
  const lifetime = new TimeWaitLifetime();
  const reuse = new PortReuse();
  const destinations = new Destinations();
  for (const [second, rows, free = 1_000_000] of tables) {
    const snapshot = snapshotOf([LISTENER, ...rows], { atMs: second * 1000 });
    const ledger = tcpLedger(poolOf('tcp'), snapshot, listeningPorts(snapshot.rows, new Set()));
    const tuples = clientTuples(snapshot, ledger, destinations);
    const chances = reuse.compareTables(tuples, second * 1000, free);
    lifetime.measureTable(tuples, second * 1000, snapshot.rows.ageMs, chances, () => true);
  }
  return lifetime;
}

/** A host that closes `perSecond` connections a second, each waiting for exactly `delay` seconds, looked at every `gap` seconds. */
function series(delay: number, gap: number, perSecond = 2, lengthSeconds = 600): [number, RowText[]][] {
  const tables: [number, RowText[]][] = [];
  for (let second = 0; second <= lengthSeconds; second += gap) {
    const rows: RowText[] = [];
    for (let closed = 0; closed <= second * perSecond; closed += 1) {
      const closedAt = closed / perSecond;
      if (closedAt > second - delay) rows.push(waiting(50_000 + closed));
    }
    tables.push([second, rows]);
  }
  return tables;
}

describe('TIME_WAIT measured from snapshots', () => {
  it.each([
    [120, 5],
    [120, 30],
    [60, 5],
    [30, 5],
    [240, 30],
    [118, 20],
  ])('of %i s, looked at every %i s, lies between bounds no further apart than two looks each way', (delay, gap) => {
    const { low, high } = lifetimeOf(series(delay, gap)).bounds();
    expect(low).toBeLessThanOrEqual(delay);
    expect(high).toBeGreaterThanOrEqual(delay);
    expect(low).toBeGreaterThanOrEqual(delay - 2 * gap);
    expect(high).toBeLessThanOrEqual(delay + 2 * gap);
  });

  it('of 120 s under a steady rate is best guessed from the share that survives a look', () => {
    const { best } = lifetimeOf(series(120, 30)).bounds();
    expect(best).toBeGreaterThanOrEqual(118);
    expect(best).toBeLessThanOrEqual(122);
  });

  it('is guessed from no share while the count grows: of tuples that came lately more survive', () => {
    // One more a second every minute: the shares that survive would give more than the 120 s that it lasts.
    const rows = (second: number): RowText[] =>
      Array.from({ length: second }, (_, closedAt) => closedAt)
        .filter((closedAt) => closedAt > second - 120)
        .flatMap((closedAt) =>
          Array.from({ length: 1 + Math.floor(closedAt / 60) }, (_, at) => waiting(50_000 + closedAt * 10 + at)),
        );
    const tables = [150, 230, 310].map((second) => [second, rows(second)] as const);
    expect(lifetimeOf(tables).bounds()).toMatchObject({ low: 80, best: null, high: 160 });
  });

  it('that is looked at less often than it lasts has only an upper bound', () => {
    expect(lifetimeOf(series(60, 90)).bounds()).toMatchObject({ low: null, best: null, high: 92 });
  });

  it('of few tuples that are looked at less often than it lasts is bounded by two gaps only', () => {
    expect(lifetimeOf(series(60, 90, 0.5)).bounds()).toMatchObject({ low: null, best: null, high: 180 });
  });

  it('has no bound at all from one snapshot', () => {
    expect(lifetimeOf(series(120, 600).slice(1)).bounds()).toMatchObject({ low: null, best: null, high: null });
  });

  it('of a full pool with a single destination has only an upper bound', () => {
    const { low, high } = lifetimeOf(series(120, 30).map(([second, rows]) => [second, rows, 0] as const)).bounds();
    expect(low).toBeNull();
    expect(high).toBeGreaterThanOrEqual(120);
    expect(high).toBeLessThanOrEqual(180);
  });

  it('is measured by a quiet destination beside one that has every port of a full pool come round', () => {
    // The busy one finds all its ports again; its tuples never seem to go.
    const busy = Array.from({ length: 4000 }, (_, at) => `TimeWait 10.0.0.4:${String(55_000 + at)} > 10.0.9.9:443 0`);
    // It is given what the quiet one leaves, too.
    const left = (second: number): RowText[] =>
      Array.from(
        { length: Math.max(Math.floor((second - 120) * 0.2) + 1, 0) },
        (_, at) => `TimeWait 10.0.0.4:${String(50_000 + at)} > 10.0.9.9:443 0`,
      );
    const tables = series(120, 20, 0.2, 300).map(
      ([second, rows]) => [second, [...busy, ...left(second), ...rows], 0] as const,
    );
    expect(lifetimeOf(tables).bounds()).toMatchObject({ low: 100, high: 140 });
    expect(lifetimeOf(tables.map(([second]) => [second, busy, 0] as const)).bounds().low).toBeNull();
  });

  it('of tuples with an age tells a connection on the same port from the one before it', () => {
    const rows = (age: number): RowText[] => Array.from({ length: 6 }, (_, at) => waiting(50_000 + at, age));
    const { low, high } = lifetimeOf([
      [0, rows(10_000)],
      [60, rows(20_000)],
    ]).bounds();
    expect([low, high]).toEqual([20, 70]);
  });

  it('needs five tuples that agree, four prove nothing', () => {
    const seen = (count: number): TimeWaitLifetime => {
      const rows = Array.from({ length: count }, (_, index) => waiting(50_000 + index));
      return lifetimeOf([
        [0, []],
        [30, rows],
        [90, rows],
        [120, []],
      ]);
    };
    expect(seen(5).bounds()).toMatchObject({ low: 60, best: null, high: 120 });
    expect(seen(4).bounds()).toMatchObject({ low: null, best: null, high: null });
  });

  it('is not fooled by one tuple in fifty that was reset early or reopened late', () => {
    const tables = series(120, 10);
    const odd = tables.map(([second, rows]): [number, RowText[]] => {
      const extra = second >= 100 && second <= 500 ? [waiting(60_000)] : [];
      const gone = rows.filter((row) => !(second > 300 && row.includes(':50500 ')));
      return [second, [...gone, ...extra]];
    });
    const { low, high } = lifetimeOf(odd).bounds();
    expect([low, high]).toEqual([110, 130]);
  });
});

describe('TIME_WAIT that outlives any legal delay', () => {
  it('is never told to the second by tables half a minute apart: what meets the upper bound was opened anew', () => {
    // Each waits for 130 s; ten ports are closed again while they wait, so that they are there for longer.
    const tables = series(130, 30, 0.5, 300).map(([second, rows]): [number, RowText[]] => {
      const anew = Array.from({ length: 10 }, (_, index) => waiting(60_000 + index));
      return [second, second >= 30 && second <= 180 ? [...rows, ...anew] : rows];
    });
    const { low, high } = lifetimeOf(tables).bounds();
    expect(high).toBe(150);
    expect(low).toBe(120);
  });

  it('is counted once a tuple, however often it is seen', () => {
    const rows = [waiting(50_000), waiting(50_001)];
    const tables = Array.from({ length: 12 }, (_, index): [number, RowText[]] => [index * 60, rows]);
    const lifetime = lifetimeOf(tables);
    expect([lifetime.outlived, lifetime.longestSeconds]).toEqual([2, 660]);
  });

  it('counts the gaps in which five or more waiting tuples came alive again', () => {
    const rows = (alive: number): RowText[] =>
      Array.from({ length: 20 }, (_, at) => waiting(50_000 + at)).map((row, at) =>
        at < alive ? row.replace('TimeWait', 'Established') : row,
      );
    const reopened = (alive: number) =>
      lifetimeOf([
        [0, rows(0)],
        [60, rows(alive)],
      ]).reopenedInGaps;
    expect([reopened(4), reopened(5)]).toEqual([[], [5]]);
  });

  it('begins after 300 s, not at 300 s', () => {
    const at = (second: number): number =>
      lifetimeOf([
        [0, [waiting(50_000)]],
        [second, [waiting(50_000)]],
      ]).outlived;
    expect([at(300), at(301)]).toEqual([0, 1]);
  });

  it('has no end where fifty tuples are proven to and next to none ever went', () => {
    const rows = (count: number): RowText[] => Array.from({ length: count }, (_, at) => waiting(50_000 + at));
    const seen = (first: number, last: number) =>
      lifetimeOf([
        [0, rows(first)],
        [7200, rows(last)],
      ]).bounds();
    expect(seen(50, 50)).toEqual({ low: 7200, best: null, high: null, neverExpires: true });
    expect(seen(49, 49).neverExpires).toBe(false);
    expect([seen(52, 50).neverExpires, seen(53, 50).neverExpires]).toEqual([true, false]);
  });

  it('is not proven by the same ports in a full pool', () => {
    const rows = Array.from({ length: 50 }, (_, at) => waiting(50_000 + at));
    const full: [number, RowText[], number][] = [0, 7200].map((second) => [second, rows, 0]);
    expect(lifetimeOf(full).bounds()).toEqual({ low: null, best: null, high: null, neverExpires: false });
  });
});
