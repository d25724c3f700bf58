import { describe, expect, it } from 'vitest';
import { isFilteredByText } from '../../../src/measure/pools/text-filtered-table.js';
import { listeningPorts } from '../../../src/measure/pools/port-ledger.js';
import { incomparableClasses } from '../../../src/measure/pools/unseen-classes.js';
import { Interner, TcpState, UNKNOWN } from '../../../src/model/connection.js';
import { ConnectionTable } from '../../../src/model/connection-table.js';
import type { Snapshot } from '../../../src/model/snapshot.js';

interface Row {
  readonly port: number;
  readonly state: TcpState;
  readonly pid: number;
  readonly remote?: readonly [address: string, port: number];
  readonly local?: string;
}

const FAR_END: readonly [string, number] = ['10.9.8.8', 9443];
const { Established, CloseWait, TimeWait, Listen } = TcpState;

function tableOf(rows: readonly Row[]): ConnectionTable {
  const table = new ConnectionTable(new Interner());
  for (const { port, state, pid, remote = FAR_END, local = '10.9.1.20' } of rows) {
    const [remoteAddress, remotePort]: readonly [string, number] = remote;
    const ends = { localAddress: local, localPort: port, remoteAddress, remotePort };
    const rest = { unknownState: null, owner: '', ageMs: NaN, created: UNKNOWN, line: 1 };
    table.addRow({ transport: 'tcp', state, pid, ...ends, ...rest }, NaN);
  }
  return table;
}

function incomparableIn(rows: readonly Row[], cannotShow: Snapshot['cannotShow'] = []): string[] {
  const table = tableOf(rows);
  const times = { atMs: 0, clockErrorSeconds: 0, isDated: true };
  const scope = { keeps: null, hasHeading: true };
  const snapshot = { host: 'APP02', file: 'a.txt', line: 1, cannotShow, rows: table, ...scope, ...times };
  return [...incomparableClasses(snapshot, listeningPorts(table, new Set()))];
}

const LEAK: readonly Row[] = [
  { port: 50_001, state: CloseWait, pid: 7200 },
  { port: 50_002, state: CloseWait, pid: 7200 },
  { port: 50_003, state: Established, pid: 7200, remote: ['10.9.8.9', 443] },
];
/** What `findstr 7200` keeps besides. */
const STRAY: Row = { port: 57_200, state: TimeWait, pid: 0, remote: ['10.9.8.10', 443] };

describe('a table of several states without a listener', () => {
  it('in which one number stands in every row was filtered by it, stray rows or not', () => {
    expect(isFilteredByText(tableOf(LEAK))).toBe(true);
    expect(isFilteredByText(tableOf([...LEAK, STRAY]))).toBe(true);
    expect(isFilteredByText(tableOf([...LEAK, { ...STRAY, port: 57_201 }]))).toBe(false);
  });

  it('cannot be compared with others in any class then, though it has rows of some', () => {
    expect(incomparableIn([...LEAK, STRAY])).toEqual(
      expect.arrayContaining(['closeWait', 'established', 'timeWait', 'bound']),
    );
  });

  it('can be compared in the classes it has rows of where it was filtered by state', () => {
    const unseen = incomparableIn([...LEAK, { ...STRAY, port: 57_201 }]);
    expect(unseen).toContain('bound');
    expect(unseen).not.toContain('closeWait');
    expect(unseen).not.toContain('timeWait');
  });
});

describe('a table of one state', () => {
  it('is one filtered by that state, whoever the rows belong to', () => {
    const rows = LEAK.slice(0, 2);
    expect(isFilteredByText(tableOf(rows))).toBe(false);
    expect(incomparableIn(rows)).not.toContain('closeWait');
  });
});

describe('a table that breaks off', () => {
  it('cannot be compared in any class, listeners or not', () => {
    const rows = [...LEAK, { port: 135, state: Listen, pid: 980, remote: ['0.0.0.0', 0] as const }];
    expect(incomparableIn(rows)).toEqual([]);
    expect(incomparableIn(rows, ['tail'])).toHaveLength(12);
  });
});

describe('a port of this host that several others are connected to', () => {
  const loop = (port: number, state: TcpState = Established): Row[] => [
    { port, state, pid: 20, local: '127.0.0.1', remote: ['127.0.0.1', 50_500] },
    { port: 50_500, state: Established, pid: 30, local: '127.0.0.1', remote: ['127.0.0.1', port] },
  ];
  const listening = (rows: readonly Row[]): number[] => [...listeningPorts(tableOf(rows), new Set([135])).ports];

  it('is a listener’s where the table lists none', () => {
    expect(listening([...loop(51_001), ...loop(51_002)])).toEqual([135, 50_500]);
  });

  it('may be either end of a single connection', () => {
    expect(listening(loop(51_001))).toEqual([135]);
  });

  it('is left to the table where that lists listeners', () => {
    const rows = [
      ...loop(51_001),
      ...loop(51_002),
      { port: 445, state: Listen, pid: 4, remote: ['0.0.0.0', 0] as const },
    ];
    expect(listening(rows)).toEqual([445]);
  });
});
