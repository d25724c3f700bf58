import { TOLERATED } from './seconds-histogram.js';

/** Fewer tuples that began to wait in one gap say nothing of how evenly they did. */
export const COHORT_SIZE = 50;
/** Where the neighbouring gap was at least this busy, closing did not begin or end in the middle of this one. */
export const BUSY_SHARE = 0.1;
/** In a gap whose edge is at least a tenth as busy as its mean, two in a hundred fall into a fifth of it. */
export const EDGE_SHARE = TOLERATED / BUSY_SHARE;
const KEPT_MS = 1_200_000;

interface Cohort {
  /** Its tuples began to wait between these two snapshots. */
  readonly notYetMs: number;
  readonly sinceMs: number;
  readonly size: number;
  /** Tuples that the gaps before and after would have brought in the time of its own gap. */
  readonly before: number;
  /** Where `before` is the stock of the first snapshot, which came over one delay: the longest delay at which it was busy enough. */
  readonly stockLimitSeconds: number;
  after: number;
}

/**
 * Tuples that began to wait in the same gap age together: while nearly all are still there, TIME_WAIT outlasts the oldest of them;
 * once nearly all are gone, it did not outlast the youngest. The former holds only of tuples that cannot have been opened anew. Memory: a few numbers a gap for twenty minutes.
 */
export class TimeWaitCohorts {
  #cohorts: Cohort[] = [];
  /** Tuples of the latest gap and its length; NaN for the first snapshot, whose stock came over a delay not yet known. */
  #last = { size: 0, gapMs: NaN };
  /** Bounds from below, each with the longest delay under which it holds. */
  #atLeast: { seconds: number; limitSeconds: number }[] = [];
  /** Seconds that TIME_WAIT lasts at most; Infinity while nothing tells. */
  atMostSeconds = Infinity;

  /** Seconds that TIME_WAIT lasts at least, given that it lasts at most this long; 0 while nothing tells. */
  atLeastSeconds(ceilingSeconds: number): number {
    const holding = this.#atLeast.filter(({ limitSeconds }) => limitSeconds >= ceilingSeconds);
    return Math.max(0, ...holding.map(({ seconds }) => seconds));
  }

  /** `sizes`: how many waiting tuples of each cohort, by the moment it was first seen, are there now. */
  followCohorts(previousMs: number, atMs: number, sizes: ReadonlyMap<number, number>): void {
    // A second table of the same moment begins no gap.
    if (atMs <= previousMs) return;
    const size = sizes.get(atMs) ?? 0;
    const gapMs = atMs - previousMs;
    const newest = this.#cohorts.at(-1);
    if (newest?.sinceMs === previousMs) newest.after = (size * (newest.sinceMs - newest.notYetMs)) / gapMs;
    for (const cohort of this.#cohorts) this.#measure(cohort, atMs, (sizes.get(cohort.sinceMs) ?? 0) / cohort.size);
    // When the tuples of the first snapshot began to wait is not known.
    if (size >= COHORT_SIZE && !Number.isNaN(gapMs)) {
      const { size: others, gapMs: othersMs } = this.#last;
      const isStock = Number.isNaN(othersMs);
      const before = isStock ? size : (others * gapMs) / othersMs;
      const stockLimitSeconds = isStock ? (others * gapMs) / (size * BUSY_SHARE) / 1000 : Infinity;
      this.#cohorts.push({ notYetMs: previousMs, sinceMs: atMs, size, before, stockLimitSeconds, after: 0 });
    }
    this.#cohorts = this.#cohorts.filter(({ sinceMs }) => atMs - sinceMs < KEPT_MS);
    this.#last = { size, gapMs };
  }

  #measure(cohort: Cohort, atMs: number, surviving: number): void {
    const { notYetMs, sinceMs, size, before, stockLimitSeconds, after } = cohort;
    const gap = sinceMs - notYetMs;
    if (surviving >= 1 - TOLERATED / 2) {
      const age = atMs - sinceMs;
      this.#note(age, Infinity);
      if (before >= size * BUSY_SHARE) this.#note(age + gap * (1 - EDGE_SHARE), stockLimitSeconds);
    }
    if (surviving <= TOLERATED && after >= size * BUSY_SHARE) {
      const edge = after >= size ? gap * TOLERATED : gap * EDGE_SHARE;
      this.atMostSeconds = Math.min(this.atMostSeconds, Math.ceil((atMs - sinceMs + edge) / 1000));
    }
  }

  /** Keeps the longest of each limit; what another holds under a longer delay adds nothing. */
  #note(ms: number, limitSeconds: number): void {
    const bound = { seconds: Math.floor(ms / 1000), limitSeconds };
    const beats = (a: typeof bound, b: typeof bound): boolean =>
      a.seconds >= b.seconds && a.limitSeconds >= b.limitSeconds;
    if (this.#atLeast.some((known) => beats(known, bound))) return;
    this.#atLeast = [...this.#atLeast.filter((known) => !beats(bound, known)), bound];
  }
}
