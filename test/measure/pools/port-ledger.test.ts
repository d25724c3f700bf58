import { describe, expect, it } from 'vitest';
import type { PortPool } from '../../../src/measure/pools/port-pool.js';
import { listeningPorts, tcpLedger, udpLedger } from '../../../src/measure/pools/port-ledger.js';
import { LEDGER_CLASSES } from '../../../src/model/report-ports.js';
import { exclusion, LISTENER, poolOf, snapshotOf, tableOf, type RowText } from '../../support/port-table.js';

const SQL = '10.0.7.31:1433';
const NOTHING_EVER = new Set<number>();

/** The classes that hold ports, with the balance of the pool. */
function ledgerOf(rows: readonly RowText[], pool: PortPool = poolOf('tcp'), everSeen = NOTHING_EVER): string {
  const snapshot = snapshotOf(rows);
  const ledger = tcpLedger(pool, snapshot, listeningPorts(snapshot.rows, everSeen));
  const held = LEDGER_CLASSES.filter((name) => ledger.counts[name] > 0);
  const classes = held.map((name) => `${name} ${String(ledger.counts[name])}`).join(', ') || 'nothing';
  const free = ledger.classOfPort.filter((index) => index === 255).length;
  const { usable, inUse, listening, rowsCountedNaively, serverSideTimeWait } = ledger;
  // Every port of the range is free, held, a listener's or excluded.
  expect(free).toBe(pool.range.count - inUse);
  expect(usable).toBe(pool.range.count - pool.excluded - listening);
  const server = serverSideTimeWait === 0 ? '' : `, server side ${String(serverSideTimeWait)}`;
  return `${classes}; ${String(inUse)} of ${String(usable)}, rows ${String(rowsCountedNaively)}${server}`;
}

describe('one port, one class', () => {
  it.each([
    ['Established', 'established'],
    ['SynSent', 'synSent'],
    ['SynReceived', 'synReceived'],
    ['FinWait1', 'finWait1'],
    ['FinWait2', 'finWait2'],
    ['Closing', 'closing'],
    ['LastAck', 'lastAck'],
    ['CloseWait', 'closeWait'],
    ['Other', 'otherState'],
    ['Closed', 'otherState'],
    ['DeleteTcb', 'otherState'],
    ['TimeWait', 'timeWait'],
    ['Bound', 'bound'],
  ])('a row in state %s holds its port as %s', (state, name) => {
    expect(ledgerOf([LISTENER, `${state} 10.0.0.4:50001 > ${SQL} 4312`])).toBe(`${name} 1; 1 of 16384, rows 1`);
  });

  it('a port with rows in every state counts once, in the first class of the order', () => {
    const states = ['Bound', 'TimeWait', 'Other', 'CloseWait', 'LastAck', 'Closing', 'FinWait2', 'FinWait1'];
    const rows = [...states, 'SynReceived', 'SynSent', 'Established'].map(
      (state, at) => `${state} 10.0.0.4:50001 > 10.0.7.${String(at)}:1433 4312`,
    );
    const first = [...LEDGER_CLASSES].reverse();
    rows.forEach((_, at) => {
      expect(ledgerOf(rows.slice(0, at + 1))).toBe(`${String(first[at])} 1; 1 of 16384, rows ${String(at + 1)}`);
    });
  });

  it('rows at the ends of the range count, rows beside it do not', () => {
    const rows = [49_151, 49_152, 65_535].map((port) => `Established 10.0.0.4:${String(port)} > ${SQL} 9`);
    expect(ledgerOf(rows)).toBe('established 2; 2 of 16384, rows 2');
  });

  it('the same row given twice is one port', () => {
    const row = `TimeWait 10.0.0.4:50001 > ${SQL} 0`;
    expect(ledgerOf([LISTENER, row, row])).toBe('timeWait 1; 1 of 16384, rows 2');
  });

  it('one port on two local addresses is one port: the pool is the host’s', () => {
    const rows = [`TimeWait 10.0.0.4:50001 > ${SQL} 0`, `TimeWait 10.0.0.5:50001 > ${SQL} 0`];
    expect(ledgerOf(rows)).toBe('timeWait 1; 1 of 16384, rows 2');
  });

  it('UDP rows hold no TCP port', () => {
    expect(ledgerOf([LISTENER, 'Udp 0.0.0.0:50001 > *:* 4312'])).toBe('nothing; 0 of 16384, rows 0');
  });
});

describe('ports of listeners', () => {
  const LISTENS = 'Listen 0.0.0.0:49664 > 0.0.0.0:0 640';

  it('in the range are not in the pool, nor is any row on them', () => {
    const rows = [
      LISTENS,
      'Listen [::]:49664 > [::]:0 640',
      'Established 10.0.0.4:49664 > 10.0.9.1:61000 640',
      'TimeWait 10.0.0.4:49664 > 10.0.9.2:61001 0',
      'CloseWait [2001:db8::4]:49664 > [2001:db8::9]:61002 640',
    ];
    expect(ledgerOf(rows)).toBe('nothing; 0 of 16383, rows 5, server side 1');
  });

  it('below the range leave the pool as it is', () => {
    const rows = [LISTENER, 'TimeWait 10.0.0.4:135 > 10.0.9.2:61001 0'];
    expect(ledgerOf(rows)).toBe('nothing; 0 of 16384, rows 0, server side 1');
  });

  it('that are excluded too are taken out once', () => {
    const pool = poolOf('tcp', exclusion(49_660, 49_669));
    expect(ledgerOf([LISTENS], pool)).toBe('nothing; 0 of 16374, rows 1');
  });

  it('of other snapshots stand in where a table was filtered', () => {
    const rows = ['TimeWait 10.0.0.4:49664 > 10.0.9.2:61001 0', `TimeWait 10.0.0.4:50001 > ${SQL} 0`];
    expect(ledgerOf(rows, poolOf('tcp'), new Set([49_664]))).toBe('timeWait 1; 1 of 16383, rows 2, server side 1');
    expect(ledgerOf([LISTENER, ...rows], poolOf('tcp'), new Set([49_664]))).toBe('timeWait 2; 2 of 16384, rows 2');
  });
});

