/**
 * A pool with at most one port in a hundred free refuses connections at some moment near the snapshot, so what was opened is "at
 * least". One that kept more free refused none. A judgement of this project.
 */
const NOTHING_FREE_SHARE = 0.01;

export function nothingFree({ usable, inUse }: { readonly usable: number; readonly inUse: number }): boolean {
  return usable <= 0 || usable - inUse <= usable * NOTHING_FREE_SHARE;
}
