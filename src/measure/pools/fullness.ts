/**
 * From here on connections are refused: fewer than one port in a hundred is free, and a snapshot is not the worst moment. Below it
 * a pool is under pressure, but nothing shows that it ran out. A judgement of this project.
 */
export const EXHAUSTED_UTILISATION = 0.99;

/** A pool without ports, or exhausted: connections were refused near the snapshot, so what was opened is "at least". */
export function nothingFree({ usable, inUse }: { readonly usable: number; readonly inUse: number }): boolean {
  return usable <= 0 || inUse / usable >= EXHAUSTED_UTILISATION;
}
