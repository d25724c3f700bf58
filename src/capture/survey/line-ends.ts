// Editors and mail programs leave CRLF, LF and a bare CR in one text; consoles that write a text twice leave CRCRLF.
const LF = 0x0a;
const CR = 0x0d;

/**
 * Makes a line feed of every carriage return that ends a line by itself; those before a line feed stay. Lines and records are cut and
 * counted alike then, whatever reads them. The chunks that come in are never changed.
 */
export async function* withLineFeeds(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // At the end of the last chunk: what they are shows what follows.
  let returns = 0;
  for await (const chunk of chunks) {
    const first = chunk.findIndex((byte) => byte !== CR);
    if (first < 0) {
      returns += chunk.length;
      continue;
    }
    if (returns > 0) yield new Uint8Array(returns).fill(chunk[first] === LF ? CR : LF);
    let end = chunk.length;
    while (chunk[end - 1] === CR) end--;
    returns = chunk.length - end;
    yield fed(chunk.subarray(0, end));
  }
  if (returns > 0) yield Uint8Array.of(LF);
}

/** `bytes` end in no carriage return. */
function fed(bytes: Uint8Array): Uint8Array {
  let changed: Uint8Array | null = null;
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    let behind = at + 1;
    while (bytes[behind] === CR) behind++;
    if (bytes[behind] !== LF) {
      changed ??= new Uint8Array(bytes);
      changed.fill(LF, at, behind);
    }
    at = behind;
  }
  return changed ?? bytes;
}
