import type { AgedClass } from '../../measure/owners/holding.js';

type HeldClass = AgedClass | 'synSent' | 'udp';

const TABLES: Readonly<Record<HeldClass, string>> = {
  bound: 'Get-NetTCPConnection -State Bound',
  closeWait: 'Get-NetTCPConnection -State CloseWait',
  established: 'Get-NetTCPConnection -State Established',
  synSent: 'Get-NetTCPConnection -State SynSent',
  udp: 'Get-NetUDPEndpoint',
};

/** The command that counts by process who holds the ports of a class, most first. */
export function holdersOf(held: HeldClass): string {
  return `${TABLES[held]} | Group-Object OwningProcess -NoElement | Sort-Object Count -Descending`;
}
