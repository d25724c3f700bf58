/** Records of one log whose numbers follow one another, and the time from the first to the last of them (UTC milliseconds). */
export interface RecordRun {
  readonly firstRecord: number;
  readonly lastRecord: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A log filtered by level or source has a run for nearly every record. Beyond this many no new one is begun: that the log is
 * not whole is known by then, and memory stays bounded.
 */
const MAX_RUNS = 50_000;

/** The record numbers seen of one log, in whatever order they come, as runs without a hole. */
export class RecordRuns {
  readonly #runs: RecordRun[] = [];
  /** Where the last record went: logs are written in order, oldest or newest first. */
  #last = 0;

  addRun(run: RecordRun): void {
    const at = this.#placeOf(run);
    let joined = run;
    let end = at;
    for (let next = this.#runs[end]; next !== undefined && next.firstRecord <= joined.lastRecord + 1;) {
      joined = {
        firstRecord: Math.min(next.firstRecord, joined.firstRecord),
        lastRecord: Math.max(next.lastRecord, joined.lastRecord),
        fromMs: Math.min(next.fromMs, joined.fromMs),
        toMs: Math.max(next.toMs, joined.toMs),
      };
      end += 1;
      next = this.#runs[end];
    }
    if (end === at + 1) this.#runs[at] = joined;
    else if (end > at || this.#runs.length < MAX_RUNS) this.#runs.splice(at, end - at, joined);
    this.#last = at;
  }

  /** In the order of their numbers, each apart from the next by at least one missing record. */
  list(): readonly RecordRun[] {
    return this.#runs;
  }

  /** The first run that the new one touches or comes before. */
  #placeOf({ firstRecord }: RecordRun): number {
    const isBehind = (index: number): boolean => (this.#runs[index]?.lastRecord ?? Infinity) < firstRecord - 1;
    if (!isBehind(this.#last) && (this.#last === 0 || isBehind(this.#last - 1))) return this.#last;
    let low = 0;
    let high = this.#runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBehind(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
