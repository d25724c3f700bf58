import { UNKNOWN } from '../../model/connection.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import type { SourceRef } from '../../model/source-ref.js';
import { holdsPort, type PortPool } from '../pools/port-pool.js';
import type { ConsumerIndex } from './consumer-index.js';

/** UDP ports of one consumer in one table. */
export interface UdpHolding {
  ports: number;
  /** The first row of them. */
  readonly ref: SourceRef;
}

/** What a table shows of the UDP pool; its ports by their owners, where it has owners. */
export interface ShownUdp {
  readonly entry: LedgerEntry | null;
  readonly ports: ReadonlyMap<number, UdpHolding> | null;
}
export const NO_UDP: ShownUdp = { entry: null, ports: null };

/** Who holds the UDP ports of a pool: each port once, by the first row that shows it. */
export function udpPortsByConsumer(
  { rows, atMs, file, line }: Snapshot,
  pool: PortPool,
  consumers: ConsumerIndex,
): ReadonlyMap<number, UdpHolding> {
  const held = new Map<number, UdpHolding>();
  const seen = new Set<number>();
  for (let index = 0; index < rows.length; index += 1) {
    const port = rows.localPort[index] ?? 0;
    if (rows.udp[index] !== 1 || !holdsPort(pool, port) || seen.has(port)) continue;
    seen.add(port);
    const consumer = consumers.idOf(rows.pid[index] ?? UNKNOWN, atMs);
    if (consumer === null) continue;
    const known = held.get(consumer);
    if (known !== undefined) known.ports += 1;
    else held.set(consumer, { ports: 1, ref: { file, line: rows.line[index] ?? line, record: null, row: null } });
  }
  return held;
}
