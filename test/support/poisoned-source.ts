/** What a chunk is made of: the memory alone, or Node's Buffer, whose `slice` is a view of the same memory. */
export type ChunkKind = 'Uint8Array' | 'Buffer';

const POISON = 0xdb;

/**
 * The bytes in chunks from two buffers that take turns, as the reader of a disk has them; a chunk is filled with 0xDB as soon as the
 * next one is asked for, so that whoever kept a view of it reads nonsense.
 */
export async function* poisonedChunks(
  bytes: Uint8Array,
  chunkBytes: number,
  kind: ChunkKind = 'Uint8Array',
): AsyncGenerator<Uint8Array, void, undefined> {
  let [filling, spare] = [new Uint8Array(chunkBytes), new Uint8Array(chunkBytes)];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const piece = bytes.subarray(at, at + chunkBytes);
    filling.set(piece);
    yield await Promise.resolve(
      kind === 'Buffer' ? Buffer.from(filling.buffer, 0, piece.length) : filling.subarray(0, piece.length),
    );
    filling.fill(POISON);
    [filling, spare] = [spare, filling];
  }
}
