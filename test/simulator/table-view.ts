import type { Endpoints } from './endpoints.js';
import type { ProcessTable } from './process-table.js';
import type { DynamicRange, Scenario } from './scenario.js';
import type { Ledger, StateWord, TableRow, UdpLedger } from './snapshot.js';
import { SocketState, type Socket, type SocketTable } from './socket-table.js';

/** The state of a run that a copy of the port table is made from. */
export interface View {
  readonly scenario: Scenario;
  readonly tcp: SocketTable;
  readonly udp: SocketTable;
  readonly endpoints: Endpoints;
  readonly processes: ProcessTable;
}

const WORDS: Readonly<Record<SocketState, StateWord | null>> = {
  [SocketState.Bound]: 'Bound',
  [SocketState.SynSent]: 'SynSent',
  [SocketState.Established]: 'Established',
  [SocketState.FinWait2]: 'FinWait2',
  [SocketState.CloseWait]: 'CloseWait',
  [SocketState.LastAck]: 'LastAck',
  [SocketState.TimeWait]: 'TimeWait',
  [SocketState.Udp]: null,
  [SocketState.Closing]: 'Closing',
};

/** Every row Windows could list at this moment: listeners, connections, Bound sockets and twins, UDP, sorted by address and port. */
export function tableRows(view: View): TableRow[] {
  const { host, listeners, clients, udp: udpSpecs = [] } = view.scenario;
  const instant = (seconds: number): number => host.startMs + Math.round(seconds * 1000);
  const rows: TableRow[] = [];
  for (const listener of listeners) {
    const owner = view.processes.opener(listener.process, 0, 0);
    if (owner < 0) continue;
    const started = view.processes.processes[owner]?.startedSeconds ?? 0;
    for (const address of listener.address === 'both' ? ['0.0.0.0', '::'] : [listener.address]) {
      rows.push({
        transport: 'tcp',
        state: 'Listen',
        localAddress: address,
        localPort: listener.port,
        remoteAddress: wildcard(address.includes(':')),
        remotePort: 0,
        pid: view.processes.pidOf(owner),
        createdMs: instant(started + 3),
        sinceMs: instant(started + 3),
      });
    }
  }
  for (const socket of view.tcp.all()) {
    const bound = socket.state === SocketState.Bound;
    const remote = view.endpoints.at(socket.remote);
    const pid = socket.state === SocketState.TimeWait ? 0 : view.processes.pidOf(socket.process);
    const row: TableRow = {
      transport: 'tcp',
      state: WORDS[socket.state],
      localAddress: bound ? wildcard(socket.ipv6) : ownAddress(socket, remote.address, view.scenario),
      localPort: socket.port,
      remoteAddress: bound ? wildcard(socket.ipv6) : remote.address,
      remotePort: bound ? 0 : remote.port,
      pid,
      createdMs: instant(socket.createdSeconds),
      sinceMs: instant(socket.sinceSeconds),
    };
    rows.push(row);
    const twin = clients[socket.client]?.twin;
    if (twin !== undefined && !bound && socket.state !== SocketState.TimeWait) {
      const address = wildcard(twin === 'same-family' ? socket.ipv6 : !socket.ipv6);
      rows.push({ ...row, state: 'Bound', localAddress: address, remoteAddress: address, remotePort: 0 });
    }
  }
  for (const socket of view.udp.all()) {
    const spec = udpSpecs[socket.client];
    const remote = view.endpoints.at(socket.remote);
    rows.push({
      transport: 'udp',
      state: null,
      localAddress: spec?.address ?? '0.0.0.0',
      localPort: socket.port,
      remoteAddress: remote.address,
      remotePort: remote.port,
      pid: view.processes.pidOf(socket.process),
      createdMs: instant(socket.createdSeconds),
      sinceMs: instant(socket.sinceSeconds),
    });
  }
  return rows.sort(compareRows);
}

/** Each port of the dynamic range once, under the first class that applies to any socket on it. */
export function ledgerOf(tcp: SocketTable, scenario: Scenario): Ledger {
  return rangeLedger(tcp, scenario, scenario.host.range, tcp.usable, (port) => tcp.inPool(port));
}

