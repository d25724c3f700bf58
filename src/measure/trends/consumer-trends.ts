import type { Estimate } from '../../model/estimate.js';
import { TREND_CLASSES, type TrendClass, type TrendShape } from '../../model/report-holders.js';
import type { LedgerEntry } from '../../model/report-ports.js';
import type { SourceRef } from '../../model/source-ref.js';
import { growthPerHour, letsGo, POINTS_NEEDED } from './growth.js';
import { ThinnedSeries, type TrendPoint } from './thinned-series.js';
import type { Holding } from '../owners/holding.js';
import type { SnapshotHoldings } from '../owners/snapshot-holdings.js';
import type { UdpHolding } from '../owners/udp-ports.js';
import { SOCKETS_NEEDED } from './socket-ages.js';
import { trendShape } from './trend-shape.js';

const NO_PIDS: ReadonlySet<number> = new Set();
const NO_TIMES: CreationTimes = { atMs: NaN, ms: [], isPoolFull: false };

/** What one dated table shows of who held ports, and whether there were any left. */
export interface HeldPorts {
  readonly atMs: number;
  readonly holdings: ReadonlyMap<number, Holding>;
  readonly destinations: SnapshotHoldings['destinations'];
  /** null where the table shows none, or no owners of them. */
  readonly udpPorts: ReadonlyMap<number, UdpHolding> | null;
  readonly unseen: LedgerEntry['unseen'];
  readonly showsTcp: boolean;
  readonly tcp: PoolState;
  readonly udp: PoolState;
}

/** Whether a pool had no port left in a table, and whether it had none at some moment since the table before. */
export interface PoolState {
  readonly isFull: boolean;
  readonly wasFull: boolean;
}

/** What one consumer held of one class in one table. */
interface Held {
  readonly value: number;
  readonly pids: ReadonlySet<number>;
  readonly ref: SourceRef | null;
  readonly createdMs?: readonly number[];
}

/** From one start of its process to its end. */
export interface LifeOfLeak {
  /** Most ports of the class in any table. */
  readonly most: number;
  /** null where its tables are too few. */
  readonly perHour: Estimate | null;
}

/** Lives that are kept, the latest. */
const LIVES_KEPT = 5;

interface Followed {
  readonly consumer: number;
  readonly trendClass: TrendClass;
  series: ThinnedSeries;
  /** The latest life before the present one that is long enough for a slope. */
  before: readonly TrendPoint[];
  pids: ReadonlySet<number>;
  value: number;
  peak: number;
  restarts: number;
  /** The latest that have ended. */
  lives: readonly LifeOfLeak[];
  /** Most ports since it last began anew. */
  most: number;
  /** A row of it in the first and in the last table that it held any in. */
  firstRef: SourceRef | null;
  lastRef: SourceRef | null;
  created: CreationTimes;
  createdBefore: CreationTimes;
}

/**
 * How one class of one consumer's ports went over the capture; where its processes ended and others began anew, over the latest of
 * those lives that is long enough for a slope.
 */
export interface ConsumerTrend {
  readonly consumer: number;
  readonly trendClass: TrendClass;
  readonly points: readonly TrendPoint[];
  readonly first: number;
  readonly last: number;
  readonly peak: number;
  readonly growthPerHour: Estimate | null;
  /** Share of steps that do not go down: 1 for a leak, about one half for a crowd. */
  readonly risingShare: number;
  readonly shape: TrendShape;
  /** How often it lost its ports with its process and began anew. */
  readonly restarts: number;
  /** The latest lives, the present one at the end. */
  readonly lives: readonly LifeOfLeak[];
  /** In the newest table it holds more than it began with after it last let go of half or more. */
  readonly goesOn: boolean;
  /** In the newest table it holds no more than half of the most that it ever held. */
  readonly hasLetGo: boolean;
  /** Rows of it, of the first and of the last table that shows any. */
  readonly refs: readonly SourceRef[];
  readonly created: CreationTimes;
  /** The same of the first table of this life that shows enough of them; empty where that is the newest one. */
  readonly createdBefore: CreationTimes;
}

/** When the sockets were created that the newest table with CreationTime shows (UTC milliseconds), and whether the pool was full in it. */
export interface CreationTimes {
  readonly atMs: number;
  readonly ms: readonly number[];
  readonly isPoolFull: boolean;
}

