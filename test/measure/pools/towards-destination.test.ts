import { describe, expect, it } from 'vitest';
import { listeningPorts, tcpLedger } from '../../../src/measure/pools/port-ledger.js';
import { busiestDestination, towards } from '../../../src/measure/pools/towards-destination.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import type { SettingRecord } from '../../../src/model/setting.js';
import { ADDRESSES, LISTENER, poolOf, rowsFrom, snapshotOf } from '../../support/port-table.js';

const REUSE: SettingRecord = {
  kind: 'dynamic-range',
  origin: 'Get-NetTCPSetting',
  transport: 'tcp',
  family: null,
  pool: 'auto-reuse',
  start: 40_000,
  count: 100,
  line: 1,
  text: 'Internet',
};
const pool = poolOf('tcp-auto-reuse', REUSE);
const [WEB, SQL] = ['10.0.7.9:443', '10.0.7.31:1433'];

function busiest(snapshot: Snapshot, before: Parameters<typeof busiestDestination>[2] = null) {
  return busiestDestination(snapshot, tcpLedger(pool, snapshot, listeningPorts(snapshot.rows, new Set())), before);
}

describe('the busiest destination of an auto-reuse range', () => {
  it('is the one with most ports, however many ports are in use by all of them together', () => {
    const shared = [...rowsFrom(40_000, 60, 'TimeWait', WEB), ...rowsFrom(40_000, 90, 'Established', SQL, 4312)];
    expect(busiest(snapshotOf([LISTENER, ...shared]))).toEqual({
      address: ADDRESSES.idOf('10.0.7.31'),
      port: 1433,
      ports: 90,
      usable: 100,
    });
  });

  it('counts a port once that serves it from two local addresses', () => {
    const twice = ['TimeWait 10.0.0.4:40001 > 10.0.7.9:443 0', 'TimeWait 10.0.0.5:40001 > 10.0.7.9:443 0'];
    expect(busiest(snapshotOf([LISTENER, ...twice]))?.ports).toBe(1);
  });

  it('is nobody where only dynamic ports, a listener of the range and Bound sockets have rows', () => {
    const rows = [
      ...rowsFrom(50_000, 5, 'TimeWait', WEB),
      'Listen 0.0.0.0:40005 > 0.0.0.0:0 716',
      'Established 10.0.0.4:40005 > 10.0.7.9:443 716',
      'Bound 0.0.0.0:40007 > 0.0.0.0:0 4312',
    ];
    expect(busiest(snapshotOf(rows))).toBe(null);
  });

  it('stays the one of an earlier snapshot until another has more ports', () => {
    const before = { address: 7, port: 443, ports: 5, usable: 100 };
    expect(busiest(snapshotOf([LISTENER, ...rowsFrom(40_000, 5, 'TimeWait', SQL)]), before)).toBe(before);
    expect(busiest(snapshotOf([LISTENER, ...rowsFrom(40_000, 6, 'TimeWait', SQL)]), before)?.ports).toBe(6);
  });
});

describe('a snapshot towards a destination', () => {
  it('keeps its connections from the range and the listeners, each with its line', () => {
    const snapshot = snapshotOf([
      LISTENER,
      'Established 10.0.0.4:40001 > 10.0.7.9:443 4312',
      'TimeWait 10.0.0.4:40001 > 10.0.7.31:1433 0',
      'TimeWait 10.0.0.4:50001 > 10.0.7.31:1433 0',
      'Bound 0.0.0.0:40001 > 0.0.0.0:0 4312',
      'Udp 0.0.0.0:40001 > *:* 4312',
    ]);
    const { rows } = towards(snapshot, pool, { address: ADDRESSES.idOf('10.0.7.31'), port: 1433 });
    expect(Array.from({ length: rows.length }, (_, index) => rows.row(index).line)).toEqual([1, 3]);
    expect(rows.row(1)).toEqual(snapshot.rows.row(2));
  });
});
