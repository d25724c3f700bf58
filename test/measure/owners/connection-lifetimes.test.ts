import { describe, expect, it } from 'vitest';
import type { OpeningPace } from '../../../src/measure/owners/connection-lifetimes.js';
import { LISTENER, snapshotOf, type RowText } from '../../support/port-table.js';
import { bareHost, measuresOf } from '../../support/table-host.js';

const SQL = '10.0.7.31:1433';
const HOST = bareHost({ 4312: 'OrderBridge.exe', 7012: 'Contoso.Sync.exe' });
const live = (ports: readonly number[], pid = 4312): RowText[] =>
  ports.map((port) => `Established 10.0.0.4:${String(port)} > ${SQL} ${String(pid)}`);
const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, index) => first + index);

/** How the first consumer's connections to the first destination turned over in tables taken at these seconds. */
function openingIn(tables: Readonly<Record<number, readonly RowText[]>>): OpeningPace {
  const snapshots = Object.entries(tables).map(([second, rows]) =>
    snapshotOf([LISTENER, ...rows], { atMs: Number(second) * 1000 }),
  );
  return measuresOf(snapshots, HOST).holders.owners.paceOf(0, 0);
}

describe('connections of one program towards one destination', () => {
  it('tell nothing in a single table', () => {
    expect(openingIn({ 0: live([50_001, 50_002]) })).toEqual({ kind: 'unknown' });
  });

  it('are a pool, and open nothing, where every table has the same ones', () => {
    const pool = live(from(50_001, 60));
    expect(openingIn({ 0: pool, 60: pool, 120: pool })).toEqual({ kind: 'none' });
  });

  it('are too quick to be counted where none of the new ones is there in the next table', () => {
    const pool = live(from(50_001, 60));
    const tables = { 0: pool, 60: [...pool, ...live([51_001, 51_002])], 120: [...pool, ...live([51_003])] };
    expect(openingIn(tables)).toEqual({ kind: 'uncounted', tuples: 3 });
  });

  it('are new ones on ports that have come round, where CreationTime says so', () => {
    const snapshots = [0, 60, 120].map((second) => {
      const snapshot = snapshotOf([LISTENER, ...live(from(50_001, 40))], { atMs: second * 1000 });
      snapshot.rows.createdMs.fill(second * 1000 - 500, 1, 41);
      return snapshot;
    });
    expect(measuresOf(snapshots, HOST).holders.owners.paceOf(0, 0)).toEqual({ kind: 'uncounted', tuples: 80 });
  });

  it('are counted where some of the new ones live on: lifetime and rate follow from their share', () => {
    // Half of the new ones are there a minute later: a lifetime of 60 s ÷ ln 2, of which 10 are half of those opened in it.
    const opening = openingIn({
      0: [],
      60: live(from(50_001, 10)),
      120: live(from(50_006, 10)),
    });
    expect(opening.kind).toBe('counted');
    expect(opening.kind === 'counted' ? opening.perSecond : NaN).toBeCloseTo(10 / ((60 / Math.LN2) * 0.5), 6);
  });

  it('of another owner on the same tuple are new', () => {
    const tables = { 0: live([50_001]), 60: live([50_001], 7012) };
    expect(openingIn(tables)).toEqual({ kind: 'unknown' });
  });

  it('are compared over 300 s at the most: over a longer gap only those that stay tell', () => {
    expect(openingIn({ 0: live([50_001]), 300: live([50_002]) })).toEqual({ kind: 'uncounted', tuples: 1 });
    expect(openingIn({ 0: live([50_001]), 301: live([50_002]) })).toEqual({ kind: 'unknown' });
    expect(openingIn({ 0: live([50_001]), 301: live([50_001]) })).toEqual({ kind: 'none' });
  });
});
