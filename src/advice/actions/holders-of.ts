import type { AgedClass } from '../../measure/owners/snapshot-holdings.js';

const TABLES: Readonly<Record<AgedClass | 'udp', string>> = {
  bound: 'Get-NetTCPConnection -State Bound',
  closeWait: 'Get-NetTCPConnection -State CloseWait',
  established: 'Get-NetTCPConnection -State Established',
  udp: 'Get-NetUDPEndpoint',
};

/** The command that counts by process who holds the ports of a class, most first. */
export function holdersOf(held: AgedClass | 'udp'): string {
  return `${TABLES[held]} | Group-Object OwningProcess -NoElement | Sort-Object Count -Descending`;
}
