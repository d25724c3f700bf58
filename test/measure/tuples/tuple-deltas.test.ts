import { describe, expect, it } from 'vitest';
import { clientTuples, Destinations } from '../../../src/measure/tuples/client-tuples.js';
import { TupleDeltas } from '../../../src/measure/tuples/tuple-deltas.js';
import { listeningPorts, tcpLedger } from '../../../src/measure/pools/port-ledger.js';
import type { LedgerEntry } from '../../../src/model/report-ports.js';
import { LISTENER, poolOf, rowsFrom, snapshotOf, type RowText } from '../../support/port-table.js';

const SQL = '10.0.7.31:1433';

interface Table {
  readonly second: number;
  readonly rows: readonly RowText[];
  readonly full?: boolean;
  readonly unseen?: LedgerEntry['unseen'];
  /** Seconds at which a log says that tuples were opened, by their place. */
  readonly openedAt?: readonly (number | null)[];
}

/** What each table adds, and the intervals between them as `from–to new closes`; of what is new, how many a log names. */
function counted(tables: readonly Table[]): { added: number[]; intervals: string[]; logged: number[] } {
  const newTuples = new TupleDeltas();
  const destinations = new Destinations();
  const added = tables.map(({ second, rows, full = false, unseen = [], openedAt = [] }) => {
    const snapshot = snapshotOf([LISTENER, ...rows]);
    const ledger = tcpLedger(poolOf('tcp'), snapshot, listeningPorts(snapshot.rows, new Set()));
    const openings = new Map(
      openedAt.flatMap((at, index) => (at === null ? [] : [[index, { pid: 9, image: 'a.exe', atMs: at * 1000 }]])),
    );
    const pool = { usable: 100, inUse: full ? 100 : 0, unseen };
    return newTuples.compareTuples(clientTuples(snapshot, ledger, destinations), second * 1000, pool, openings, 2);
  });
  const intervals = newTuples.intervals().map(({ fromMs, toMs, newTuples: opened, closes, exhausted }) => {
    const span = `${String(fromMs / 1000)}–${String(toMs / 1000)}`;
    return `${span} ${String(opened)} new ${String(closes)} closed${exhausted ? ' full' : ''}`;
  });
  return { added, intervals, logged: newTuples.intervals().map(({ logged }) => logged) };
}

describe('new tuples', () => {
  it('are those that the snapshot before did not hold, alive or waiting; closes are those that wait now and did not', () => {
    const tables: Table[] = [
      { second: 0, rows: [...rowsFrom(50_000, 3, 'Established', SQL, 9), ...rowsFrom(50_010, 2, 'TimeWait', SQL)] },
      { second: 30, rows: [...rowsFrom(50_000, 3, 'TimeWait', SQL), ...rowsFrom(50_011, 4, 'TimeWait', SQL)] },
      { second: 60, rows: rowsFrom(50_014, 2, 'Established', SQL, 9), full: true },
    ];
    expect(counted(tables)).toMatchObject({
      added: [0, 3, 2],
      intervals: ['0–30 3 new 6 closed', '30–60 2 new 0 closed full'],
    });
  });

  it('differ by remote endpoint: the same local port towards another one is a new connection', () => {
    const tables = [
      { second: 0, rows: ['TimeWait 10.0.0.4:50001 > 10.0.7.31:1433 0'] },
      { second: 5, rows: ['TimeWait 10.0.0.4:50001 > 10.0.7.32:1433 0'] },
    ];
    expect(counted(tables).added).toEqual([0, 1]);
  });

  it('are not counted between two dumps of one moment', () => {
    const tables = [
      { second: 0, rows: rowsFrom(50_000, 1, 'TimeWait', SQL) },
      { second: 0, rows: rowsFrom(50_000, 5, 'TimeWait', SQL) },
    ];
    expect(counted(tables).intervals).toEqual([]);
  });

  it('are not counted where one of two snapshots hid TIME_WAIT or live connections from the other', () => {
    const live = rowsFrom(50_000, 3, 'Established', SQL, 9);
    const waiting = rowsFrom(50_010, 40, 'TimeWait', SQL);
    const tables: Table[] = [
      { second: 0, rows: live, unseen: ['timeWait', 'bound'] },
      { second: 30, rows: [...live, ...waiting] },
      { second: 60, rows: [...live, ...waiting], unseen: ['bound'] },
      { second: 90, rows: waiting, unseen: ['established'] },
      { second: 120, rows: waiting, unseen: ['established'] },
    ];
    expect(counted(tables)).toMatchObject({
      added: [0, 0, 0, 0, 0],
      intervals: ['30–60 0 new 0 closed', '90–120 0 new 0 closed'],
    });
  });

  it('are named by a log where it has their opening since the snapshot before, its clock error included', () => {
    const tables: Table[] = [
      { second: 100, rows: rowsFrom(50_000, 1, 'TimeWait', SQL), openedAt: [90] },
      { second: 130, rows: rowsFrom(50_000, 6, 'TimeWait', SQL), openedAt: [90, 129, 98.001, 98, null, 40] },
    ];
    expect(counted(tables)).toMatchObject({ added: [0, 5], logged: [2] });
  });

  it('keep the 200 busiest intervals of any number', () => {
    const tables = Array.from({ length: 1001 }, (_, second) => ({
      second,
      rows: second % 10 === 0 ? rowsFrom(50_000, 5, 'TimeWait', SQL) : [],
    }));
    const { intervals } = counted(tables);
    expect(intervals).toHaveLength(200);
    expect(intervals.filter((text) => text.includes(' 5 new'))).toHaveLength(100);
  });
});

