import { describe, expect, it } from 'vitest';
import type { ClientTuples } from '../../../src/measure/tuples/client-tuples.js';
import { tupleKey } from '../../../src/measure/tuples/client-tuples.js';
import { PortReuse } from '../../../src/measure/tuples/port-reuse.js';

const BUSY = 1;
const QUIET = 2;
const OTHERS = 3;

/** Tuples of one destination on `count` ports from `first` on. */
type Ports = readonly [destination: number, first: number, count: number, isAlive?: 'alive'];

function table(...parts: readonly Ports[]): ClientTuples {
  const rows = parts.flatMap(([destination, first, count, isAlive]) =>
    Array.from({ length: count }, (_, at) => ({ destination, port: first + at, waits: isAlive === undefined ? 1 : 0 })),
  );
  return {
    length: rows.length,
    row: Int32Array.from(rows.keys()),
    destination: Int32Array.from(rows, ({ destination }) => destination),
    key: Float64Array.from(rows, ({ destination, port }) => tupleKey(destination, 7, port)),
    isTimeWait: Uint8Array.from(rows, ({ waits }) => waits),
    pid: new Int32Array(rows.length),
  };
}

/** The chances after the last of some tables, ten seconds apart, with as many free ports. */
function chances(free: number, ...tables: readonly ClientTuples[]): ReadonlyMap<number, number> {
  const reuse = new PortReuse();
  return tables.map((tuples, at) => reuse.compareTables(tuples, at * 10_000, free)).at(-1) ?? new Map<number, number>();
}

describe('the chance that a freed port goes back to the same destination', () => {
  it('is counted on the ports that others free, in whatever order ports are handed out', () => {
    const before = table([BUSY, 50_000, 3000], [OTHERS, 60_000, 100]);
    const taken = (count: number) =>
      chances(0, before, table([BUSY, 50_000, 3000], [BUSY, 60_000, count], [OTHERS, 60_050, 50])).get(BUSY);
    // Wilson's upper end for so many of fifty.
    expect(taken(50)).toBe(1);
    expect(taken(25)).toBeCloseTo(0.695, 3);
    expect(taken(0)).toBeCloseTo(0.153, 3);
  });

  it('is not counted on a port that another waiting tuple still holds: nobody was given it', () => {
    const before = table([BUSY, 50_000, 3000], [OTHERS, 50_000, 100]);
    expect(chances(0, before, table([BUSY, 50_000, 3000])).get(BUSY)).toBe(1);
  });

  it('is no more than its share of all that waits, and what chance adds', () => {
    const tables = [0, 1].map(() => table([BUSY, 50_000, 3900], [QUIET, 60_000, 100]));
    // (100 + 3 · 10) ÷ 4000
    expect(chances(0, ...tables).get(QUIET)).toBeCloseTo(0.0325, 6);
    expect(chances(0, ...tables).get(BUSY)).toBe(1);
  });

  it('counts earlier gaps as well, a quarter less each time, unless this one shows something else', () => {
    const later = (taken: number): ClientTuples =>
      taken === 0
        ? table([BUSY, 50_000, 3000], [OTHERS, 60_200, 100])
        : table([BUSY, 50_000, 3000], [BUSY, 60_100, taken], [OTHERS, 60_200, 100]);
    const before = [
      table([BUSY, 50_000, 3000], [OTHERS, 60_000, 100]),
      table([BUSY, 50_000, 3000], [OTHERS, 60_100, 100]),
    ];
    // 9 ÷ (100 + 75 + 9)
    expect(chances(0, ...before, later(0)).get(BUSY)).toBeCloseTo(0.049, 3);
    expect(chances(0, ...before, later(100)).get(BUSY)).toBe(1);
  });

  describe('of a destination that has the table to itself', () => {
    const before = table([BUSY, 50_000, 300]);
    const after = table([BUSY, 50_030, 300]);

    it('is how often it can have come round the free ports', () => {
      // 300 · (10 ÷ 30 + 1) of 4000 and of 400
      expect(chances(4000, before, after).get(BUSY)).toBeCloseTo(0.1, 6);
      expect(chances(401, before, after).get(BUSY)).toBeCloseTo(0.998, 3);
      expect(chances(400, before, after).get(BUSY)).toBe(1);
      expect(chances(0, before, after).get(BUSY)).toBe(1);
    });

    it('is certain where new connections are seen on the ports that had just waited for it', () => {
      const opened = (first: number): ClientTuples => table([BUSY, 50_100, 200], [BUSY, first, 10, 'alive']);
      expect(chances(4000, before, opened(50_000)).get(BUSY)).toBe(1);
      expect(chances(4000, before, opened(51_000)).get(BUSY)).toBeCloseTo(0.1, 6);
    });

    it('is certain where five go or more, but fewer than half of those due by the longest legal delay', () => {
      // 3000 · 10 ÷ 300 ÷ 2 = 50
      const gone = (count: number) =>
        chances(40_000, table([BUSY, 50_000, 3000]), table([BUSY, 50_000 + count, 3000 - count])).get(BUSY);
      expect([gone(5), gone(49)]).toEqual([1, 1]);
      expect(gone(4)).toBeCloseTo(0.1, 6);
      expect(gone(50)).toBeCloseTo(0.1, 6);
    });
  });
});
