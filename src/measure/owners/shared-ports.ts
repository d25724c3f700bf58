import { TcpState, UNKNOWN } from '../../model/connection.js';
import { LEDGER_CLASSES, type LedgerClass } from '../../model/report-ports.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { ConsumerIndex } from './consumer-index.js';
import { classOf, FREE, type PortLedger } from '../pools/port-ledger.js';

/** The live holders of one port: each consumer with the first class, in the ledger's order, that it holds the port in. */
export type LiveHolders = ReadonlyMap<number, LedgerClass>;

/**
 * The ports that a second process holds beside the row that decided their class: two programs on one port (SO_REUSEADDR, a
 * handle passed on), or a handle still open beside a TIME_WAIT row, which names no owner. By index in the pool.
 */
export function sharedPorts(
  snapshot: Snapshot,
  ledger: PortLedger,
  consumers: ConsumerIndex,
): ReadonlyMap<number, LiveHolders> {
  const { rows, atMs } = snapshot;
  const pids = new Map<number, Map<number, number>>();
  for (let index = 0; index < rows.length; index += 1) {
    const pid = rows.pid[index] ?? UNKNOWN;
    if (pid <= 0 || rows.udp[index] === 1 || rows.state[index] === TcpState.Listen) continue;
    const at = (rows.localPort[index] ?? 0) - ledger.pool.range.start;
    if ((ledger.classOfPort[at] ?? FREE) === FREE) continue;
    const deciding = ledger.rowOfPort[at] ?? UNKNOWN;
    const decidingPid = rows.pid[deciding] ?? UNKNOWN;
    if (pid === decidingPid) continue;
    const held = pids.get(at) ?? new Map<number, number>();
    if (decidingPid > 0) held.set(decidingPid, classOf(rows.state[deciding] ?? 0));
    const rowClass = classOf(rows.state[index] ?? 0);
    pids.set(at, held.set(pid, Math.min(rowClass, held.get(pid) ?? rowClass)));
  }
  const shared = new Map<number, LiveHolders>();
  // Consumers are numbered as they come: in the order of ports and PIDs, not of rows.
  for (const [at, held] of [...pids].sort(([a], [b]) => a - b)) {
    const holders = new Map<number, number>();
    for (const [pid, rowClass] of [...held].sort(([a], [b]) => a - b)) {
      const consumer = consumers.idOf(pid, atMs);
      if (consumer !== null) holders.set(consumer, Math.min(rowClass, holders.get(consumer) ?? rowClass));
    }
    shared.set(at, new Map([...holders].map(([consumer, first]) => [consumer, LEDGER_CLASSES[first] ?? 'otherState'])));
  }
  return shared;
}