/** Follows every consumer's ports by class, in bounded memory. A class that a snapshot cannot show gets no point there. */
export class ConsumerTrends {
  readonly #series = new Map<string, Followed>();
  readonly #seen: Record<TrendClass, (PoolState & { readonly atMs: number })[]> = {
    bound: [],
    closeWait: [],
    established: [],
    synSent: [],
    timeWait: [],
    udp: [],
  };

  addTable(table: HeldPorts): void {
    const { holdings, destinations, udpPorts, unseen, showsTcp } = table;
    for (const trendClass of TREND_CLASSES) {
      const values = new Map<number, Held>();
      if (trendClass === 'udp') {
        if (udpPorts === null) continue;
        for (const [consumer, { ports, ref }] of udpPorts) values.set(consumer, { value: ports, pids: NO_PIDS, ref });
      } else {
        if (!showsTcp || unseen.includes(trendClass) || unseen.includes('owner')) continue;
        if (trendClass === 'timeWait') {
          for (const [consumer, value] of waitingPorts(holdings, destinations))
            values.set(consumer, { value, pids: NO_PIDS, ref: null });
        } else {
          for (const { consumer, owned, pids, refOf, createdMs } of holdings.values())
            values.set(consumer, {
              value: owned[trendClass],
              pids: new Set(pids.keys()),
              ref: refOf[trendClass] ?? null,
              createdMs: trendClass === 'synSent' ? [] : createdMs[trendClass],
            });
        }
      }
      this.#addClass(trendClass, table, values);
    }
  }

  list(): ConsumerTrend[] {
    return [...this.#series.values()].map(trendOf);
  }

  /** Null for a consumer that has held nothing yet. */
  #entryOf(trendClass: TrendClass, consumer: number, value: number): Followed | null {
    const key = `${trendClass}|${String(consumer)}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (value === 0) return null;
    const series = new ThinnedSeries();
    // It held nothing in the snapshots before it first appeared.
    for (const { atMs, isFull, wasFull } of this.#seen[trendClass]) series.addPoint(atMs, 0, isFull, wasFull);
    const entry: Followed = {
      ...{ consumer, trendClass, series, before: [], pids: NO_PIDS },
      ...{ value: 0, peak: 0, restarts: 0, lives: [], most: 0, firstRef: null, lastRef: null },
      ...{ created: NO_TIMES, createdBefore: NO_TIMES },
    };
    this.#series.set(key, entry);
    return entry;
  }

  #addClass(trendClass: TrendClass, { atMs, tcp, udp }: HeldPorts, values: ReadonlyMap<number, Held>): void {
    const { isFull, wasFull } = trendClass === 'udp' ? udp : tcp;
    for (const [consumer, { value, pids, ref, createdMs = [] }] of values) {
      const entry = this.#entryOf(trendClass, consumer, value);
      if (entry === null) continue;
      const held = entry.pids;
      const successor = pids.size > 0 && held.size > 0 && !sharesOne(pids, held);
      if (successor && letsGo(entry.value, value)) {
        const lived = entry.series.points();
        if (lived.length >= POINTS_NEEDED) entry.before = lived;
        entry.series = new ThinnedSeries();
        entry.restarts += 1;
        const ended = { most: entry.most, perHour: growthPerHour(sinceItBegan(lived)) };
        entry.lives = [...entry.lives, ended].slice(-LIVES_KEPT);
        entry.most = 0;
        entry.createdBefore = NO_TIMES;
        entry.created = NO_TIMES;
      }
      entry.series.addPoint(atMs, value, isFull, wasFull);
      entry.value = value;
      if (pids.size > 0) entry.pids = pids;
      entry.peak = Math.max(entry.peak, value);
      entry.most = Math.max(entry.most, value);
      if (createdMs.length > 0) {
        const { created } = entry;
        if (entry.createdBefore.ms.length === 0 && created.ms.length >= SOCKETS_NEEDED) entry.createdBefore = created;
        entry.created = { atMs, ms: createdMs, isPoolFull: isFull };
      }
      entry.firstRef ??= ref;
      entry.lastRef = ref ?? entry.lastRef;
    }
    for (const entry of this.#series.values()) {
      if (entry.trendClass === trendClass && !values.has(entry.consumer))
        entry.series.addPoint(atMs, 0, isFull, wasFull);
    }
    const seen = this.#seen[trendClass];
    seen.push({ atMs, isFull, wasFull });
    if (seen.length > 300) this.#seen[trendClass] = seen.filter((_, index) => index % 2 === 0);
  }
}

function trendOf(followed: Followed): ConsumerTrend {
  const { consumer, trendClass, before, peak, restarts, lives, most, firstRef, lastRef } = followed;
  const present = followed.series.points();
  const points = present.length < POINTS_NEEDED && before.length > 0 ? before : present;
  const values = points.map(({ value }) => value);
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  const rising = steps.filter((step) => step >= 0).length;
  const lived = sinceItBegan(points);
  const course = {
    points: lived,
    growthPerHour: growthPerHour(lived),
    risingShare: steps.length === 0 ? 0 : rising / steps.length,
  };
  return {
    consumer,
    trendClass,
    points,
    growthPerHour: course.growthPerHour,
    risingShare: course.risingShare,
    first: values[0] ?? 0,
    last: values.at(-1) ?? 0,
    peak,
    shape: trendShape(course),
    restarts,
    // Where the points are those of the life before, the present one is too short for a slope.
    lives: [...lives, { most, perHour: points === present ? course.growthPerHour : null }],
    goesOn: goesOn(present),
    hasLetGo: letsGo(peak, present.at(-1)?.value ?? 0),
    created: followed.created,
    createdBefore: followed.createdBefore,
    refs: [...(firstRef === null ? [] : [firstRef]), ...(lastRef === null || lastRef === firstRef ? [] : [lastRef])],
  };
}

function goesOn(points: readonly TrendPoint[]): boolean {
  const fell = points.findLastIndex(({ value }, index) => letsGo(points[index - 1]?.value ?? 0, value));
  const began = points[Math.max(fell, 0)];
  const newest = points.at(-1);
  return began !== undefined && newest !== undefined && newest.value > began.value;
}

function sharesOne(some: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

/** Without the time before its first port: a process that came late is not one that grew slowly. */
function sinceItBegan(points: readonly TrendPoint[]): readonly TrendPoint[] {
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
