import { UNKNOWN } from '../../model/connection.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { ClientTuples } from '../tuples/client-tuples.js';
import type { ConsumerIndex } from './consumer-index.js';
import { LONGEST_LEGAL_DELAY_MS } from '../../model/legal-delay.js';

/** Of the connections that were new in one table fewer than this live on in the next: they are far shorter than the gap. */
const LASTING_SHARE = 0.02;
/** CreationTime is printed in whole seconds: a mean age below some of them says only that connections are short. */
const AGE_RESOLUTION_SECONDS = 5;

/** How one consumer's live connections towards one destination come and go. */
export type OpeningPace =
  /** Nothing compares two tables, and no CreationTime was captured. */
  | { readonly kind: 'unknown' }
  /** The same connections in every table, or none younger than the longest legal TIME_WAIT: no source of waiting ports. */
  | { readonly kind: 'none' }
  /** They live long enough to be counted: so many are opened a second at the most. */
  | { readonly kind: 'counted'; readonly perSecond: number }
  /** They live so much shorter than the gap between tables that those seen, `tuples`, are a few of many. */
  | { readonly kind: 'uncounted'; readonly tuples: number };

interface Counts {
  /** New in a table at most 300 s after the one before, over all tables, and in the table with most of them. */
  fresh: number;
  mostFresh: number;
  mostFreshGapSeconds: number;
  /** Those of `fresh` that a next table within 300 s could still show, those it did show, and the gaps up to it. */
  followed: number;
  lasting: number;
  followedGapSeconds: number;
  /** Sightings of a connection that the table before had too. */
  staying: number;
  /** By CreationTime: connections younger and older than 300 s, and the ages of the young in seconds. */
  young: number;
  old: number;
  youngAgeSeconds: number;
}

/**
 * Follows live connections from table to table. TIME_WAIT comes of connections that end: a pool of connections that stay is
 * evidence against its owner, and ports held at once are the rate times the lifetime, which favours the slowest program.
 */
export class ConnectionLifetimes {
  readonly #counts = new Map<string, Counts>();
  /** Tuples live in the table before, with whether they were new in it. */
  #previous = new Map<number, { readonly consumer: number; readonly fresh: boolean }>();
  #previousMs = NaN;

  /** Call for every dated table that lists live connections with their owners, in time order. */
  followTable({ rows }: Snapshot, tuples: ClientTuples, atMs: number, consumers: ConsumerIndex): void {
    const gapMs = atMs - this.#previousMs;
    if (gapMs <= 0) return;
    const comparable = gapMs <= LONGEST_LEGAL_DELAY_MS;
    const live = new Map<number, { consumer: number; fresh: boolean }>();
    const freshHere = new Map<Counts, number>();
    for (let index = 0; index < tuples.length; index += 1) {
      const consumer = tuples.isTimeWait[index] === 1 ? null : consumers.idOf(tuples.pid[index] ?? UNKNOWN, atMs);
      if (consumer === null) continue;
      const counts = this.#countsOf(tuples.destination[index] ?? 0, consumer);
      const key = tuples.key[index] ?? 0;
      const before = this.#previous.get(key);
      const createdMs = rows.createdMs[tuples.row[index] ?? UNKNOWN] ?? NaN;
      // A port that has come round to the same endpoint is another connection, where CreationTime shows it.
      const stays = before?.consumer === consumer && !(createdMs > this.#previousMs);
      if (stays) {
        counts.staying += 1;
        if (before.fresh && comparable) counts.lasting += 1;
      } else if (comparable) {
        counts.fresh += 1;
        freshHere.set(counts, (freshHere.get(counts) ?? 0) + 1);
      }
      live.set(key, { consumer, fresh: comparable && !stays });
      const ageMs = atMs - createdMs;
      if (ageMs > LONGEST_LEGAL_DELAY_MS) counts.old += 1;
      else if (ageMs >= 0) {
        counts.young += 1;
        counts.youngAgeSeconds += ageMs / 1000;
      }
    }
    for (const [counts, fresh] of freshHere) {
      if (fresh <= counts.mostFresh) continue;
      counts.mostFresh = fresh;
      counts.mostFreshGapSeconds = gapMs / 1000;
    }
    if (comparable) this.#countFollowed(gapMs);
    this.#previous = live;
    this.#previousMs = atMs;
  }

  #countFollowed(gapMs: number): void {
    for (const [key, { consumer, fresh }] of this.#previous) {
      if (!fresh) continue;
      const counts = this.#countsOf(Math.floor(key / 2 ** 32), consumer);
      counts.followed += 1;
      counts.followedGapSeconds += gapMs / 1000;
    }
  }

  paceOf(destination: number, consumer: number): OpeningPace {
    const counts = this.#counts.get(keyOf(destination, consumer));
    if (counts === undefined) return { kind: 'unknown' };
    const { fresh, staying, followed, lasting, young, old, youngAgeSeconds } = counts;
    if (fresh === 0) {
      if (staying > 0 && young === 0) return { kind: 'none' };
      if (young === 0) return old > 0 ? { kind: 'none' } : { kind: 'unknown' };
      const meanSeconds = youngAgeSeconds / young;
      return meanSeconds < AGE_RESOLUTION_SECONDS
        ? { kind: 'uncounted', tuples: young }
        : { kind: 'counted', perSecond: young / meanSeconds };
    }
    const share = lasting / Math.max(followed, 1);
    if (share < LASTING_SHARE) return { kind: 'uncounted', tuples: fresh };
    // Lifetimes are taken as exponential: of what is opened in a gap, lifetime × (1 − share still there) is seen at its end.
    const gapSeconds = counts.followedGapSeconds / followed;
    const lifetimeSeconds = gapSeconds / -Math.log(Math.min(share, 1 - 1 / (followed + 2)));
    const seen = lifetimeSeconds * (1 - Math.exp(-counts.mostFreshGapSeconds / lifetimeSeconds));
    return { kind: 'counted', perSecond: counts.mostFresh / seen };
  }

  #countsOf(destination: number, consumer: number): Counts {
    const key = keyOf(destination, consumer);
    let counts = this.#counts.get(key);
    if (counts === undefined) {
      counts = {
        ...{ fresh: 0, mostFresh: 0, mostFreshGapSeconds: 0, followed: 0, lasting: 0, followedGapSeconds: 0 },
        ...{ staying: 0, young: 0, old: 0, youngAgeSeconds: 0 },
      };
      this.#counts.set(key, counts);
    }
    return counts;
  }
}

function keyOf(destination: number, consumer: number): string {
  return `${String(destination)}|${String(consumer)}`;
}
