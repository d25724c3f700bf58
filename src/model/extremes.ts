/** The smallest of any number of values, Infinity for none: arguments, as Math.min takes them, fail at about 120,000. */
export function smallest(values: Iterable<number>): number {
  let result = Infinity;
  for (const value of values) result = Math.min(result, value);
  return result;
}

/** The largest of any number of values, -Infinity for none. */
export function largest(values: Iterable<number>): number {
  let result = -Infinity;
  for (const value of values) result = Math.max(result, value);
  return result;
}
