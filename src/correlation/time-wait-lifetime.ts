import { LEGAL_TIME_WAIT } from './effective-time-wait.js';
import { median } from './statistics.js';
import { WaitingCohorts } from './waiting-cohorts.js';
import type { ClientTuples } from './client-tuples.js';

/** No legal TcpTimedWaitDelay is longer. Source: KB 314053 (30 to 300 s). */
export const MAX_LEGAL_DELAY_SECONDS: number = LEGAL_TIME_WAIT.high;
/** Tuples that must agree before a bound counts: one reused port must not decide. */
const TUPLES_NEEDED = 5;
/** Share of contradicting tuples tolerated on each side: a reopened tuple looks long-lived, one reset early short-lived. */
const TOLERATED = 0.02;
/** Above this chance that a tuple was opened anew between two snapshots, seeing it twice proves nothing; half of what is tolerated. */
const REUSE_LIMIT = TOLERATED / 2;
const HISTOGRAM_SECONDS = 1200;

interface Sighting {
  /** Last snapshot before TIME_WAIT in which the tuple was absent or alive, NaN when it was in TIME_WAIT from the start. */
  notYetMs: number;
  /** Start of the stretch in which it cannot have been opened anew. */
  firstMs: number;
  lastMs: number;
  /** First time it was seen waiting, whatever may have happened in between. */
  sinceMs: number;
}

/**
 * Measures how long TIME_WAIT lasts from tuples that live across snapshots. A tuple seen waiting at t1 and still at t2 waited at
 * least t2 - t1; one that was not waiting at t0 and is gone at t3 waited at most t3 - t0. Ages (`netstat -i`) are lower bounds.
 * Where ports are handed out again so fast that the same tuple may be a new connection, only the upper bound holds.
 * Memory: the tuples waiting in the latest snapshot and two histograms of whole seconds.
 */
export class TimeWaitLifetime {
  #waiting = new Map<number, Sighting>();
  #previousMs = NaN;
  readonly #atLeast = new Uint32Array(HISTOGRAM_SECONDS + 1);
  readonly #atMost = new Uint32Array(HISTOGRAM_SECONDS + 1);
  readonly #survival: number[] = [];
  readonly #cohorts = new WaitingCohorts();
  /** Most tuples found waiting in one snapshot that had waited longer than any legal delay when first and last seen. */
  outlived = 0;
  longestSeconds = 0;
  /** Waiting tuples that were gone in the next snapshot. */
  expired = 0;

  /** `reuseChance`: that a given tuple was closed, opened and closed again since the previous snapshot. */
  add(
    tuples: ClientTuples,
    atMs: number,
    ages: Float32Array,
    reuseChance: number,
    isWanted: (index: number) => boolean,
  ): void {
    const gapSeconds = (atMs - this.#previousMs) / 1000;
    const reused = reuseChance > REUSE_LIMIT;
    const next = new Map<number, Sighting>();
    let survivors = 0;
    for (let index = 0; index < tuples.length; index += 1) {
      if (tuples.isTimeWait[index] !== 1 || !isWanted(index)) continue;
      const key = tuples.key[index] ?? 0;
      const before = this.#waiting.get(key);
      if (before === undefined)
        next.set(key, { notYetMs: this.#previousMs, firstMs: atMs, lastMs: atMs, sinceMs: atMs });
      else {
        survivors += 1;
        if (reused) before.firstMs = atMs;
        before.lastMs = atMs;
        next.set(key, before);
      }
      const age = (ages[tuples.row[index] ?? 0] ?? NaN) / 1000;
      if (age > 0) count(this.#atLeast, Math.floor(age));
    }
    for (const [key, sighting] of this.#waiting) {
      if (next.has(key)) continue;
      this.expired += 1;
      count(this.#atLeast, Math.floor((sighting.lastMs - sighting.firstMs) / 1000));
      if (!Number.isNaN(sighting.notYetMs)) count(this.#atMost, Math.ceil((atMs - sighting.notYetMs) / 1000));
    }
    const share = survivors / this.#waiting.size;
    // With a constant closing rate a share of 1 - gap/T survives the gap, so T = gap / (1 - share).
    if (!reused && gapSeconds > 0 && this.#waiting.size >= 50 && share > 0.1 && share < 0.95) {
      if (this.#survival.length >= 600) this.#survival.shift();
      this.#survival.push(gapSeconds / (1 - share));
    }
    const sizes = new Map<number, number>();
    for (const { sinceMs } of next.values()) sizes.set(sinceMs, (sizes.get(sinceMs) ?? 0) + 1);
    this.#cohorts.add(this.#previousMs, atMs, sizes, reuseChance);
    let outlived = 0;
    for (const { lastMs, sinceMs } of next.values()) {
      const seconds = (lastMs - sinceMs) / 1000;
      this.longestSeconds = Math.max(this.longestSeconds, seconds);
      if (seconds > MAX_LEGAL_DELAY_SECONDS) outlived += 1;
    }
    this.outlived = Math.max(this.outlived, outlived);
    this.#waiting = next;
    this.#previousMs = atMs;
  }

  /** Bounds in seconds; a bound that no snapshots give is null. */
  bounds(): { readonly low: number | null; readonly best: number | null; readonly high: number | null } {
    const gone = Math.min(quantileFromBottom(this.#atMost, TOLERATED) ?? Infinity, this.#cohorts.atMostSeconds);
    const floor = Math.max(
      quantileFromTop(this.#atLeast, TOLERATED),
      quantileFromTop(this.#stillWaiting(), TOLERATED),
      this.#cohorts.atLeastSeconds(gone),
    );
    const ceiling = Number.isFinite(gone) ? gone : null;
    if (floor === 0 || ceiling === null) return { low: floor === 0 ? null : floor, best: null, high: ceiling };
    const low = Math.min(floor, ceiling);
    const high = Math.max(floor, ceiling);
    if (high - low <= 4) return { low, best: Math.round((low + high) / 2), high };
    const steady = median(this.#survival);
    return { low, best: steady !== null && steady >= low && steady <= high ? Math.round(steady) : null, high };
  }

  /** Tuples still waiting at the end are lower bounds too. */
  #stillWaiting(): Uint32Array {
    const histogram = new Uint32Array(HISTOGRAM_SECONDS + 1);
    for (const { firstMs, lastMs } of this.#waiting.values()) count(histogram, Math.floor((lastMs - firstMs) / 1000));
    return histogram;
  }
}

function count(histogram: Uint32Array, seconds: number): void {
  const at = Math.min(Math.max(seconds, 0), HISTOGRAM_SECONDS);
  histogram[at] = (histogram[at] ?? 0) + 1;
}

/** The largest second that more than the tolerated share of tuples, and at least five, reach. 0 when there are none. */
function quantileFromTop(histogram: Uint32Array, tolerated: number): number {
  const total = histogram.reduce((sum, value) => sum + value, 0) - (histogram[0] ?? 0);
  const needed = Math.max(TUPLES_NEEDED, total * tolerated);
  let seen = 0;
  for (let second = HISTOGRAM_SECONDS; second > 0; second -= 1) {
    seen += histogram[second] ?? 0;
    if (seen >= needed) return second;
  }
  return 0;
}

function quantileFromBottom(histogram: Uint32Array, tolerated: number): number | null {
  const total = histogram.reduce((sum, value) => sum + value, 0);
  const needed = Math.max(TUPLES_NEEDED, total * tolerated);
  let seen = 0;
  for (let second = 0; second < HISTOGRAM_SECONDS; second += 1) {
    seen += histogram[second] ?? 0;
    if (seen >= needed) return second;
  }
  return null;
}
