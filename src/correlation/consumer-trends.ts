import type { Estimate } from '../model/estimate.js';
import type { LedgerEntry } from '../model/report.js';
import { Series } from './series.js';
import type { Holding } from './snapshot-holdings.js';
import { slopePerHour } from './statistics.js';

export type TrendClass = 'bound' | 'closeWait' | 'established' | 'synSent' | 'udp';
const TREND_CLASSES: readonly TrendClass[] = ['bound', 'closeWait', 'established', 'synSent', 'udp'];

/** How one class of one consumer's ports went over the capture. */
export interface ConsumerTrend {
  readonly consumer: number;
  readonly trendClass: TrendClass;
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
  readonly first: number;
  readonly last: number;
  readonly peak: number;
  readonly slopePerHour: Estimate | null;
  /** Share of steps that do not go down: 1 for a leak, about one half for a crowd. */
  readonly risingShare: number;
}

/** Follows every consumer's ports by class, in bounded memory. A class that a snapshot cannot show gets no point there. */
export class ConsumerTrends {
  readonly #series = new Map<string, { consumer: number; trendClass: TrendClass; series: Series; peak: number }>();
  readonly #seenMs: Record<TrendClass, number[]> = { bound: [], closeWait: [], established: [], synSent: [], udp: [] };

  add(
    atMs: number,
    holdings: ReadonlyMap<number, Holding>,
    udpPorts: ReadonlyMap<number, number> | null,
    unseen: LedgerEntry['unseen'],
    showsTcp: boolean,
  ): void {
    for (const trendClass of TREND_CLASSES) {
      const visible =
        trendClass === 'udp'
          ? udpPorts !== null
          : showsTcp && !unseen.includes(trendClass) && !unseen.includes('owner');
      if (!visible) continue;
      const values = new Map<number, number>();
      if (trendClass === 'udp') for (const [consumer, ports] of udpPorts ?? []) values.set(consumer, ports);
      else for (const holding of holdings.values()) values.set(holding.consumer, holding.owned[trendClass]);
      this.#addClass(trendClass, atMs, values);
    }
  }

  list(): ConsumerTrend[] {
    return [...this.#series.values()].map(({ consumer, trendClass, series, peak }) => {
      const points = series.points();
      const values = points.map(({ value }) => value);
      const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
      const rising = steps.filter((step) => step >= 0).length;
      return {
        consumer,
        trendClass,
        points,
        first: values[0] ?? 0,
        last: values.at(-1) ?? 0,
        peak,
        slopePerHour: slopePerHour(points),
        risingShare: steps.length === 0 ? 0 : rising / steps.length,
      };
    });
  }

  #addClass(trendClass: TrendClass, atMs: number, values: ReadonlyMap<number, number>): void {
    for (const [consumer, value] of values) {
      const key = `${trendClass}|${String(consumer)}`;
      let entry = this.#series.get(key);
      if (entry === undefined) {
        if (value === 0) continue;
        entry = { consumer, trendClass, series: new Series(), peak: 0 };
        // It held nothing in the snapshots before it first appeared.
        for (const earlier of this.#seenMs[trendClass]) entry.series.add(earlier, 0);
        this.#series.set(key, entry);
      }
      entry.series.add(atMs, value);
      entry.peak = Math.max(entry.peak, value);
    }
    for (const entry of this.#series.values()) {
      if (entry.trendClass === trendClass && !values.has(entry.consumer)) entry.series.add(atMs, 0);
    }
    const seen = this.#seenMs[trendClass];
    seen.push(atMs);
    if (seen.length > 300) this.#seenMs[trendClass] = seen.filter((_, index) => index % 2 === 0);
  }
}
