/** Tuples that must agree before a bound counts: one reused port must not decide. */
export const TUPLES_NEEDED = 5;
/** Share of contradicting tuples tolerated on each side: a reopened tuple looks long-lived, one reset early short-lived. */
export const TOLERATED = 0.02;

const LONGEST_SECONDS = 1200;

/** Waiting times of tuples in whole seconds; longer ones count as twenty minutes. */
export class SecondsHistogram {
  readonly #counts = new Uint32Array(LONGEST_SECONDS + 1);

  count(seconds: number): void {
    const at = Math.min(Math.max(seconds, 0), LONGEST_SECONDS);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /**
   * The largest second that more than the tolerated share of tuples, at least five and more than `spoilt` reach; 0 s say nothing. 0 when
   * there are none.
   */
  reached(spoilt = 0): number {
    const needed = Math.max(TUPLES_NEEDED, spoilt, (this.#total() - (this.#counts[0] ?? 0)) * TOLERATED);
    let seen = 0;
    for (let second = LONGEST_SECONDS; second > 0; second -= 1) {
      seen += this.#counts[second] ?? 0;
      if (seen >= needed) return second;
    }
    return 0;
  }

  /** The smallest second within which more than the tolerated share of tuples, and at least five, were over; null when there are none. */
  over(): number | null {
    const needed = Math.max(TUPLES_NEEDED, this.#total() * TOLERATED);
    let seen = 0;
    for (let second = 0; second < LONGEST_SECONDS; second += 1) {
      seen += this.#counts[second] ?? 0;
      if (seen >= needed) return second;
    }
    return null;
  }

  #total(): number {
    return this.#counts.reduce((sum, value) => sum + value, 0);
  }
}
