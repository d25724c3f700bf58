import { describe, expect, it } from 'vitest';
import { TcpState } from '../../../src/model/connection.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { tableScope } from '../../../src/measure/pools/table-scope.js';
import { LISTENER, snapshotOf, type RowText } from '../../support/port-table.js';

const SMB: RowText = 'Listen 0.0.0.0:445 > 0.0.0.0:0 4';
const LIVE: RowText = 'Established 10.0.0.4:50001 > 10.0.7.31:1433 4312';

function scopeOf(rows: readonly RowText[], facts: Partial<Omit<Snapshot, 'rows'>> = {}): string {
  return tableScope(snapshotOf(rows, facts));
}

/** Both ends of connections over loopback, the far ends of the last `missing` left out. */
function loopback(count: number, missing: number): RowText[] {
  return Array.from({ length: count }, (_, at) => {
    const [one, other] = [`127.0.0.1:${String(50_000 + at)}`, `127.0.0.1:${String(60_000 + at)}`];
    const ends: RowText[] = [`Established ${one} > ${other} 20`, `Established ${other} > ${one} 30`];
    return at < count - missing ? ends : ends.slice(0, 1);
  }).flat();
}

describe('a list is the whole table', () => {
  it('with a heading and listeners of two owners, 135 among them', () => {
    expect(scopeOf([LISTENER, SMB])).toBe('whole');
  });

  it('without a heading where it has rows of more than one state', () => {
    expect(scopeOf([LISTENER, SMB, LIVE], { hasHeading: false })).toBe('whole');
    expect(scopeOf([LISTENER, SMB], { hasHeading: false })).toBe('not-known');
  });

  it('without owners only under a heading', () => {
    const rows: RowText[] = ['Listen 0.0.0.0:135 > 0.0.0.0:0 ?', 'Listen 0.0.0.0:445 > 0.0.0.0:0 ?'];
    expect(scopeOf(rows)).toBe('whole');
    expect(scopeOf([...rows, LIVE.replace('4312', '?')], { hasHeading: false })).toBe('not-known');
  });

  it('where a filter took no TCP row away', () => {
    const all = Object.values(TcpState);
    expect(scopeOf([LISTENER, SMB], { keeps: all, hasHeading: false })).toBe('whole');
  });
});

describe('a list is not known to be the whole table', () => {
  it('where one process owns all that listens, or 135 is not among it', () => {
    expect(scopeOf([LISTENER, LIVE])).toBe('not-known');
    expect(scopeOf([SMB, 'Listen 0.0.0.0:8080 > 0.0.0.0:0 20', LIVE])).toBe('not-known');
  });

  it('where nothing listens, whatever the command was', () => {
    expect(scopeOf([LIVE], { cannotShow: ['listening'] })).toBe('not-known');
  });

  it('where one number stands in every row that no heading is above', () => {
    const rows: RowText[] = [
      LISTENER,
      'Listen 0.0.0.0:49664 > 0.0.0.0:0 1356',
      'Established 10.0.0.4:51350 > 10.0.7.31:443 20',
    ];
    expect(scopeOf(rows, { hasHeading: false })).toBe('not-known');
    expect(scopeOf(rows)).toBe('whole');
  });

  it('where it breaks off', () => {
    expect(scopeOf([LISTENER, SMB], { cannotShow: ['tail'] })).toBe('not-known');
  });

  it('where three and a fifth of its live loopback connections have one end only', () => {
    expect(scopeOf([LISTENER, SMB, ...loopback(9, 3)])).toBe('not-known');
    expect(scopeOf([LISTENER, SMB, ...loopback(10, 3)])).toBe('whole');
    expect(scopeOf([LISTENER, SMB, ...loopback(2, 2)])).toBe('whole');
    const waiting = loopback(10, 10).map((row) => row.replace('Established', 'TimeWait'));
    expect(scopeOf([LISTENER, SMB, ...waiting])).toBe('whole');
  });
});

describe('a list is filtered', () => {
  it('only where the command line above it says so', () => {
    expect(scopeOf([LISTENER, SMB, LIVE], { keeps: [] })).toBe('filtered');
    expect(scopeOf([LISTENER, SMB, LIVE], { keeps: [TcpState.Established] })).toBe('filtered');
  });
});

describe('a list of UDP alone', () => {
  it('is whole under its heading where it has two owners', () => {
    const rows: RowText[] = ['Udp 0.0.0.0:123 > *:* 900', 'Udp 0.0.0.0:500 > *:* 950'];
    expect(scopeOf(rows)).toBe('whole');
    expect(scopeOf(rows.slice(1))).toBe('not-known');
    expect(scopeOf(rows, { hasHeading: false })).toBe('not-known');
  });
});
