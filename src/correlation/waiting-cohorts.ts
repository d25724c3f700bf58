/** Fewer tuples that began to wait in one gap say nothing of how evenly they did. */
const COHORT_SIZE = 50;
/** Share of a cohort that may be an exception: tuples opened anew look long-lived, ones reset early short-lived. */
const TOLERATED = 0.02;
/** Where the neighbouring gap was at least this busy, closing did not begin or end in the middle of this one. */
const BUSY_SHARE = 0.1;
/** In a gap whose edge is at least a tenth as busy as its mean, two in a hundred fall into a fifth of it. */
const EDGE_SHARE = TOLERATED / BUSY_SHARE;
/** A survivor may be a tuple opened anew; below this chance a whole cohort of survivors is not. */
const REUSE_LIMIT = 0.2;
const KEPT_MS = 1_200_000;

interface Cohort {
  /** Its tuples began to wait between these two snapshots. */
  readonly notYetMs: number;
  readonly sinceMs: number;
  readonly size: number;
  /** Tuples that the gaps before and after would have brought in the time of its own gap. */
  readonly before: number;
  after: number;
}

/**
 * Tuples that began to wait in the same gap age together: while nearly all are still there, TIME_WAIT outlasts the oldest of them;
 * once nearly all are gone, it did not outlast the youngest. Memory: a few numbers a gap for twenty minutes.
 */
export class WaitingCohorts {
  #cohorts: Cohort[] = [];
  /** Tuples of the latest gap and its length; NaN for the first snapshot, whose stock counts as one gap’s. */
  #last = { size: 0, gapMs: NaN };
  /** Seconds that TIME_WAIT lasts at least and at most; 0 and Infinity while nothing tells. */
  atLeastSeconds = 0;
  atMostSeconds = Infinity;

  /** `sizes`: how many waiting tuples of each cohort, by the moment it was first seen, are there now. */
  add(previousMs: number, atMs: number, sizes: ReadonlyMap<number, number>, reuseChance: number): void {
    // A second table of the same moment begins no gap.
    if (atMs <= previousMs) return;
    const size = sizes.get(atMs) ?? 0;
    const gapMs = atMs - previousMs;
    const newest = this.#cohorts.at(-1);
    if (newest?.sinceMs === previousMs) newest.after = (size * (newest.sinceMs - newest.notYetMs)) / gapMs;
    for (const cohort of this.#cohorts)
      this.#measure(cohort, atMs, (sizes.get(cohort.sinceMs) ?? 0) / cohort.size, reuseChance);
    // When the tuples of the first snapshot began to wait is not known.
    if (size >= COHORT_SIZE && !Number.isNaN(gapMs)) {
      const { size: others, gapMs: othersMs } = this.#last;
      const before = Number.isNaN(othersMs) ? others : (others * gapMs) / othersMs;
      this.#cohorts.push({ notYetMs: previousMs, sinceMs: atMs, size, before, after: 0 });
    }
    this.#cohorts = this.#cohorts.filter(({ sinceMs }) => atMs - sinceMs < KEPT_MS);
    this.#last = { size, gapMs };
  }

  #measure(cohort: Cohort, atMs: number, surviving: number, reuseChance: number): void {
    const { notYetMs, sinceMs, size, before, after } = cohort;
    const gap = sinceMs - notYetMs;
    if (surviving >= 1 - TOLERATED && reuseChance < REUSE_LIMIT) {
      const edge = before >= size * BUSY_SHARE ? gap * (1 - EDGE_SHARE) : 0;
      this.atLeastSeconds = Math.max(this.atLeastSeconds, Math.floor((atMs - sinceMs + edge) / 1000));
    }
    if (surviving <= TOLERATED && after >= size * BUSY_SHARE) {
      const edge = after >= size ? gap * TOLERATED : gap * EDGE_SHARE;
      this.atMostSeconds = Math.min(this.atMostSeconds, Math.ceil((atMs - sinceMs + edge) / 1000));
    }
  }
}