describe('loopback', () => {
  it('counts once, from the client’s end', () => {
    const rows = [
      'Listen 127.0.0.1:30606 > 0.0.0.0:0 2200',
      'Established 127.0.0.1:50001 > 127.0.0.1:30606 4312',
      'Established 127.0.0.1:30606 > 127.0.0.1:50001 2200',
    ];
    expect(ledgerOf(rows)).toBe('established 1; 1 of 16384, rows 1');
  });

  it('holds both ports where both are dynamic and neither listens', () => {
    const rows = [
      'Established 127.0.0.1:50001 > 127.0.0.1:50002 4312',
      'Established 127.0.0.1:50002 > 127.0.0.1:50001 4312',
    ];
    expect(ledgerOf(rows)).toBe('established 2; 2 of 16384, rows 2');
  });
});

describe('Bound rows', () => {
  const CONNECTED = `Established 10.0.0.4:50001 > ${SQL} 4312`;

  it('beside a connected row of the same port are its shadow, whatever their family', () => {
    expect(ledgerOf([CONNECTED, 'Bound 0.0.0.0:50001 > 0.0.0.0:0 4312'])).toBe('established 1; 1 of 16384, rows 2');
    expect(ledgerOf([CONNECTED, 'Bound [::]:50001 > [::]:0 4312'])).toBe('established 1; 1 of 16384, rows 2');
  });

  it('of IPv6 hold nothing in the IPv6 pool while the connected row of that process is IPv4', () => {
    const rows = [CONNECTED, 'Bound [::]:50001 > [::]:0 4312', 'Bound [::]:50002 > [::]:0 4312'];
    expect(ledgerOf(rows, poolOf('tcp-ipv6'))).toBe('bound 1; 1 of 16384, rows 2');
    expect(ledgerOf(rows, poolOf('tcp-ipv4'))).toBe('established 1; 1 of 16384, rows 1');
    expect(ledgerOf(rows)).toBe('established 1, bound 1; 2 of 16384, rows 3');
  });

  it('of IPv6 hold their port in the IPv6 pool when the connected row is another process', () => {
    const rows = [CONNECTED, 'Bound [::]:50001 > [::]:0 999'];
    expect(ledgerOf(rows, poolOf('tcp-ipv6'))).toBe('bound 1; 1 of 16384, rows 1');
  });

  it('of two processes on one port: the shadow goes, the other stays, in either order', () => {
    const shadow = 'Bound [::]:50001 > [::]:0 4312';
    const other = 'Bound [::]:50001 > [::]:0 999';
    for (const rows of [
      [CONNECTED, shadow, other],
      [other, shadow, CONNECTED],
      [shadow, CONNECTED, other],
    ]) {
      expect(ledgerOf(rows, poolOf('tcp-ipv6'))).toBe('bound 1; 1 of 16384, rows 2');
    }
  });

  it('beside TIME_WAIT leave the port in TIME_WAIT', () => {
    const rows = [`TimeWait 10.0.0.4:50001 > ${SQL} 0`, 'Bound 0.0.0.0:50001 > 0.0.0.0:0 4312'];
    expect(ledgerOf(rows)).toBe('timeWait 1; 1 of 16384, rows 2');
  });
});

describe('pools of one family', () => {
  it('see the rows of their family only', () => {
    const rows = [
      `Established 10.0.0.4:50001 > ${SQL} 9`,
      'Established [2001:db8::4]:50001 > [2001:db8::9]:443 9',
      'TimeWait [2001:db8::4]:50002 > [2001:db8::9]:443 0',
    ];
    expect(ledgerOf(rows, poolOf('tcp-ipv4'))).toBe('established 1; 1 of 16384, rows 1');
    expect(ledgerOf(rows, poolOf('tcp-ipv6'))).toBe('established 1, timeWait 1; 2 of 16384, rows 2');
    expect(ledgerOf(rows)).toBe('established 1, timeWait 1; 2 of 16384, rows 3');
  });
});

describe('excluded ports', () => {
  it('are neither usable nor in use, whatever holds them', () => {
    const rows = [49_999, 50_000, 50_099, 50_100].map((port) => `Established 10.0.0.4:${String(port)} > ${SQL} 9`);
    expect(ledgerOf(rows, poolOf('tcp', exclusion(50_000, 50_099)))).toBe('established 2; 2 of 16284, rows 4');
  });
});

describe('the UDP pool', () => {
  it('counts every distinct local port of the range once', () => {
    const rows = [
      'Udp 0.0.0.0:50001 > *:* 1',
      'Udp [::]:50001 > *:* 1',
      'Udp 10.0.0.4:50002 > *:* 2',
      'Udp 0.0.0.0:53 > *:* 3',
      `Established 10.0.0.4:50003 > ${SQL} 4`,
    ];
    expect(udpLedger(poolOf('udp'), tableOf(rows))).toEqual({ inUse: 2, usable: 16_384, rowsCountedNaively: 3 });
  });
});
