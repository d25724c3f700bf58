import { LEGAL_TIME_WAIT } from './effective-time-wait.js';
import type { ClientTuples } from './client-tuples.js';

/** How long after its last sighting alive a tuple in TIME_WAIT may still be the same one: the longest legal delay. Source: KB 314053. */
export const LONGEST_TIME_WAIT_MS = LEGAL_TIME_WAIT.high * 1000;

/**
 * Remembers who owned each client tuple while it was alive, in two generations: what both have forgotten was not seen alive for
 * at least 300 s and one snapshot. Memory is two generations of live tuples.
 */
export class OwnerMemory {
  #young = new Map<number, number>();
  #old = new Map<number, number>();
  #youngSinceMs = -Infinity;

  /** The PID that owned the tuple alive, or null. */
  ownerOf(key: number): number | null {
    return this.#young.get(key) ?? this.#old.get(key) ?? null;
  }

  /** Call after the snapshot's own look-ups. */
  remember(tuples: ClientTuples, atMs: number | null): void {
    const now = atMs ?? this.#youngSinceMs;
    if (now - this.#youngSinceMs > LONGEST_TIME_WAIT_MS) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngSinceMs = now;
    }
    for (let index = 0; index < tuples.length; index += 1) {
      const pid = tuples.pid[index] ?? 0;
      if (pid > 0) this.#young.set(tuples.key[index] ?? 0, pid);
    }
  }
}
