/** An interval with its best guess; `high: null` means unbounded, `best: null` that no point is better than another. */
export interface Estimate {
  readonly low: number;
  readonly best: number | null;
  readonly high: number | null;
}

export function exactly(value: number): Estimate {
  return { low: value, best: value, high: value };
}