/** The same for the sockets of one address family. A port with a listener of either family is handed out to neither. */
export function familyLedgerOf(tcp: SocketTable, scenario: Scenario, family: 'ipv4' | 'ipv6'): Ledger {
  const inPool = (port: number): boolean => tcp.inPool(port);
  return rangeLedger(
    tcp,
    scenario,
    scenario.host.range,
    tcp.usable,
    inPool,
    ({ ipv6 }) => ipv6 === (family === 'ipv6'),
  );
}

/** The same of the auto-reuse range: a port counts once, however many endpoints it serves. */
export function autoReuseLedgerOf(tcp: SocketTable, scenario: Scenario): Ledger | null {
  const { autoReuse } = tcp;
  const range = scenario.host.autoReuse;
  if (autoReuse === null || range === undefined) return null;
  return rangeLedger(tcp, scenario, range, autoReuse.usable, (port) => autoReuse.has(port));
}

function rangeLedger(
  tcp: SocketTable,
  { listeners }: Scenario,
  range: DynamicRange,
  usable: number,
  inPool: (port: number) => boolean,
  counts: (socket: Socket) => boolean = () => true,
): Ledger {
  const classes = new Map<SocketState, number>();
  const best = new Map<number, SocketState>();
  for (const socket of tcp.all()) {
    if (socket.accepted || !inPool(socket.port) || !counts(socket)) continue;
    const known = best.get(socket.port);
    if (known === undefined || CLASS_ORDER.indexOf(socket.state) < CLASS_ORDER.indexOf(known)) {
      best.set(socket.port, socket.state);
    }
  }
  for (const state of best.values()) classes.set(state, (classes.get(state) ?? 0) + 1);
  const count = (state: SocketState): number => classes.get(state) ?? 0;
  const inside = (port: number): boolean => port >= range.start && port < range.start + range.count;
  return {
    usable,
    inUse: best.size,
    free: usable - best.size,
    established: count(SocketState.Established),
    synSent: count(SocketState.SynSent),
    finWait2: count(SocketState.FinWait2),
    lastAck: count(SocketState.LastAck),
    closeWait: count(SocketState.CloseWait),
    timeWait: count(SocketState.TimeWait),
    bound: count(SocketState.Bound),
    ...(count(SocketState.Closing) === 0 ? {} : { closing: count(SocketState.Closing) }),
    listening: new Set(listeners.map((listener) => listener.port).filter(inside)).size,
  };
}

export function udpLedgerOf(udp: SocketTable): UdpLedger {
  return { usable: udp.usable, inUse: udp.inUse, free: udp.free.size };
}

const CLASS_ORDER: readonly SocketState[] = [
  SocketState.Established,
  SocketState.SynSent,
  SocketState.FinWait2,
  SocketState.Closing,
  SocketState.LastAck,
  SocketState.CloseWait,
  SocketState.TimeWait,
  SocketState.Bound,
];

/** The address of this host that a connection to a remote one leaves from. */
export function ownAddress(socket: Socket, remote: string, { host }: Scenario): string {
  if (socket.loopback) return remote;
  return socket.ipv6 ? (host.ipv6 ?? '2001:db8::1') : host.ipv4;
}

function wildcard(ipv6: boolean): string {
  return ipv6 ? '::' : '0.0.0.0';
}

function compareRows(left: TableRow, right: TableRow): number {
  if (left.transport !== right.transport) return left.transport < right.transport ? -1 : 1;
  const family = Number(left.localAddress.includes(':')) - Number(right.localAddress.includes(':'));
  if (family !== 0) return family;
  if (left.localAddress !== right.localAddress) return left.localAddress < right.localAddress ? -1 : 1;
  return left.localPort - right.localPort || left.remotePort - right.remotePort || compareText(left, right);
}

function compareText(left: TableRow, right: TableRow): number {
  return left.remoteAddress < right.remoteAddress ? -1 : left.remoteAddress > right.remoteAddress ? 1 : 0;
}
