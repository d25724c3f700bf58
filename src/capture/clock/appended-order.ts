/**
 * The instants of wall clocks that stand in one file in this order, each with the one or two instants (UTC milliseconds) it may
 * mean: in the hour that the clocks go through twice, 02:56 before 02:03 proves which pass either belongs to. Null where the order
 * leaves two, or where nothing was ambiguous; all null where the file is in no order.
 */
export function instantsInOrder(readings: readonly (readonly number[])[]): (number | null)[] {
  const earliest: number[] = [];
  let floor = -Infinity;
  for (const instants of readings) {
    const fitting = instants.filter((ms) => ms >= floor);
    if (instants.length > 0 && fitting.length === 0) return readings.map(() => null);
    floor = fitting.length === 0 ? floor : Math.min(...fitting);
    earliest.push(floor);
  }
  let ceiling = Infinity;
  return readings
    .map((instants, index) => ({ instants, first: earliest[index] ?? -Infinity }))
    .reverse()
    .map(({ instants, first }) => {
      const fitting = instants.filter((ms) => ms <= ceiling);
      if (fitting.length === 0) return null;
      ceiling = Math.max(...fitting);
      return instants.length > 1 && ceiling === first ? first : null;
    })
    .reverse();
}
