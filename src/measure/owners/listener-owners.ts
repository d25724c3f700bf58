import { TcpState, UNKNOWN } from '../../model/connection.js';
import type { Snapshot } from '../../model/snapshot.js';

/** Who listens on a TCP port, and the row that says so. */
export interface ListenerOwner {
  readonly pid: number;
  readonly file: string;
  readonly line: number;
  readonly atMs: number | null;
}

/** Notes the listeners of a table by their port: the latest table that shows one counts. */
export function noteListeners({ rows, file, line, atMs }: Snapshot, owners: Map<number, ListenerOwner>): void {
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 1 || rows.state[index] !== TcpState.Listen) continue;
    owners.set(rows.localPort[index] ?? 0, {
      pid: rows.pid[index] ?? UNKNOWN,
      file,
      line: rows.line[index] ?? line,
      atMs,
    });
  }
}
