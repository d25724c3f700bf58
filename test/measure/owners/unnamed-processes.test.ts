import { describe, expect, it } from 'vitest';
import { SHORT_LIVED } from '../../../src/model/process.js';
import { LISTENER, snapshotOf, type RowText } from '../../support/port-table.js';
import { bareHost, measuresOf } from '../../support/table-host.js';

const WEB = '10.0.7.60:443';
const SQL = '10.0.7.31:1433';
const IMAGES = { 700: 'curl.exe', 704: 'curl.exe', 888: 'w3wp.exe' };
const row = (pid: number, remote = WEB): RowText =>
  `Established 10.0.0.4:${String(50_000 + pid)} > ${remote} ${String(pid)}`;

/** What each consumer of the tables, a minute apart, has become part of. */
function joined(...tables: readonly (readonly RowText[])[]): Record<string, string> {
  const snapshots = tables.map((rows, at) => snapshotOf([LISTENER, ...rows], { atMs: at * 60_000 }));
  const { consumers } = measuresOf(snapshots, bareHost(IMAGES)).names;
  const ids = Array.from({ length: consumers.size }, (_, id) => id);
  return Object.fromEntries(
    ids
      .filter((id) => consumers.joined(id) !== id)
      .map((id) => [consumers.identity(id).process, consumers.identity(consumers.joined(id)).process]),
  );
}

/** Names of those that may live for a single call. */
function passing(...tables: readonly (readonly RowText[])[]): string[] {
  const snapshots = tables.map((rows, at) => snapshotOf([LISTENER, ...rows], { atMs: at * 60_000 }));
  const { names, holders } = measuresOf(snapshots, bareHost(IMAGES));
  return [...holders.passing].map((id) => names.consumers.identity(id).process);
}

describe('a process that no list names', () => {
  it('may live for one call where one of several tables meets it with a connection or two', () => {
    expect(passing([row(1001)], [], [])).toEqual(['PID 1001']);
    expect(passing([row(1001), row(1001, SQL)], [])).toEqual(['PID 1001']);
  });

  it('does not where it stays, has more connections, is named, or there is one table', () => {
    const third: RowText = 'Established 10.0.0.4:49999 > 10.0.7.60:443 1001';
    expect(passing([row(1001)], [row(1001, SQL)])).toEqual([]);
    expect(passing([row(1001), row(1001, SQL), third], [])).toEqual([]);
    expect(passing([row(700)], [])).toEqual([]);
    expect(passing([row(1001)])).toEqual([]);
  });
});

describe('processes that no list names, each seen in one table only', () => {
  it('are one consumer where three or more come and go towards one destination', () => {
    expect(joined([row(1001), row(1002)], [row(1003)])).toEqual({
      'PID 1001': SHORT_LIVED,
      'PID 1002': SHORT_LIVED,
      'PID 1003': SHORT_LIVED,
    });
    expect(joined([row(1001)], [row(1003)])).toEqual({});
    expect(joined([row(1001), row(1002)], [row(1003, SQL)])).toEqual({});
  });

  it('are of the image that is known to run in several processes there', () => {
    const passing = [row(1001), row(1002), row(1003)];
    expect(joined([...passing, row(700)], [row(704)])['PID 1001']).toBe('curl.exe');
    expect(joined([...passing, row(888)], [])['PID 1001']).toBe(SHORT_LIVED);
  });

  it('stay apart where one stays, and where there is one table only', () => {
    expect(joined([row(1001), row(1002), row(1003)], [row(1001)])).toEqual({});
    expect(joined([row(1001), row(1002), row(1003)])).toEqual({});
  });
});
