/**
 * A file of evidence that can be opened again.
 * A chunk is valid only until the next one is asked for (the reader reuses its buffer). It may be a Buffer, whose `slice` is a view:
 * what is kept of it is copied by `new Uint8Array(…)`.
 */
export interface EvidenceFile {
  /** As shown in the report: relative to what was named on the command line, with forward slashes. */
  readonly path: string;
  /** The last name of the folder that was named, where it was found in one: what was called so may be called after its host. */
  readonly folder?: string;
  /** When it was listed: no more is read, whatever is added later. */
  readonly bytes: number;
  /** Modification time as a fact about the file: weak evidence. */
  readonly modifiedMs: number | null;
  /**
   * Its bytes, one more than `bytes` at least where the file has grown. The iteration throws UnreadableFileError, with the
   * system's code (`EIO`) or a reason of its own as its message, when the platform cannot read the file: no other error is taken for the world's.
   */
  open(): AsyncIterable<Uint8Array>;
}

/** The platform could not read a file: a problem of that file, named in the report, not the end of the run. */
export class UnreadableFileError extends Error {}

/** What the core needs from the platform it runs on; `cli` provides it for Node. */
export interface Platform {
  /** Single-byte and double-byte code pages that TextDecoder lacks or gets wrong: `cp437`, `cp850`, `windows-1252`, `cp932`… */
  decode(bytes: Uint8Array, codePage: string): string;
  /** The index of a byte, or -1. Must be as fast as the platform allows (memchr). */
  indexOfByte(bytes: Uint8Array, byte: number, from: number): number;
  /** The index of a byte sequence, or -1. */
  indexOf(bytes: Uint8Array, needle: Uint8Array, from: number): number;
  sha256(): { update(bytes: Uint8Array): void; hex(): string };
}
