import type { ClientTuples } from '../tuples/client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import type { SnapshotHoldings } from './snapshot-holdings.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

/** Watches, for 300 s after one snapshot, who has a tuple alive that waited in it without an owner: it was opened again. */
export class FutureOwners {
  /** Consumers by tuple. */
  readonly owners = new Map<number, number>();
  readonly #holdings: SnapshotHoldings | null;
  readonly #atMs: number | null;
  #waiting: Set<number> | null = null;

  /** Without holdings, or without a time, it finds nobody. */
  constructor(holdings: SnapshotHoldings | null, atMs: number | null) {
    this.#holdings = holdings;
    this.#atMs = atMs;
  }

  /** Call for every snapshot after it, in time order: the first owner counts. */
  watchForOwners(tuples: ClientTuples, atMs: number | null, consumers: ConsumerIndex): void {
    if (this.#holdings === null || this.#atMs === null || atMs === null) return;
    if (atMs < this.#atMs || atMs - this.#atMs > LONGEST_LEGAL_DELAY_MS) return;
    this.#waiting ??= waitingKeys(this.#holdings);
    if (this.#waiting.size === 0) return;
    for (let index = 0; index < tuples.length; index += 1) {
      const key = tuples.key[index] ?? NaN;
      const consumer = consumers.idOf(tuples.pid[index] ?? 0, atMs);
      if (consumer !== null && this.#waiting.has(key) && !this.owners.has(key)) this.owners.set(key, consumer);
    }
  }
}

function waitingKeys({ destinations, shared }: SnapshotHoldings): Set<number> {
  const keys = [...destinations.values()].flatMap(({ unresolvedKeys }) => unresolvedKeys);
  const open = shared.flatMap(({ holds }) => holds.filter(({ consumer }) => consumer === null));
  return new Set([...keys, ...open.map(({ key }) => key)]);
}
