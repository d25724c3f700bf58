import { describe, expect, it } from 'vitest';
import { Destinations } from '../../../src/measure/tuples/client-tuples.js';
import { ReopenedTuples } from '../../../src/measure/tuples/reopened-tuples.js';
import { poolOf, snapshotOf, type RowText } from '../../support/port-table.js';

const LDAP = '10.0.7.10:389';
const live = (local = 40_000, remote = LDAP): RowText => `Established 10.0.0.4:${String(local)} > ${remote} 4312`;
const waiting = (local = 40_000, remote = LDAP): RowText => `TimeWait 10.0.0.4:${String(local)} > ${remote} 0`;

/** Tuples found reopened, as `port times of sightings by owner`. */
function reopened(
  tables: readonly (readonly [second: number, ...rows: RowText[]])[],
  listeners: number[] = [],
): string[] {
  const tuples = new ReopenedTuples();
  const destinations = new Destinations();
  for (const [second, ...rows] of tables) {
    tuples.watchTuples(snapshotOf(rows), second * 1000, new Set(listeners), destinations);
  }
  return tuples
    .list()
    .map(
      (tuple) =>
        `${String(tuple.localPort)} ${String(tuple.reopened)} of ${String(tuple.sightings)} by ${String(tuple.owner)}`,
    );
}

describe('a tuple was opened again', () => {
  it('when it is alive after it waited', () => {
    expect(
      reopened([
        [0, waiting()],
        [10, live()],
      ]),
    ).toEqual(['40000 1 of 2 by 4312']);
    expect(
      reopened([
        [0, live()],
        [10, waiting()],
        [20, live()],
        [30, waiting()],
        [40, live()],
      ]),
    ).toEqual(['40000 2 of 5 by 4312']);
  });

  it('when it still waits after more than 300 s: its first wait must have been over', () => {
    expect(
      reopened([
        [0, waiting()],
        [300, waiting()],
      ]),
    ).toEqual([]);
    expect(
      reopened([
        [0, waiting()],
        [301, waiting()],
      ]),
    ).toEqual(['40000 1 of 2 by 0']);
  });

  it('not when it lived and then waited, once', () => {
    expect(
      reopened([
        [0, live()],
        [10, live()],
        [20, waiting()],
      ]),
    ).toEqual([]);
  });

  it('not when another remote endpoint has the port now', () => {
    expect(
      reopened([
        [0, waiting()],
        [10, live(40_000, '10.0.7.11:389')],
      ]),
    ).toEqual([]);
  });

  it('not by being listed twice in one snapshot', () => {
    expect(reopened([[0, waiting(), live()]])).toEqual([]);
  });

  it('not on a listener’s port, nor towards a port that could be dynamic: there the other end opens it', () => {
    expect(
      reopened(
        [
          [0, waiting()],
          [10, live()],
        ],
        [40_000],
      ),
    ).toEqual([]);
    const high = '10.0.7.10:49152';
    expect(
      reopened([
        [0, waiting(40_000, high)],
        [10, live(40_000, high)],
      ]),
    ).toEqual([]);
    const low = '10.0.7.10:49151';
    expect(
      reopened([
        [0, waiting(40_000, low)],
        [10, live(40_000, low)],
      ]),
    ).toHaveLength(1);
  });

  it('most often first', () => {
    expect(
      reopened([
        [0, waiting(1), waiting(2)],
        [10, live(1), live(2)],
        [20, waiting(2)],
        [30, live(2)],
      ]),
    ).toEqual(['2 2 of 4 by 4312', '1 1 of 2 by 4312']);
  });

  it('by chance where the pool has come round in between, and pinned where it stands out or lies outside the pool', () => {
    const tuples = new ReopenedTuples();
    const destinations = new Destinations();
    const pool = { ...poolOf('tcp'), range: { start: 50_000, count: 200 } };
    // 150 ports wait in every table, a quarter of an hour apart: each of them is reopened each time, and so are the two others.
    for (let table = 0; table < 8; table += 1) {
      const rows = Array.from({ length: 150 }, (_, index) => waiting(50_000 + index));
      const apart = [waiting(1_899), waiting(50_199, '10.0.7.11:1414')];
      tuples.watchTuples(snapshotOf([...rows, ...apart]), table * 900_000, new Set(), destinations);
    }
    expect(tuples.list(pool).map(({ localPort }) => localPort)).toEqual([1_899, 50_199]);
    expect(tuples.list()).toHaveLength(100);
  });
});
