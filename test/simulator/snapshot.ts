import type { Held } from './held-ports.js';
import type { SimulatedProcess } from './process-table.js';
import type { ProcessSpec } from './scenario.js';

/** Windows' words, as Get-NetTCPConnection prints them. */
export type StateWord =
  'Listen' | 'SynSent' | 'Established' | 'FinWait2' | 'CloseWait' | 'Closing' | 'LastAck' | 'TimeWait' | 'Bound';

export interface TableRow {
  readonly transport: 'tcp' | 'udp';
  /** null for UDP. */
  readonly state: StateWord | null;
  readonly localAddress: string;
  readonly localPort: number;
  /** Empty for a UDP socket without a remote end. */
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly pid: number;
  readonly createdMs: number;
  readonly sinceMs: number;
}

/** One moment of the whole host, exact. */
export interface Snapshot {
  readonly atMs: number;
  readonly rows: readonly TableRow[];
  readonly processes: readonly SimulatedProcess[];
  readonly ledger: Ledger;
  /** Distinct ports of the auto-reuse range; null or absent where there is no such range. */
  readonly autoReuseLedger?: Ledger | null;
  /** The dynamic TCP range as each address family sees it. */
  readonly familyLedgers?: Readonly<Record<'ipv4' | 'ipv6', Ledger>>;
  readonly udpLedger: UdpLedger;
  /** Of the dynamic TCP range, by program. */
  readonly held?: ReadonlyMap<ProcessSpec, Held>;
}

/** Ports of the dynamic TCP range by the class each belongs to; `inUse` is the sum of the classes. */
export interface Ledger {
  readonly usable: number;
  readonly inUse: number;
  readonly free: number;
  readonly established: number;
  readonly synSent: number;
  readonly finWait2: number;
  readonly lastAck: number;
  readonly closeWait: number;
  readonly timeWait: number;
  readonly bound: number;
  /** Absent where there is none. */
  readonly closing?: number;
  /** Listening ports inside the range: neither usable nor in use. */
  readonly listening: number;
}

export interface UdpLedger {
  readonly usable: number;
  readonly inUse: number;
  readonly free: number;
}

/** What a table without Bound rows (`netstat` without `-q`) can show of a ledger at best. */
export function withoutBound(ledger: Ledger): Ledger {
  return { ...ledger, inUse: ledger.inUse - ledger.bound, free: ledger.free + ledger.bound, bound: 0 };
}
