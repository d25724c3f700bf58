/** A part of a whole; 0 of nothing. Not rounded: a share is rounded once, where it is printed, or two places print two values. */
export function shareOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : part / whole;
}