describe('what an interval keeps', () => {
  const between = (earlier: readonly RowText[], later: readonly RowText[], second = 30, error = 2) => {
    const newTuples = new TupleDeltas();
    const destinations = new Destinations();
    for (const [rows, atMs] of [
      [earlier, 0],
      [later, second * 1000],
    ] as const) {
      const snapshot = snapshotOf([LISTENER, ...rows]);
      const ledger = tcpLedger(poolOf('tcp'), snapshot, listeningPorts(snapshot.rows, new Set()));
      const pool = { usable: 1000, inUse: rows.length, unseen: [] };
      newTuples.compareTuples(clientTuples(snapshot, ledger, destinations), atMs, pool, new Map(), error);
    }
    return newTuples.intervals()[0];
  };

  it('is how live connections ended: alive still, waiting, or gone without a trace', () => {
    const found = between(rowsFrom(50_000, 6, 'Established', SQL, 9), [
      ...rowsFrom(50_000, 1, 'Established', SQL, 9),
      ...rowsFrom(50_001, 2, 'TimeWait', SQL),
    ]);
    expect([...(found?.endings.values() ?? [])]).toEqual([{ stayed: 1, waited: 2, vanished: 3 }]);
  });

  it('is which ports were taken that had been free, whatever the far end', () => {
    const found = between(rowsFrom(50_000, 2, 'TimeWait', SQL), [
      ...rowsFrom(50_000, 1, 'TimeWait', '10.0.7.32:1433'),
      ...rowsFrom(50_001, 3, 'TimeWait', SQL),
    ]);
    expect(found).toMatchObject({ newTuples: 3, newPorts: 2, freeBefore: 998, freeAfter: 996 });
  });

  it('counts a tuple that waited and is alive again as opened', () => {
    const found = between(rowsFrom(50_000, 2, 'TimeWait', SQL), rowsFrom(50_000, 2, 'Established', SQL, 9));
    expect(found).toMatchObject({ newTuples: 2, newPorts: 0 });
  });

  it('allows a minute where a file name gives whole minutes', () => {
    const rows = rowsFrom(50_000, 1, 'TimeWait', SQL);
    expect(between(rows, rows, 60, 60)?.errorSeconds).toBe(60);
    expect(between(rows, rows, 60, 2)?.errorSeconds).toBe(1);
  });
});
