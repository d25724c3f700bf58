const CR = 0x0d;
export const LF = 0x0a;

/** The end of a text without the carriage returns before it. */
export function withoutCr(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  while (at > from && bytes[at - 1] === CR) at--;
  return at;
}

export function countLineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === LF) count++;
  return count;
}
