import { describe, expect, it } from 'vitest';
import { TcpState } from '../../../src/model/connection.js';
import { LEDGER_CLASSES } from '../../../src/model/report-ports.js';
import { listeningPorts } from '../../../src/measure/pools/port-ledger.js';
import { incomparableClasses, unseenClasses } from '../../../src/measure/pools/unseen-classes.js';
import { LISTENER, snapshotOf, type RowText } from '../../support/port-table.js';

const SQL = '10.0.7.31:1433';

describe('what a snapshot cannot show', () => {
  it('is nothing for a whole table, though it holds no row in most states', () => {
    expect(unseenClasses(snapshotOf([LISTENER]), 'whole')).toEqual([]);
  });

  it('is what the format leaves out', () => {
    expect(unseenClasses(snapshotOf([LISTENER], { cannotShow: ['bound', 'owner'] }), 'whole')).toEqual([
      'bound',
      'owner',
    ]);
  });

  it('is everything where nothing says that the table is whole', () => {
    expect(unseenClasses(snapshotOf([LISTENER]), 'not-known')).toEqual([...LEDGER_CLASSES, 'listening']);
  });

  it('is what a filter did not let through', () => {
    const kept = snapshotOf([], { keeps: [TcpState.TimeWait, TcpState.Bound], cannotShow: ['bound'] });
    expect(unseenClasses(kept, 'filtered')).toEqual([
      ...LEDGER_CLASSES.filter((name) => name !== 'timeWait'),
      'listening',
    ]);
    const listing = snapshotOf([], { keeps: [TcpState.Listen, TcpState.Bound] });
    expect(unseenClasses(listing, 'filtered')).toEqual(LEDGER_CLASSES.filter((name) => name !== 'bound'));
  });
});

describe('what two tables cannot be compared in', () => {
  const incomparable = (rows: readonly RowText[], ...cannotShow: ('bound' | 'listening')[]): string[] => {
    const snapshot = snapshotOf(rows, { cannotShow });
    return incomparableClasses(snapshot, listeningPorts(snapshot.rows, new Set()));
  };
  const waiting = [`TimeWait 10.0.0.4:50001 > ${SQL} 0`];

  it('is every state that a table without a listener has no row of', () => {
    const others = LEDGER_CLASSES.filter((name) => name !== 'timeWait' && name !== 'otherState');
    expect(incomparable(waiting)).toEqual([...others, 'listening']);
  });

  it('is only what the switches leave out where the command says that it lists no listeners', () => {
    expect(incomparable(waiting, 'bound', 'listening')).toEqual(['bound']);
    expect(incomparable([LISTENER], 'bound')).toEqual(['bound']);
  });
});
