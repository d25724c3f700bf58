/** An interval with its best guess; `high: null` means unbounded, `best: null` that no point is better than another. */
export interface Estimate {
  readonly low: number;
  readonly best: number | null;
  readonly high: number | null;
}

export function exactly(value: number): Estimate {
  return { low: value, best: value, high: value };
}

/** Of several quantities together: known as far as each of them is. */
export function sumOfEstimates(parts: readonly Estimate[]): Estimate {
  const sum = (numbers: readonly (number | null)[]): number | null =>
    numbers.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);
  return {
    low: parts.reduce((total, { low }) => total + low, 0),
    best: sum(parts.map(({ best }) => best)),
    high: sum(parts.map(({ high }) => high)),
  };
}
