import { isWildcard } from '../../model/endpoint.js';
import { TcpState, UNKNOWN } from '../../model/connection.js';
import type { ConnectionTable } from '../../model/connection-table.js';
import type { Snapshot } from '../../model/snapshot.js';
import { FREE, type PortLedger } from '../pools/port-ledger.js';

/**
 * The rows on each port that more than one row is on, by index in the pool: Windows may lend a port to several remote endpoints (an
 * auto-reuse range, a connect over what waits for another endpoint, a socket bound to one address), and two processes may have it.
 */
export function rowsOfSharedPorts({ rows }: Snapshot, ledger: PortLedger): ReadonlyMap<number, readonly number[]> {
  const { start } = ledger.pool.range;
  const shared = new Map<number, number[]>();
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 1 || rows.state[index] === TcpState.Listen) continue;
    const at = (rows.localPort[index] ?? 0) - start;
    if ((ledger.classOfPort[at] ?? FREE) === FREE) continue;
    const deciding = ledger.rowOfPort[at] ?? UNKNOWN;
    if (index === deciding) continue;
    const known = shared.get(at);
    if (known === undefined) shared.set(at, [deciding, index]);
    else known.push(index);
  }
  for (const [at, all] of shared) shared.set(at, withoutTwins(rows, all));
  return shared;
}

/** In the order of PIDs: the order of rows in a table means nothing. A Bound row beside a live one of its process is no second socket. */
function withoutTwins(rows: ConnectionTable, all: readonly number[]): number[] {
  const pidOf = (row: number): number => rows.pid[row] ?? UNKNOWN;
  const kept = all.filter((row) => rows.state[row] !== TcpState.Bound);
  const has = new Set(kept.map(pidOf));
  for (const row of all) {
    if (rows.state[row] !== TcpState.Bound || has.has(pidOf(row))) continue;
    has.add(pidOf(row));
    kept.push(row);
  }
  return kept.sort((a, b) => pidOf(a) - pidOf(b));
}

/** Whether two rows of one port number hold the same port: on one address, or one of them on every address of its family. */
export function isSamePort(rows: ConnectionTable, a: number, b: number): boolean {
  const [first, second] = [rows.localAddress[a] ?? 0, rows.localAddress[b] ?? 0];
  if (first === second) return true;
  const [one, other] = [rows.addresses.valueOf(first), rows.addresses.valueOf(second)];
  return one.includes(':') === other.includes(':') && (isWildcard(one) || isWildcard(other));
}

/** Each hold's part of its port: equal parts for its holders, and of a holder's part for its connections. */
export function partsOfPort<Hold>(holds: readonly Hold[], holderOf: (hold: Hold) => number): number[] {
  const counts = new Map<number, number>();
  const holders = holds.map(holderOf);
  for (const holder of holders) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  return holders.map((holder) => 1 / counts.size / (counts.get(holder) ?? 1));
}
