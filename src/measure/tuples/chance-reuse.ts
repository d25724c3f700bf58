import { ASSUMED_DELAY_SECONDS } from '../../model/legal-delay.js';

/** So few tuples of a destination may be expected by chance to be opened again as often as one was, before it counts as no chance. */
const EXPECTED_BY_CHANCE = 0.01;

/**
 * How often the ports of a range come round to the same remote endpoint by themselves: after as many connections as it has ports
 * each of them is due again, whether they are handed out in order or at random. Memory: one number a destination.
 */
export class ChanceReuse {
  readonly #opened = new Map<number, number>();
  #previousMs = NaN;

  /** `waiting`: tuples in TIME_WAIT by destination; what waits was closed within one delay, so it tells how many were opened since. */
  noteWaiting(atMs: number, waiting: ReadonlyMap<number, number>): void {
    const seconds = (atMs - this.#previousMs) / 1000;
    this.#previousMs = atMs;
    if (!(seconds > 0)) return;
    for (const [destination, tuples] of waiting) {
      const opened = (tuples * seconds) / ASSUMED_DELAY_SECONDS.low;
      this.#opened.set(destination, (this.#opened.get(destination) ?? 0) + opened);
    }
  }

  /** Whether one of `tuples` towards a destination may well have been opened again so often, with `ports` to choose from. */
  explains(destination: number, reopened: number, tuples: number, ports: number): boolean {
    const turns = (this.#opened.get(destination) ?? 0) / Math.max(ports, 1);
    return tuples * atLeast(reopened, turns) >= EXPECTED_BY_CHANCE;
  }
}

/** Chance of `times` or more where `mean` are expected (Poisson). */
function atLeast(times: number, mean: number): number {
  let term = Math.exp(-mean);
  let fewer = 0;
  for (let count = 0; count < times; count += 1) {
    fewer += term;
    term *= mean / (count + 1);
  }
  return Math.max(1 - fewer, 0);
}
