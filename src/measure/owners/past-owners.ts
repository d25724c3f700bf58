import type { ClientTuples } from '../tuples/client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

interface LastAlive {
  readonly consumer: number;
  /** UTC milliseconds, or null where nothing dates it. */
  readonly atMs: number | null;
}

/**
 * Remembers who owned each client tuple while it was alive, in two generations: what both have forgotten was not seen alive for
 * at least 300 s and one snapshot. It keeps the consumer and not the PID, which may be another program's by the time it is asked for.
 * Memory is two generations of live tuples.
 */
export class PastOwners {
  #young = new Map<number, LastAlive>();
  #old = new Map<number, LastAlive>();
  #youngSinceMs = -Infinity;

  /** The consumer that owned the tuple alive at the most so long before a moment (at any time, where nothing dates it), or null. */
  ownerOf(key: number, atMs: number | null = null, withinMs = Infinity): number | null {
    const seen = this.#young.get(key) ?? this.#old.get(key);
    if (seen === undefined) return null;
    const outOfSightMs = atMs === null || seen.atMs === null ? 0 : atMs - seen.atMs;
    return outOfSightMs <= withinMs ? seen.consumer : null;
  }

  /** Call after the snapshot's own look-ups. */
  remember(tuples: ClientTuples, atMs: number | null, consumers: ConsumerIndex): void {
    const now = atMs ?? this.#youngSinceMs;
    if (now - this.#youngSinceMs > LONGEST_LEGAL_DELAY_MS) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngSinceMs = now;
    }
    for (let index = 0; index < tuples.length; index += 1) {
      const consumer = consumers.idOf(tuples.pid[index] ?? 0, atMs);
      if (consumer !== null) this.#young.set(tuples.key[index] ?? 0, { consumer, atMs });
    }
  }
}
