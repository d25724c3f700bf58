/** Ends a `switch` over a closed union: a case left out is a compile error, and a bug when reached. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}
