import { TcpState } from '../../model/connection.js';
import { isoTimeOrNull } from '../../model/iso-time.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import type { Snapshot, TableScope } from '../../model/snapshot.js';
import { emptyCounts, udpLedger, type PortLedger } from './port-ledger.js';
import type { PortPool } from './port-pool.js';
import { unseenClasses } from './unseen-classes.js';

/** The ledger of a TCP pool as the report lists it; the ports of unknown direction are for whoever knows the owners. */
export function tcpEntry(snapshot: Snapshot, ledger: PortLedger, scope: TableScope): LedgerEntry {
  const { usable, inUse, counts, listening, rowsCountedNaively } = ledger;
  return {
    ...placeOf(snapshot, ledger.pool),
    usable,
    inUse,
    free: usable - inUse,
    ...counts,
    udp: 0,
    listening,
    directionUnknown: 0,
    rowsCountedNaively,
    scope,
    unseen: unseenClasses(snapshot, scope),
  };
}

/** The UDP pool in one snapshot, as the report lists it. */
export function udpEntry(snapshot: Snapshot, pool: PortPool, scope: TableScope): LedgerEntry {
  const { inUse, usable, rowsCountedNaively } = udpLedger(pool, snapshot.rows);
  return {
    ...placeOf(snapshot, pool),
    usable,
    inUse,
    free: usable - inUse,
    ...emptyCounts(),
    udp: inUse,
    listening: 0,
    directionUnknown: 0,
    rowsCountedNaively,
    scope: snapshot.keeps?.includes(TcpState.None) === true ? 'whole' : scope,
    unseen: snapshot.cannotShow.includes('owner') ? ['owner'] : [],
  };
}

type Place = Pick<LedgerEntry, 'at' | 'clockErrorSeconds' | 'file' | 'line' | 'poolId' | 'transport' | 'family'>;

function placeOf({ atMs, clockErrorSeconds, file, line }: Snapshot, { id, transport, family }: PortPool): Place {
  return {
    at: isoTimeOrNull(atMs),
    clockErrorSeconds: atMs === null ? null : clockErrorSeconds,
    file,
    line,
    poolId: id,
    transport,
    family,
  };
}
