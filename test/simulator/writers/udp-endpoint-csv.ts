import type { Snapshot } from '../snapshot.js';
import { csvRecord } from './csv.js';
import { cultureDateTime, stampWithOffset, type HostClock } from './host-clock.js';

/** `Get-NetUDPEndpoint` with a stamp and the host's name, as collection scripts write it. */
export function udpEndpointCsv(snapshots: readonly Snapshot[], clock: HostClock, hostName: string): string {
  const columns = ['Timestamp', 'HostName', 'Protocol', 'CreationTime', 'LocalAddress', 'LocalPort', 'OwningProcess'];
  const lines = [csvRecord(columns, ',')];
  for (const snapshot of snapshots) {
    const stamp = stampWithOffset(clock, snapshot.atMs);
    for (const row of snapshot.rows) {
      if (row.transport !== 'udp') continue;
      const created = cultureDateTime(clock, row.createdMs);
      const values = [stamp, hostName, 'UDP', created, row.localAddress, String(row.localPort), String(row.pid)];
      lines.push(csvRecord(values, ','));
    }
  }
  return lines.join('\n') + '\n';
}
