/** Where no more than every second port that came free is taken by the same destination, tuples that ended together are seen to. */
export const REUSE_LIMIT = 0.5;
/** Where more of them than one in five may be another connection, those that wait again are left out of the count. */
const OPENED_ANEW_LIMIT = 0.2;

/**
 * How many of the tuples of a destination that wait on both sides of a gap went and were opened anew in between, where `chance` of
 * its ports that came free were taken by it again. Those that did not come back tell how many went. null where it may be too many.
 */
export function openedAnew(
  { before, stayed }: { readonly before: number; readonly stayed: number },
  chance: number,
): number | null {
  if (chance > REUSE_LIMIT) return null;
  const reopened = ((before - stayed) * chance) / (1 - chance);
  return reopened > stayed * OPENED_ANEW_LIMIT ? null : reopened;
}
