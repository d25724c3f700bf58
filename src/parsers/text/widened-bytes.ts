/** The same bytes with room for more. */
export function widened(bytes: Uint8Array, used: number, length: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(length + (length >> 1));
  wider.set(bytes.subarray(0, used));
  return wider;
}
