import { Interner, TcpState, UNKNOWN } from '../../src/model/connection.js';
import { ConnectionTable } from '../../src/model/connection-table.js';
import type { PortRange } from '../../src/model/port.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { poolsOf, type PortPool } from '../../src/measure/pools/port-pool.js';
import type { SettingRecord } from '../../src/model/setting.js';

/** A row as the words `State local > remote pid`, with `age 1500` (milliseconds) at the end where it is known. */
export type RowText = string;

const ROW = /^(\w+) (\S+) > (\S+) (-?\d+|\?)(?: age (\d+))?$/;

/** Numbers addresses for every table that a test builds, as the snapshots of one capture share them. */
export const ADDRESSES = new Interner();

/** A port table of one snapshot: `Established 10.0.0.4:50001 > 10.0.7.31:1433 4312`, `Udp [::]:500 > *:* 4`; pid `?` is unknown. */
export function tableOf(rows: readonly RowText[]): ConnectionTable {
  const table = new ConnectionTable(ADDRESSES);
  rows.forEach((text, index) => {
    const [, word = '', local = '', remote = '', pid = '', age] = ROW.exec(text) ?? [];
    const [localAddress, localPort] = endpoint(local);
    const [remoteAddress, remotePort] = endpoint(remote);
    table.addRow(
      {
        transport: word === 'Udp' ? 'udp' : 'tcp',
        state: word === 'Udp' ? TcpState.None : stateOf(word),
        unknownState: null,
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
        pid: pid === '?' ? UNKNOWN : Number(pid),
        owner: '',
        ageMs: age === undefined ? NaN : Number(age),
        created: UNKNOWN,
        line: index + 1,
      },
      NaN,
    );
  });
  return table;
}

export function snapshotOf(rows: readonly RowText[], facts: Partial<Omit<Snapshot, 'rows'>> = {}): Snapshot {
  return {
    host: 'APP02',
    file: 'netstat.txt',
    line: 1,
    atMs: 0,
    clockErrorSeconds: 2,
    isDated: true,
    cannotShow: [],
    keeps: null,
    hasHeading: true,
    ...facts,
    rows: tableOf(rows),
  };
}

export const LISTENER: RowText = 'Listen 0.0.0.0:135 > 0.0.0.0:0 716';

/** Rows on consecutive ports: `rowsFrom(50000, 3, 'TimeWait', '10.0.7.31:1433')`. */
export function rowsFrom(port: number, count: number, state: string, remote: string, pid = 0): RowText[] {
  return Array.from({ length: count }, (_, at) => `${state} 10.0.0.4:${String(port + at)} > ${remote} ${String(pid)}`);
}

/** Settings as records from one file, line after line. */
export function settingsOf(...records: readonly SettingRecord[]): { file: string; record: SettingRecord }[] {
  return records.map((record) => ({ file: 'settings.txt', record }));
}

/** What netsh says of the dynamic port range. */
export function netshRange(
  { start, count }: PortRange,
  family: 'ipv4' | 'ipv6' | null = null,
  transport: 'tcp' | 'udp' = 'tcp',
): SettingRecord {
  const text = `${String(start)} ${String(count)}`;
  return { kind: 'dynamic-range', origin: 'netsh', transport, family, pool: 'dynamic', start, count, line: 1, text };
}

export function exclusion(start: number, end: number, family: 'ipv4' | 'ipv6' | null = null): SettingRecord {
  const text = `${String(start)} ${String(end)}`;
  return { kind: 'exclusion', transport: 'tcp', family, start, end, administered: false, line: 1, text };
}

export function registryDword(name: string, value: number | null, path = 'Tcpip\\Parameters'): SettingRecord {
  return { kind: 'registry-value', path, name, type: 'REG_DWORD', value, line: 1, text: name };
}

/** The pool of this id under these settings. */
export function poolOf(id: string, ...records: readonly SettingRecord[]): PortPool {
  const pool = poolsOf({
    settings: settingsOf(...records),
    option: null,
    clientPorts: { ipv4: [], ipv6: [] },
    passingPorts: { ipv4: [], ipv6: [] },
  }).find((candidate) => candidate.id === id);
  if (pool === undefined) throw new Error(`no pool ${id}`);
  return pool;
}

function stateOf(word: string): TcpState {
  const found = Object.entries(TcpState).find(([name]) => name === word)?.[1];
  if (found === undefined) throw new Error(`no state ${word}`);
  return found;
}

function endpoint(text: string): [address: string, port: number] {
  const colon = text.lastIndexOf(':');
  const address = text.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  const port = text.slice(colon + 1);
  return [address === '*' ? '' : address, port === '*' ? UNKNOWN : Number(port)];
}
