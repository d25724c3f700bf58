import type { ClientTuples } from '../tuples/client-tuples.js';
import { openedAnew, REUSE_LIMIT } from './opened-anew.js';
import { RARE_DEVIATIONS } from '../numbers/standard-deviations.js';
import { median } from '../numbers/statistics.js';
import { TimeWaitAges } from './time-wait-ages.js';
import { StockOfFirstTable } from './stock-of-first-table.js';
import { COHORT_SIZE, TimeWaitCohorts } from './time-wait-cohorts.js';
import { TOLERATED, TUPLES_NEEDED, SecondsHistogram } from './seconds-histogram.js';
import { LEGAL_DELAY_SECONDS } from '../../model/legal-delay.js';

/** Where more of a destination's tuples than one in a hundred may be another connection, the share that stays is no measure. */
const STEADY_REOPENED_LIMIT = TOLERATED / 2;
/** A share of survivors near either end leaves the delay too wide: an error of one in fifty moves it by a fifth and more. */
const TELLING_SHARE = { low: TOLERATED * 5, high: 1 - TOLERATED * 2.5 } as const;
/** Where the number that waits changes by more, closing became faster or slower, and the share that stays is of another age. */
const STEADY_CHANGE = 0.1;
/** Gaps whose share of survivors is kept. */
const MAX_SURVIVALS = 600;
/** Bounds this near are a measure of their own: two stamps of whole seconds, each off by up to one, at both ends. */
const STAMPS_SECONDS = 4;
/** An age that began so much after the tuple was last seen waiting is another connection's. */
const NEW_BIRTH_MS = 1000;
/** Fewer waiting tuples than this may be a few that were opened anew. */
export const OUTLIVING_TUPLES = 50;
/** Of the tuples seen waiting hardly any may go away again: one lifetime of a working stack sees nearly all of them go. */
export const EXPIRED_LIMIT = 0.05;

/** The waiting tuples of a destination on both sides of a gap. */
interface Turnover {
  before: number;
  stayed: number;
  after: number;
  /** As `openedAnew` has it. */
  reopened: number | null;
}

interface FirstWaiting {
  readonly destination: number;
  /** Last moment at which it was not waiting yet, NaN when it was in TIME_WAIT from the start and its age is unknown. */
  readonly notYetMs: number;
  /** When it began to wait, from its age; NaN while none was shown. */
  readonly bornMs: number;
  /** First time it was seen waiting, whatever may have happened in between. */
  readonly sinceMs: number;
  /** Start of the stretch in which it cannot have been opened anew. */
  firstMs: number;
  lastMs: number;
  /** Its destination has been quiet enough, since it was first seen, for its cohort to count. */
  isQuiet: boolean;
}

/**
 * Measures how long TIME_WAIT lasts from tuples that live across snapshots. A tuple seen waiting at t1 and still at t2 waited at
 * least t2 - t1; one that was not waiting at t0 and is gone at t3 waited at most t3 - t0. Whether it may be a new connection instead
 * is asked of each destination: where ports soon come round to the same one again, only the upper bound holds; a quiet one beside it
 * goes on as a clean clock, even in a full pool. Memory: the tuples waiting in the latest snapshot and two histograms of whole seconds.
 */
export class TimeWaitLifetime {
  #waiting = new Map<number, FirstWaiting>();
  #previousMs = NaN;
  #shortestGapSeconds = Infinity;
  readonly #atLeast = new SecondsHistogram();
  readonly #atMost = new SecondsHistogram();
  readonly #survival: number[] = [];
  /** Every tuple: what a cohort's end says holds however often ports come round. */
  readonly #cohorts = new TimeWaitCohorts();
  /** Those of quiet destinations only. */
  readonly #quietCohorts = new TimeWaitCohorts();
  readonly #stock = new StockOfFirstTable();
  readonly ages = new TimeWaitAges();
  /** Most tuples found waiting in one snapshot that had waited longer than any legal delay when first and last seen. */
  outlived = 0;
  longestSeconds = 0;
  /** How long the tuples of one snapshot had waited that cannot have been opened anew, where longer than any legal delay. */
  #provenSeconds: readonly number[] = [];
  /** Of each gap in which several were: tuples that waited before it and are a live connection after it, so that their TIME_WAIT ended. */
  readonly reopenedInGaps: number[] = [];
  /** Waiting tuples that were gone in the next snapshot. */
  expired = 0;
  /** How many of the tuples in `#atLeast` and of those that still wait have been opened anew, as far as can be expected. */
  #reopened = 0;

