import type { Estimate } from '../../model/estimate.js';
import { TREND_CLASSES, type TrendClass, type TrendShape } from '../../model/report-holders.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import { ThinnedSeries } from './thinned-series.js';
import type { Holding } from '../owners/holding.js';
import type { SnapshotHoldings } from '../owners/snapshot-holdings.js';
import { slopePerHour } from '../numbers/statistics.js';
import { trendShape } from './trend-shape.js';

/** Ports go with their process: the next one begins with no more than this share of what the last one held. */
const RESTART_SHARE = 0.5;
/** Points that a slope needs. */
const POINTS_NEEDED = 3;
const NO_PIDS: ReadonlySet<number> = new Set();

type Point = ReturnType<ThinnedSeries['points']>[number];

interface Followed {
  readonly consumer: number;
  readonly trendClass: TrendClass;
  series: ThinnedSeries;
  /** The latest life before the present one that is long enough for a slope. */
  before: readonly Point[];
  pids: ReadonlySet<number>;
  value: number;
  peak: number;
  restarts: number;
}

/**
 * How one class of one consumer's ports went over the capture; where its processes ended and others began anew, over the latest of
 * those lives that is long enough for a slope.
 */
export interface ConsumerTrend {
  readonly consumer: number;
  readonly trendClass: TrendClass;
  readonly points: readonly Point[];
  readonly first: number;
  readonly last: number;
  readonly peak: number;
  readonly slopePerHour: Estimate | null;
  /** Share of steps that do not go down: 1 for a leak, about one half for a crowd. */
  readonly risingShare: number;
  readonly shape: TrendShape;
  /** How often it lost its ports with its process and began anew. */
  readonly restarts: number;
}

/** Follows every consumer's ports by class, in bounded memory. A class that a snapshot cannot show gets no point there. */
export class ConsumerTrends {
  readonly #series = new Map<string, Followed>();
  readonly #seenMs: Record<TrendClass, number[]> = {
    bound: [],
    closeWait: [],
    established: [],
    synSent: [],
    timeWait: [],
    udp: [],
  };

  addTable(
    atMs: number,
    holdings: ReadonlyMap<number, Holding>,
    udpPorts: ReadonlyMap<number, number> | null,
    unseen: LedgerEntry['unseen'],
    showsTcp: boolean,
    destinations: SnapshotHoldings['destinations'] = new Map(),
  ): void {
    for (const trendClass of TREND_CLASSES) {
      const visible =
        trendClass === 'udp'
          ? udpPorts !== null
          : showsTcp && !unseen.includes(trendClass) && !unseen.includes('owner');
      if (!visible) continue;
      const values = new Map<number, { value: number; pids: ReadonlySet<number> }>();
      if (trendClass === 'udp')
        for (const [consumer, value] of udpPorts ?? []) values.set(consumer, { value, pids: NO_PIDS });
      else if (trendClass === 'timeWait') {
        for (const [consumer, value] of waitingPorts(holdings, destinations))
          values.set(consumer, { value, pids: NO_PIDS });
      } else {
        for (const { consumer, owned, pids } of holdings.values()) {
          values.set(consumer, { value: owned[trendClass], pids: new Set(pids.keys()) });
        }
      }
      this.#addClass(trendClass, atMs, values);
    }
  }

  list(): ConsumerTrend[] {
    return [...this.#series.values()].map(({ consumer, trendClass, series, before, peak, restarts }) => {
      const present = series.points();
      const points = present.length < POINTS_NEEDED && before.length > 0 ? before : present;
      const values = points.map(({ value }) => value);
      const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
      const rising = steps.filter((step) => step >= 0).length;
      const lived = sinceItBegan(points);
      const course = {
        points: lived,
        slopePerHour: slopePerHour(lived),
        risingShare: steps.length === 0 ? 0 : rising / steps.length,
      };
      return {
        consumer,
        trendClass,
        points,
        slopePerHour: course.slopePerHour,
        risingShare: course.risingShare,
        first: values[0] ?? 0,
        last: values.at(-1) ?? 0,
        peak,
        shape: trendShape(course),
        restarts,
      };
    });
  }

  /** Null for a consumer that has held nothing yet. */
  #entryOf(trendClass: TrendClass, consumer: number, value: number): Followed | null {
    const key = `${trendClass}|${String(consumer)}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (value === 0) return null;
    const series = new ThinnedSeries();
    // It held nothing in the snapshots before it first appeared.
    for (const earlier of this.#seenMs[trendClass]) series.addPoint(earlier, 0);
    const entry: Followed = { consumer, trendClass, series, before: [], pids: NO_PIDS, value: 0, peak: 0, restarts: 0 };
    this.#series.set(key, entry);
    return entry;
  }

  #addClass(
    trendClass: TrendClass,
    atMs: number,
    values: ReadonlyMap<number, { readonly value: number; readonly pids: ReadonlySet<number> }>,
  ): void {
    for (const [consumer, { value, pids }] of values) {
      const entry = this.#entryOf(trendClass, consumer, value);
      if (entry === null) continue;
      const held = entry.pids;
      const successor = pids.size > 0 && held.size > 0 && !sharesOne(pids, held);
      if (successor && value <= entry.value * RESTART_SHARE) {
        const lived = entry.series.points();
        if (lived.length >= POINTS_NEEDED) entry.before = lived;
        entry.series = new ThinnedSeries();
        entry.restarts += 1;
      }
      entry.series.addPoint(atMs, value);
      entry.value = value;
      if (pids.size > 0) entry.pids = pids;
      entry.peak = Math.max(entry.peak, value);
    }
    for (const entry of this.#series.values()) {
      if (entry.trendClass === trendClass && !values.has(entry.consumer)) entry.series.addPoint(atMs, 0);
    }
    const seen = this.#seenMs[trendClass];
    seen.push(atMs);
    if (seen.length > 300) this.#seenMs[trendClass] = seen.filter((_, index) => index % 2 === 0);
  }
}

function sharesOne(some: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

/** Without the time before its first port: a process that came late is not one that grew slowly. */
function sinceItBegan(points: readonly Point[]): readonly Point[] {
  const began = points.findIndex(({ value }) => value > 0);
  const lived = points.slice(Math.max(began, 0));
  return lived.length < POINTS_NEEDED ? points.slice(Math.max(began - 1, 0)) : lived;
}

/** TIME_WAIT ports by consumer, as far as one table tells: those of its own tuples, and those towards where it alone is connected. */
function waitingPorts(
  holdings: ReadonlyMap<number, Holding>,
  destinations: SnapshotHoldings['destinations'],
): Map<number, number> {
  const ports = new Map<number, number>();
  for (const { consumer, settled } of holdings.values()) ports.set(consumer, settled.sameTuple + settled.logged);
  for (const { unresolvedKeys, liveOwners } of destinations.values()) {
    const [only] = liveOwners.keys();
    if (unresolvedKeys.length > 0 && only !== undefined && liveOwners.size === 1) {
      ports.set(only, (ports.get(only) ?? 0) + unresolvedKeys.length);
    }
  }
  return ports;
}
