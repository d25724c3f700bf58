import { largest } from '../../model/extremes.js';
import { TUPLES_NEEDED } from './seconds-histogram.js';

/** Fewer ages leave an edge more than a tenth of it wide. */
const AGES_FOR_AN_EDGE = 50;
/** Closes missing beyond the edge that chance explains once in 150 tables (e^-5), at the mean distance of the ages. */
const MISSED_BY_CHANCE = 5;
/** Ages are counted from whole seconds of the table's stamp. */
const STAMP_SECONDS = 1;
/** The stretch that the busiest closing rate is read from; shorter ones scatter more. */
const RATE_WINDOW_SECONDS = 30;

/** Connections that went into TIME_WAIT within so many seconds, by their ages in one table. */
interface ClosesByAge {
  readonly closes: number;
  readonly seconds: number;
}

/** Waiting tuples of one table whose age is known (`netstat -i`), in columns. */
interface AgedTuples {
  readonly ageSeconds: readonly number[];
  readonly destination: readonly number[];
}

interface Edge {
  readonly atMs: number;
  readonly seconds: number;
  /** How far beyond the edge an older tuple may lie that only chance left out. */
  readonly slackSeconds: number;
}

/**
 * Reads TIME_WAIT off the ages of `netstat -i`: it lasts at least as long as the oldest have waited, and where the ages end abruptly
 * not longer. They end at the delay if they end at the same age in the next table too, or for the destinations beside the busiest one
 * alike: closing that has only just begun moves on from table to table and leaves those that went on before it.
 */
export class TimeWaitAges {
  #edge: Edge | null = null;
  /** Seconds; 0 and Infinity while nothing tells. */
  atLeastSeconds = 0;
  atMostSeconds = Infinity;
  /** The busiest stretch of all tables; null without ages. */
  busiest: ClosesByAge | null = null;

  addAges(atMs: number, { ageSeconds, destination }: AgedTuples): void {
    if (ageSeconds.length < TUPLES_NEEDED) return;
    const sorted = [...ageSeconds].sort((a, b) => b - a);
    const oldest = sorted[0] ?? 0;
    this.atLeastSeconds = Math.max(this.atLeastSeconds, Math.floor(sorted[TUPLES_NEEDED - 1] ?? 0));
    const beside = sorted.length - largestGroup(destination);
    if (beside >= AGES_FOR_AN_EDGE) this.#holdsAtMost(oldest + (MISSED_BY_CHANCE * oldest) / beside);
    if (sorted.length >= AGES_FOR_AN_EDGE) {
      const edge = { atMs, seconds: oldest, slackSeconds: (MISSED_BY_CHANCE * oldest) / sorted.length };
      if (this.#edge !== null) this.#compare(this.#edge, edge);
      this.#edge = edge;
    }
    const busiest = busiestStretch(sorted);
    if (this.busiest === null || perSecond(busiest) > perSecond(this.busiest)) this.busiest = busiest;
  }

  #compare(before: Edge, after: Edge): void {
    const slack = before.slackSeconds + after.slackSeconds + STAMP_SECONDS;
    const isSame = Math.abs(after.seconds - before.seconds) <= slack;
    const hasMovedOn = (after.atMs - before.atMs) / 1000 > 2 * slack;
    const older = after.seconds > before.seconds ? after : before;
    if (isSame && hasMovedOn) this.#holdsAtMost(older.seconds + older.slackSeconds);
  }

  #holdsAtMost(seconds: number): void {
    this.atMostSeconds = Math.min(this.atMostSeconds, Math.ceil(seconds + STAMP_SECONDS));
  }
}

/** What both address families closed a second in the busiest stretch that ages show; null without ages. */
export function closesByAge(families: readonly { readonly ages: TimeWaitAges }[]): ClosesByAge | null {
  const known = families.flatMap(({ ages }) => ages.busiest ?? []);
  return known.reduce<ClosesByAge | null>(
    (best, next) => (best === null || perSecond(next) > perSecond(best) ? next : best),
    null,
  );
}

function perSecond({ closes, seconds }: ClosesByAge): number {
  return closes / seconds;
}

/** `sorted`: oldest first. Of the stretches that begin at an age, or the whole where all of it is shorter. */
function busiestStretch(sorted: readonly number[]): ClosesByAge {
  const seconds = Math.min(RATE_WINDOW_SECONDS, Math.max(sorted[0] ?? 0, STAMP_SECONDS));
  let closes = 0;
  let from = 0;
  sorted.forEach((age, index) => {
    while ((sorted[from] ?? 0) - age > seconds) from += 1;
    closes = Math.max(closes, index - from + 1);
  });
  return { closes, seconds };
}

function largestGroup(values: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return Math.max(0, largest(sizes.values()));
}