  /** `chances`: of each destination, that a port of it which came free since the table before was taken by it again (`PortReuse`). */
  measureTable(
    tuples: ClientTuples,
    atMs: number,
    agesMs: Float32Array,
    chances: ReadonlyMap<number, number>,
    isWanted: (index: number) => boolean,
  ): void {
    const next = new Map<number, FirstWaiting>();
    const aged = { ageSeconds: [] as number[], destination: [] as number[] };
    const expired: FirstWaiting[] = [];
    let reopened = 0;
    for (let index = 0; index < tuples.length; index += 1) {
      if (!isWanted(index)) continue;
      const key = tuples.key[index] ?? 0;
      if (tuples.isTimeWait[index] !== 1) {
        if (this.#waiting.has(key)) reopened += 1;
        continue;
      }
      const destination = tuples.destination[index] ?? 0;
      const ageMs = agesMs[tuples.row[index] ?? 0] ?? NaN;
      const before = this.#waiting.get(key);
      const isAnother = before !== undefined && atMs - ageMs > latestBirthMs(before);
      if (isAnother) expired.push(before);
      next.set(key, before === undefined || isAnother ? this.#sighting(destination, atMs, ageMs) : before);
      if (ageMs >= 0) {
        aged.ageSeconds.push(ageMs / 1000);
        aged.destination.push(destination);
      }
    }
    for (const [key, sighting] of this.#waiting) if (!next.has(key)) expired.push(sighting);
    this.#countExpired(expired, atMs);
    if (reopened >= TUPLES_NEEDED) this.reopenedInGaps.push(reopened);
    this.ages.addAges(atMs, aged);
    this.#follow(next, atMs, aged.ageSeconds.length > 0 ? new Map() : chances);
    if (atMs > this.#previousMs)
      this.#shortestGapSeconds = Math.min(this.#shortestGapSeconds, (atMs - this.#previousMs) / 1000);
    this.#previousMs = atMs;
  }

  #countExpired(expired: readonly FirstWaiting[], atMs: number): void {
    for (const { notYetMs, firstMs, lastMs } of expired) {
      this.expired += 1;
      this.#atLeast.count(Math.floor((lastMs - firstMs) / 1000));
      if (!Number.isNaN(notYetMs)) this.#atMost.count(Math.ceil((atMs - notYetMs) / 1000));
    }
  }

  #sighting(destination: number, atMs: number, ageMs: number): FirstWaiting {
    const bornMs = atMs - ageMs;
    const isAged = ageMs >= 0;
    return {
      destination,
      notYetMs: isAged ? bornMs : this.#previousMs,
      bornMs,
      sinceMs: atMs,
      firstMs: isAged ? bornMs : atMs,
      lastMs: atMs,
      isQuiet: true,
    };
  }

  /** `chances`: none where each tuple's own age tells it from another connection, so that none can have been opened anew unseen. */
  #follow(next: Map<number, FirstWaiting>, atMs: number, chances: ReadonlyMap<number, number>): void {
    const turnovers = this.#turnovers(next, atMs, chances);
    const followed = { before: 0, stayed: 0, after: 0 };
    for (const { before, stayed, after, reopened } of turnovers.values()) {
      this.#reopened += reopened ?? 0;
      if (reopened === null || reopened > stayed * STEADY_REOPENED_LIMIT) continue;
      followed.before += before;
      followed.stayed += stayed;
      followed.after += after;
    }
    const sizes = new Map<number, number>();
    const quietSizes = new Map<number, number>();
    const proven: number[] = [];
    let outlived = 0;
    for (const sighting of next.values()) {
      if (sighting.sinceMs < atMs) {
        if ((chances.get(sighting.destination) ?? 0) > REUSE_LIMIT) sighting.isQuiet = false;
        if (turnovers.get(sighting.destination)?.reopened === null) this.#beginAnew(sighting, atMs);
      }
      sighting.lastMs = atMs;
      const { sinceMs } = sighting;
      sizes.set(sinceMs, (sizes.get(sinceMs) ?? 0) + 1);
      if (sighting.isQuiet) quietSizes.set(sinceMs, (quietSizes.get(sinceMs) ?? 0) + 1);
      const seconds = (atMs - sinceMs) / 1000;
      this.longestSeconds = Math.max(this.longestSeconds, seconds);
      if (seconds > LEGAL_DELAY_SECONDS.high) outlived += 1;
      const provenSeconds = (atMs - sighting.firstMs) / 1000;
      if (provenSeconds > LEGAL_DELAY_SECONDS.high) proven.push(provenSeconds);
    }
    this.outlived = Math.max(this.outlived, outlived);
    if (proven.length > this.#provenSeconds.length) this.#provenSeconds = proven;
    this.#noteSurvival((atMs - this.#previousMs) / 1000, followed);
    this.#cohorts.followCohorts(this.#previousMs, atMs, sizes);
    this.#quietCohorts.followCohorts(this.#previousMs, atMs, quietSizes);
    this.#stock.followStock(atMs, next.values());
    this.#waiting = next;
  }

  /** By destination. */
  #turnovers(
    next: ReadonlyMap<number, FirstWaiting>,
    atMs: number,
    chances: ReadonlyMap<number, number>,
  ): Map<number, Turnover> {
    const turnovers = new Map<number, Turnover>();
    for (const { destination } of this.#waiting.values()) {
      const known = turnovers.get(destination);
      if (known === undefined) turnovers.set(destination, { before: 1, stayed: 0, after: 0, reopened: null });
      else known.before += 1;
    }
    for (const { destination, sinceMs } of next.values()) {
      const known = turnovers.get(destination);
      if (known === undefined) continue;
      known.after += 1;
      if (sinceMs < atMs) known.stayed += 1;
    }
    for (const [destination, turnover] of turnovers)
      turnover.reopened = openedAnew(turnover, chances.get(destination) ?? 0);
    return turnovers;
  }

  /** It may be another connection from here on; what it waited before counts. */
  #beginAnew(sighting: FirstWaiting, atMs: number): void {
    if (sighting.lastMs > sighting.firstMs)
      this.#atLeast.count(Math.floor((sighting.lastMs - sighting.firstMs) / 1000));
    sighting.firstMs = atMs;
  }

