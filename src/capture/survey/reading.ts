import { UnreadableFileError, type EvidenceFile, type Platform } from '../../model/input.js';
import type { ProblemTally } from './problem-tally.js';

/** The first reading of a file: the bytes it had when it was listed, hashed on the way. What was added since is left out. */
export class FirstReading {
  readonly #file: EvidenceFile;
  readonly #hash: ReturnType<Platform['sha256']>;
  bytesRead = 0;
  hasGrown = false;

  constructor(file: EvidenceFile, platform: Platform) {
    this.#file = file;
    this.#hash = platform.sha256();
  }

  /** Throws UnreadableFileError where the platform cannot read on. */
  async *chunks(onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of this.#file.open()) {
      const part = chunk.subarray(0, this.#file.bytes - this.bytesRead);
      this.bytesRead += part.length;
      this.#hash.update(part);
      onBytes(part.length);
      if (part.length > 0) yield part;
      this.hasGrown = part.length < chunk.length;
      if (this.hasGrown) return;
    }
  }

  /** Of the bytes that were read; to be asked once. */
  sha256(): string {
    return this.#hash.hex();
  }
}

/** What the survey tells of its reading, so that a later one can be compared with it. */
export interface Surveyed {
  readonly file: EvidenceFile;
  readonly sha256: string;
  readonly bytesRead: number;
  /** The system's reason where the reading broke off; null where the file was read to its end. */
  readonly brokeOff: string | null;
  readonly problems: ProblemTally;
}

/**
 * A later reading of the same bytes: no further than the survey came, and with an UnreadableFileError where the survey met one.
 * The world may have moved on meanwhile. A file that cannot be read any more, has grown, or reads otherwise from beginning to
 * end is noted among its problems. A caller that stops early learns less: other bytes of the same length before that place, and
 * anything behind it, go unnoticed; the whole would have to be read to know.
 */
export async function* readAgain(
  { file, sha256, bytesRead, brokeOff, problems }: Surveyed,
  platform: Platform,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = platform.sha256();
  let read = 0;
  try {
    for await (const chunk of file.open()) {
      const part = chunk.subarray(0, bytesRead - read);
      read += part.length;
      hash.update(part);
      onBytes(part.length);
      if (part.length > 0) yield part;
      // A bad sector is not tried once more.
      if (brokeOff !== null && read === bytesRead) break;
      if (part.length === chunk.length) continue;
      problems.addOnce(bytesRead === file.bytes ? 'file-grew' : 'file-changed');
      break;
    }
  } catch (error) {
    // Nothing but the source throws in here: what goes wrong with a chunk at the caller's never comes back to a generator.
    if (error instanceof UnreadableFileError) problems.addOnce('unreadable-again', error.message);
    throw error;
  }
  if (hash.hex() !== sha256) problems.addOnce('file-changed');
  if (brokeOff !== null) throw new UnreadableFileError(brokeOff);
}
