import type { Snapshot } from '../../model/snapshot.js';
import type { ClientTuples } from '../tuples/client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import { ConnectionLifetimes, type OpeningPace } from './connection-lifetimes.js';
import type { DestinationHolding } from './snapshot-holdings.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

interface OwnerSightings {
  firstMs: number;
  lastMs: number;
  /** Most ports at once. */
  ports: number;
}

/** Who was seen with live connections to one destination. */
export interface SeenThere {
  readonly destination: number;
  readonly seen: readonly number[];
  readonly seenOnce: readonly number[];
  readonly sightingsOf: (consumer: number) => Readonly<OwnerSightings>;
}
const NEVER_SEEN: OwnerSightings = { firstMs: NaN, lastMs: NaN, ports: 0 };

/** Which consumers had live connections to which destination, and when, over the whole capture. */
export class DestinationOwners {
  readonly #lifetimes = new ConnectionLifetimes();
  #tables = 0;
  readonly #byDestination = new Map<number, Map<number, OwnerSightings>>();

  remember(destinations: ReadonlyMap<number, DestinationHolding>, atMs: number | null): void {
    this.#tables += 1;
    for (const { destination, liveOwners } of destinations.values()) {
      for (const [consumer, ports] of liveOwners) {
        let owners = this.#byDestination.get(destination);
        if (owners === undefined) {
          owners = new Map();
          this.#byDestination.set(destination, owners);
        }
        const seen = owners.get(consumer);
        if (seen === undefined) {
          owners.set(consumer, { firstMs: atMs ?? NaN, lastMs: atMs ?? NaN, ports });
        } else {
          if (atMs !== null) seen.lastMs = atMs;
          seen.ports = Math.max(seen.ports, ports);
        }
      }
    }
  }

  /** Call for every dated table that lists live connections with their owners, in time order. */
  followTable(snapshot: Snapshot, tuples: ClientTuples, atMs: number, consumers: ConsumerIndex): void {
    this.#lifetimes.followTable(snapshot, tuples, atMs, consumers);
  }

  /** How fast a consumer opens connections to a destination. */
  paceOf(destination: number, consumer: number): OpeningPace {
    return this.#lifetimes.paceOf(destination, consumer);
  }

  /** Every consumer ever seen with live connections there, by destination, and those of them that only one of several tables has. */
  *consumersByDestination(): Generator<SeenThere> {
    for (const [destination, owners] of this.#byDestination) {
      const seen = [...owners.keys()];
      const seenOnce = this.#tables < 2 ? [] : seen.filter((id) => owners.get(id)?.firstMs === owners.get(id)?.lastMs);
      yield { destination, seen, seenOnce, sightingsOf: (id) => owners.get(id) ?? NEVER_SEEN };
    }
  }

  /** Consumers with live connections there within 300 s of the moment (the longest legal TIME_WAIT), those of them first met after it, and all others ever. */
  ownersOf(
    destination: number,
    atMs: number | null,
  ): { near: Map<number, number>; ever: Map<number, number>; later: Set<number> } {
    const near = new Map<number, number>();
    const later = new Set<number>();
    const ever = new Map<number, number>();
    for (const [consumer, seen] of this.#byDestination.get(destination) ?? []) {
      ever.set(consumer, seen.ports);
      const isNear =
        atMs === null ||
        Number.isNaN(seen.firstMs) ||
        (atMs >= seen.firstMs - LONGEST_LEGAL_DELAY_MS && atMs <= seen.lastMs + LONGEST_LEGAL_DELAY_MS);
      if (isNear) near.set(consumer, seen.ports);
      if (isNear && atMs !== null && seen.firstMs > atMs) later.add(consumer);
    }
    return { near, ever, later };
  }
}
