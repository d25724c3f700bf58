import { TcpState, UNKNOWN } from '../../model/connection.js';
import type { ConnectionTable } from '../../model/connection-table.js';
import { isLoopback } from '../../model/endpoint.js';
import type { Snapshot, TableScope } from '../../model/snapshot.js';
import { isFilteredByText } from './text-filtered-table.js';

/** RPC's endpoint mapper listens on every Windows; a table without it is not the whole table of a Windows host. */
const ENDPOINT_MAPPER = 135;
/** Rows of one process are what a filter by its PID leaves. */
const OWNERS_NEEDED = 2;
/**
 * Both ends of a loopback connection are rows of the same table. Of 1,652 ESTABLISHED ones on real servers every one has its mirror;
 * a few may have come between the two readings of the table, and TIME_WAIT is on one side only.
 */
const MISSING_MIRRORS_NEEDED = 3;
const MISSING_MIRRORS_SHARE = 0.2;

/** Every state that a TCP table may hold; what keeps all of them has taken no TCP row away. */
const LISTED_STATES: readonly TcpState[] = [
  TcpState.Listen,
  TcpState.SynSent,
  TcpState.SynReceived,
  TcpState.Established,
  TcpState.FinWait1,
  TcpState.FinWait2,
  TcpState.CloseWait,
  TcpState.Closing,
  TcpState.LastAck,
  TcpState.TimeWait,
];

/**
 * How much of the host's table a list holds: filtered where the command line above it took rows away, whole where it shows what only
 * a whole one has. What it shows counts in any case; what it lacks counts only where it is whole, or its filter let it through.
 */
export function tableScope(snapshot: Snapshot): TableScope {
  const { keeps, cannotShow, rows, hasHeading } = snapshot;
  if (cannotShow.includes('tail')) return 'not-known';
  const keepsAll = keeps !== null && LISTED_STATES.every((state) => keeps.includes(state));
  if (keeps !== null && !keepsAll) return 'filtered';
  const seen = seenIn(rows);
  if (seen.tcpRows === 0) return hasHeading && seen.udpOwners.size >= OWNERS_NEEDED ? 'whole' : 'not-known';
  const isOfMany = seen.hasOwners ? seen.owners.size >= OWNERS_NEEDED : hasHeading && seen.ports.size >= OWNERS_NEEDED;
  if (!isOfMany || !seen.ports.has(ENDPOINT_MAPPER) || lacksMirrors(rows)) return 'not-known';
  if (hasHeading || keepsAll) return 'whole';
  return seen.states.size > 1 && !isFilteredByText(rows) ? 'whole' : 'not-known';
}

function seenIn(rows: ConnectionTable) {
  const owners = new Set<number>();
  const udpOwners = new Set<number>();
  const ports = new Set<number>();
  const states = new Set<number>();
  let tcpRows = 0;
  let hasOwners = false;
  for (let index = 0; index < rows.length; index += 1) {
    const pid = rows.pid[index] ?? UNKNOWN;
    if (rows.udp[index] === 1) {
      udpOwners.add(pid);
      continue;
    }
    tcpRows += 1;
    if (pid !== UNKNOWN) hasOwners = true;
    const state = rows.state[index] ?? 0;
    states.add(state);
    if (state !== TcpState.Listen) continue;
    ports.add(rows.localPort[index] ?? 0);
    owners.add(pid);
  }
  return { owners, udpOwners, ports, states, tcpRows, hasOwners };
}

/** So many ESTABLISHED loopback rows stand without their other end that rows must have been taken away. */
function lacksMirrors(rows: ConnectionTable): boolean {
  const ends = new Set<string>();
  const mirrors: string[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 1 || rows.state[index] !== TcpState.Established) continue;
    const remote = rows.remoteAddress[index] ?? 0;
    const isOwn = remote === rows.localAddress[index] || isLoopback(rows.addresses.valueOf(remote));
    if (!isOwn) continue;
    const local = `${String(rows.localAddress[index])} ${String(rows.localPort[index])}`;
    const far = `${String(remote)} ${String(rows.remotePort[index])}`;
    ends.add(`${local} ${far}`);
    mirrors.push(`${far} ${local}`);
  }
  const missing = mirrors.filter((mirror) => !ends.has(mirror)).length;
  return missing >= MISSING_MIRRORS_NEEDED && missing >= mirrors.length * MISSING_MIRRORS_SHARE;
}
