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

/** The same bytes with room for more. */
export function widened(bytes: Uint8Array, used: number, length: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(length + (length >> 1));
  wider.set(bytes.subarray(0, used));
  return wider;
}
