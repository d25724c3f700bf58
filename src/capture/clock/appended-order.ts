/** What one wall clock may mean in UTC milliseconds: before the clocks were set, or after it; alike where only one is possible. */
export interface ClockReading {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/**
 * The instants of wall clocks that stand in one file in this order, where the clocks were set once on the way: 02:56 before 02:03
 * proves which of the two passes through the hour either belongs to. Null where the order leaves two, or where nothing was ambiguous;
 * all null where the file is in no order.
 */
export function instantsInOrder(readings: readonly (ClockReading | null)[]): (number | null)[] {
  const told = readings.flatMap((reading) => (reading === null ? [] : [reading]));
  const [first, last] = changesPossible(told);
  if (first === undefined || last === undefined) return readings.map(() => null);
  let index = -1;
  return readings.map((reading) => {
    if (reading === null) return null;
    index += 1;
    if (reading.beforeMs === reading.afterMs) return null;
    return index < first ? reading.beforeMs : index >= last ? reading.afterMs : null;
  });
}

/** Before how many of the readings the clocks were set, the fewest and the most that leave them in order; empty where nothing does. */
function changesPossible(told: readonly ClockReading[]): [] | [fewest: number, most: number] {
  let ordered = told.length;
  while (ordered > 0 && (told[ordered - 1]?.afterMs ?? 0) <= (told[ordered]?.afterMs ?? Infinity)) ordered -= 1;
  const possible: number[] = [];
  for (let change = 0; change <= told.length; change += 1) {
    const [before, after] = [told[change - 1]?.beforeMs ?? -Infinity, told[change]?.afterMs ?? Infinity];
    if (change > 1 && before < (told[change - 2]?.beforeMs ?? 0)) break;
    if (change >= ordered && before <= after) possible.push(change);
  }
  const [fewest, most] = [possible[0], possible.at(-1)];
  return fewest === undefined || most === undefined ? [] : [fewest, most];
}
