import { describe, expect, it } from 'vitest';
import { PinnedPorts } from '../../../src/measure/tuples/pinned-ports.js';
import { listeningPorts } from '../../../src/measure/pools/port-ledger.js';
import { LISTENER, poolOf, snapshotOf, type RowText } from '../../support/port-table.js';

const PLC = '10.0.9.21:102';
const live = (local: number, remote = PLC): RowText => `Established 10.0.0.4:${String(local)} > ${remote} 2216`;
const waiting = (local: number, remote = PLC): RowText => `TimeWait 10.0.0.4:${String(local)} > ${remote} 0`;

/** Ports found, as `port towards so many far ends in so many rows by owner`. */
function pinned(...tables: readonly (readonly RowText[])[]): string[] {
  const ports = new PinnedPorts([poolOf('tcp'), poolOf('udp')]);
  for (const rows of tables) {
    const snapshot = snapshotOf(rows);
    ports.watchTable(snapshot, listeningPorts(snapshot.rows, new Set([9100])));
  }
  return ports
    .list()
    .map(
      ({ localPort, remotes, sightings, owner }) =>
        `${String(localPort)} towards ${String(remotes.size)} in ${String(sightings)} by ${String(owner)}`,
    );
}

describe('a port that a program has chosen', () => {
  it('is in no range, and nobody listens on it', () => {
    expect(pinned([LISTENER, live(2101), live(49_152)])).toEqual(['2101 towards 1 in 1 by 2216']);
    expect(pinned([LISTENER, 'Listen 0.0.0.0:2101 > 0.0.0.0:0 2216', live(2101)])).toEqual([]);
  });

  it('is told only where the table shows listeners', () => {
    expect(pinned([live(2101)])).toEqual([]);
  });

  it('keeps its owner while it waits', () => {
    expect(pinned([LISTENER, live(2101)], [LISTENER, waiting(2101)])).toEqual(['2101 towards 1 in 2 by 2216']);
    expect(pinned([LISTENER, waiting(2101)], [LISTENER, live(2101)])).toEqual(['2101 towards 1 in 2 by 2216']);
  });

  it('may be used towards several far ends of one service', () => {
    expect(pinned([LISTENER, live(2101), live(2101, '10.0.9.22:102')])).toEqual(['2101 towards 2 in 2 by 2216']);
  });
});

describe('a port that no program has chosen for its connections', () => {
  it('is a server’s, whose clients come from different ports or from a high one', () => {
    expect(pinned([LISTENER, live(8080, '10.0.9.21:1044'), live(8080, '10.0.9.22:1050')])).toEqual([]);
    expect(pinned([LISTENER, live(8080, '10.0.9.21:32768')])).toEqual([]);
    expect(pinned([LISTENER, live(8080, '10.0.9.21:32767')])).toHaveLength(1);
  });

  it('is FTP’s port for data', () => {
    expect(pinned([LISTENER, live(20, '10.0.9.21:5001')])).toEqual([]);
  });

  it('is one of more than twenty: they are of another range', () => {
    const rows = (count: number): RowText[] => Array.from({ length: count }, (_, at) => live(2101 + at));
    expect(pinned([LISTENER, ...rows(20)])).toHaveLength(20);
    expect(pinned([LISTENER, ...rows(21)])).toEqual([]);
  });
});