  /** With a constant closing rate a share of 1 - gap/T survives the gap, so T = gap / (1 - share); with a rising one more do. */
  #noteSurvival(gapSeconds: number, { before, stayed, after }: Omit<Turnover, 'reopened'>): void {
    const share = stayed / before;
    if (!(gapSeconds > 0) || before < COHORT_SIZE) return;
    if (Math.abs(after - before) > before * STEADY_CHANGE) return;
    if (share <= TELLING_SHARE.low || share >= TELLING_SHARE.high) return;
    if (this.#survival.length >= MAX_SURVIVALS) this.#survival.shift();
    this.#survival.push(gapSeconds / (1 - share));
  }

  /** Bounds in seconds; a bound that no snapshots give is null. `neverExpires`: next to no tuple ever went. */
  bounds(): {
    readonly low: number | null;
    readonly best: number | null;
    readonly high: number | null;
    readonly neverExpires: boolean;
  } {
    const { neverExpires } = this;
    // Nothing that waits beyond every legal delay tells how long it will.
    if (neverExpires)
      return { low: Math.floor(median(this.#provenSeconds) ?? 0), best: null, high: null, neverExpires };
    const gone = this.#atMostSeconds();
    const reopened = this.#reopened + RARE_DEVIATIONS * Math.sqrt(this.#reopened);
    const seen = Math.max(
      this.#atLeast.reached(reopened),
      this.#stillWaiting().reached(reopened),
      this.#quietCohorts.atLeastSeconds(gone),
    );
    // Tuples opened anew seem to wait longer than those that are known to be gone: then only an age tells.
    const told = seen > gone + STAMPS_SECONDS ? 0 : this.#apartFrom(gone, seen);
    const floor = Math.max(this.ages.atLeastSeconds, told);
    const ceiling = Number.isFinite(gone) ? gone : null;
    if (floor === 0 || ceiling === null)
      return { low: floor === 0 ? null : floor, best: null, high: ceiling, neverExpires };
    const low = Math.min(floor, ceiling);
    const high = Math.max(floor, ceiling);
    if (high - low <= STAMPS_SECONDS) return { low, best: Math.round((low + high) / 2), high, neverExpires };
    const steady = median(this.#survival);
    const isInside = steady !== null && steady >= low && steady <= high;
    return { low, best: isInside ? Math.round(steady) : null, high, neverExpires };
  }

  #atMostSeconds(): number {
    const { atMostSeconds } = this.#cohorts;
    return Math.min(this.#atMost.over() ?? Infinity, atMostSeconds, this.#stock.atMostSeconds, this.ages.atMostSeconds);
  }

  /**
   * Of one tuple the bounds lie a gap apart at least, for it came and went between tables. Where they meet, far nearer than any two
   * tables are, what seems to have waited so long was opened anew: then no nearer than a gap.
   */
  #apartFrom(gone: number, seen: number): number {
    const meets = gone - seen <= STAMPS_SECONDS && this.#shortestGapSeconds > 2 * STAMPS_SECONDS;
    return Number.isFinite(gone) && meets ? Math.max(gone - this.#shortestGapSeconds, 0) : seen;
  }

  /** Many tuples were there for longer than any legal delay, and hardly any ever went. */
  get neverExpires(): boolean {
    const { length } = this.#provenSeconds;
    return length >= OUTLIVING_TUPLES && this.expired < (this.expired + length) * EXPIRED_LIMIT;
  }

  /** Tuples still waiting at the end are lower bounds too. */
  #stillWaiting(): SecondsHistogram {
    const histogram = new SecondsHistogram();
    for (const { firstMs, lastMs } of this.#waiting.values()) histogram.count(Math.floor((lastMs - firstMs) / 1000));
    return histogram;
  }
}

/** A later one is another connection's: two ages of one connection begin at the same moment, as far as the stamps of the tables can tell. */
function latestBirthMs({ bornMs, lastMs }: FirstWaiting): number {
  return Number.isNaN(bornMs) ? lastMs + NEW_BIRTH_MS : bornMs + STAMPS_SECONDS * 1000;
}
