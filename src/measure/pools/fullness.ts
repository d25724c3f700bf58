/** How full a pool is, and every threshold of it. Each is a judgement of this project unless a source stands beside it. */

/** What is asked how full it is: a ledger entry, or anything counted like one. */
interface Occupancy {
  readonly inUse: number;
  readonly usable: number;
}

/** From here on a pool is under pressure. 70 % of the range is where others warn (windows_exporter rules for Event 4266). */
export const PRESSURE_UTILISATION = 0.7;
/** Others call 90 % of the range critical (windows_exporter rules for Event 4266); from here on a pool is nearly full. */
export const NEARLY_FULL_UTILISATION = 0.9;
/**
 * From here on connections are refused: fewer than one port in a hundred is free, and a snapshot is not the worst moment. Below it
 * a pool is under pressure, but nothing shows that it ran out.
 */
export const EXHAUSTED_UTILISATION = 0.99;
/** Below this a pool is nearly empty: no mechanism that needs a full one can have been at work at that moment. */
export const NEARLY_EMPTY_UTILISATION = 0.5;
/** Half of the pool free, between two signs: what was wrong before the first one had stopped. */
export const RECOVERED_UTILISATION = 0.5;
/** In a fuller pool the same tuple comes round again by chance, to whoever asks next. */
const REUSE_IS_RARE_BELOW = 0.5;
/** Below it a range had room to spare towards its busiest endpoint, and there is nothing to judge. */
export const SATURATION_TO_JUDGE = 0.5;

/** The share of the usable ports in use; 0 where no table shows any. */
export function utilisation(entry: Occupancy | null): number {
  return entry === null ? 0 : entry.inUse / Math.max(entry.usable, 1);
}

export function isUnderPressure(entry: Occupancy | null): boolean {
  return isFull(entry, PRESSURE_UTILISATION);
}

export function isNearlyFull(entry: Occupancy | null): boolean {
  return isFull(entry, NEARLY_FULL_UTILISATION);
}

export function isExhausted(entry: Occupancy | null): boolean {
  return isFull(entry, EXHAUSTED_UTILISATION);
}

export function isNearlyEmpty(entry: Occupancy | null): boolean {
  return !isFull(entry, NEARLY_EMPTY_UTILISATION);
}

/** A pool without a usable port is as full as can be; one that no table shows is not known to be. */
function isFull(entry: Occupancy | null, from: number): boolean {
  return entry !== null && (entry.usable <= 0 || utilisation(entry) >= from);
}

/** True where a tuple seen again is likely to be the same program's. */
export function isReuseRare({ inUse, usable }: Occupancy): boolean {
  return inUse < usable * REUSE_IS_RARE_BELOW;
}
