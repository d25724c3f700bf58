import type { Shown } from './incident.js';
import { withoutBound, type Ledger } from './snapshot.js';

/** One pool at one moment, as the file of that moment can show it at best. */
export interface PoolMoment {
  readonly poolId: 'tcp' | 'tcp-ipv4' | 'tcp-ipv6' | 'tcp-auto-reuse' | 'udp';
  readonly at: string;
  readonly file: string;
  /** Counted from 0: a file may hold several moments. */
  readonly place: number;
  readonly usable: number;
  readonly inUse: number;
  readonly free: number;
  readonly listening: number;
  /** Ports by class; those that are not named are 0. */
  readonly classes: Readonly<Record<string, number>>;
}

/** Every pool in every table of a capture; lists that were filtered by state are left out, for they show no pool. */
export function poolMoments(tables: readonly Shown[], datagrams: readonly Shown[]): readonly PoolMoment[] {
  const moments: PoolMoment[] = [];
  for (const { shown, place } of placed(tables)) {
    const { file, kind, snapshot } = shown;
    if (kind !== 'full' && kind !== 'without-bound') continue;
    const pools = [
      ['tcp', snapshot.ledger],
      ['tcp-ipv4', snapshot.familyLedgers?.ipv4],
      ['tcp-ipv6', snapshot.familyLedgers?.ipv6],
      ['tcp-auto-reuse', snapshot.autoReuseLedger],
    ] as const;
    for (const [poolId, whole] of pools) {
      if (whole == null) continue;
      const at = new Date(snapshot.atMs).toISOString();
      moments.push({ poolId, at, file, place, ...counts(kind === 'full' ? whole : withoutBound(whole)) });
    }
  }
  for (const { shown, place } of placed(datagrams)) {
    const { usable, inUse, free } = shown.snapshot.udpLedger;
    const at = new Date(shown.snapshot.atMs).toISOString();
    moments.push({ poolId: 'udp', at, file: shown.file, place, usable, inUse, free, listening: 0, classes: {} });
  }
  return moments;
}

function counts(ledger: Ledger): Pick<PoolMoment, 'usable' | 'inUse' | 'free' | 'listening' | 'classes'> {
  const { usable, inUse, free, listening, ...classes } = ledger;
  return { usable, inUse, free, listening, classes };
}

function placed(list: readonly Shown[]): { shown: Shown; place: number }[] {
  const next = new Map<string, number>();
  return list.map((shown) => {
    const place = next.get(shown.file) ?? 0;
    next.set(shown.file, place + 1);
    return { shown, place };
  });
}
