import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { UnreadableFileError } from '../model/input.js';
import { systemErrorCode } from './system-error.js';

/** Between 64 KiB and 1 MiB the size hardly matters; Node's stream default of 64 KiB through a stream costs four times more. */
const CHUNK_BYTES = 256 * 1024;

/** Windows has no such flag, and refuses links to those who may not make them. */
const NOT_THROUGH_A_LINK = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NOFOLLOW);

/**
 * The first `limit` bytes of a file in order. Two buffers take turns: one is read into while the other is worked on, so a
 * chunk is valid only until the next one is asked for. `limit` is the size seen when the evidence was listed: a log that
 * grows meanwhile gives the same bytes each time it is opened. `link` says whether the path may be one; a name that a walk met as
 * a file is refused where it has become a link meanwhile. Throws UnreadableFileError with the system's code.
 */
export async function* readInChunks(
  path: string,
  limit: number,
  link: 'followed' | 'refused' = 'followed',
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await open(path, link === 'refused' ? NOT_THROUGH_A_LINK : 'r').catch(asUnreadable);
  const size = Math.min(CHUNK_BYTES, limit);
  // Not Buffers: their `slice` is a view, and the core keeps what it has sliced.
  let filling = new Uint8Array(size);
  let spare = limit > size ? new Uint8Array(size) : filling;
  let position = 0;
  const fill = async (): Promise<number> => {
    const { bytesRead } = await handle.read(filling, 0, Math.min(size, limit - position), position).catch(asUnreadable);
    return bytesRead;
  };
  let pending: Promise<number> = Promise.resolve(0);
  try {
    if (limit > 0) pending = fill();
    for (let bytesRead = await pending; bytesRead > 0; bytesRead = await pending) {
      const chunk = filling.subarray(0, bytesRead);
      position += bytesRead;
      [filling, spare] = [spare, filling];
      pending = position < limit ? fill() : Promise.resolve(0);
      // A failure is met by the loop's await; until then it must not count as unhandled.
      pending.catch(() => undefined);
      yield chunk;
    }
  } finally {
    // The consumer may stop early, while a buffer is still being read into.
    await pending.catch(() => undefined);
    await handle.close();
  }
}

function asUnreadable(error: unknown): never {
  const code = systemErrorCode(error);
  throw code === null ? error : new UnreadableFileError(code, { cause: error });
}
