import type { Estimate } from '../../model/estimate.js';
import type { Demand, DemandMethod, LedgerEntry } from '../../model/report-ports.js';
import type { TableInterval } from '../tuples/table-interval.js';
import { rateFromLog } from './rate-from-log.js';
import { openedIn } from './unseen-openings.js';
import { hiddenShare, rateFromNewTuples } from './rate-from-new-tuples.js';
import { rateFromSynSent } from './rate-from-syn-sent.js';
import { rateFromTimeWait } from './rate-from-time-wait.js';
import { rateFromTimeWaitGrowth } from './rate-from-time-wait-growth.js';
import { rateFromCreationTimes } from './rate-from-creation-times.js';
import { outward } from '../numbers/rounding.js';
import type { GrowthStep } from './pool-growth.js';
import { isExhausted } from '../pools/fullness.js';

export interface ConnectionRateInput {
  readonly peak: LedgerEntry | null;
  /** TIME_WAIT tuples at the peak: two of them may share a port, from two local addresses or to two far ends. */
  readonly waitingTuples: number;
  readonly intervals: readonly TableInterval[];
  readonly timeWait: Estimate;
  /** Connected client ports at the peak that come and go. */
  readonly connected: number;
  /** Ages of the live client connections at the peak, where CreationTime was captured. */
  readonly liveAgesSeconds: readonly number[];
  /** For how long the host keeps up an attempt that nobody answers. */
  readonly unansweredSeconds: number;
  /** The dated snapshots up to the first exhausted one. */
  readonly steps: readonly GrowthStep[];
  /** Connections of the busiest minute that Sysmon or Security logs name; 0 without such a log. */
  readonly loggedInMinute: number;
  /** An event says that the pool ran out at a moment that no snapshot shows: the busiest stretch was not seen. */
  readonly ranOutUnseen: boolean;
  /** Other connections of the host take their ports from a pool of their own: what is counted here is a part of all. */
  readonly isPart: boolean;
}

/** Two methods whose intervals do not meet. */
export interface Disagreement {
  readonly less: Demand['methods'][number];
  readonly more: Demand['methods'][number];
}

/** The demand as numbers; whether its methods disagree follows from them. */
export type ConnectionRate = Omit<Demand, 'disagreement'>;

type Rates = Partial<Record<DemandMethod, Estimate>>;

/** Intervals of two methods that miss each other by less are taken to meet. */
const MEETING_SHARE = 0.05;

/** True where connections were refused, or may have been, so that what was seen is "at least". */
export function isCensored(peak: LedgerEntry | null, ranOutUnseen: boolean): boolean {
  return ranOutUnseen || isExhausted(peak);
}

/**
 * Connections a second in the busiest stretch seen. The TIME_WAIT plateau gives N / T (Little's law: what closed in the last T
 * seconds), new tuples between two snapshots give a count over a time. A pool with nothing free refuses connections, so both are then
 * "at least".
 */
export function connectionRate(input: ConnectionRateInput): ConnectionRate {
  const { peak, intervals, timeWait, steps } = input;
  const censored = isCensored(peak, input.ranOutUnseen);
  const opened = intervals.map(openedIn);
  const hidden = hiddenShare(intervals, timeWait.low, null);
  const bounds = intervals.flatMap((interval): [number, Estimate][] => {
    const rate = rateFromNewTuples([interval], [openedIn(interval)], timeWait.low, hidden);
    return rate === null ? [] : [[interval.toMs, rate]];
  });
  const isPart = input.isPart || hidden === null;
  const rates: Rates = {
    ...given(
      'time-wait-plateau',
      atLeastIf(isPart, rateFromTimeWait(peak, input.waitingTuples, timeWait, steps, censored)),
    ),
    ...given('new-tuples', atLeastIf(input.isPart, rateFromNewTuples(intervals, opened, timeWait.low, hidden))),
    ...given('ramp', atLeastIf(isPart, rateFromTimeWaitGrowth(steps, intervals, timeWait, new Map(bounds)))),
    ...given('syn-sent', atLeastIf(input.isPart, rateFromSynSent(peak, input.unansweredSeconds, censored))),
    ...given('creation-times', rateFromCreationTimes(input.liveAgesSeconds)),
    ...given('log-events', input.loggedInMinute > 0 ? rateFromLog(input.loggedInMinute, intervals, censored) : null),
  };
  const ledToPeak = intervals.some(({ toMs }) => peak?.at != null && toMs === Date.parse(peak.at));
  const rate = combined(rates, censored, ledToPeak);
  const closed = intervals.map(({ closes }, index) => {
    const { seen = 0, best = 0, high = null } = opened[index] ?? {};
    return { seen: closes, best: closes + best - seen, high: high === null ? null : closes + high - seen };
  });
  const closes = rateFromNewTuples(intervals, closed, timeWait.low, 0);
  const methods = METHODS_IN_ORDER.flatMap((id) => {
    const perSecond = rates[id];
    return perSecond === undefined ? [] : [{ id, perSecond: outward(perSecond) }];
  });
  return {
    connectionsPerSecond: rate === null ? null : outward(rate),
    observedClosesPerSecond: closes === null ? null : outward(closes),
    meanLifetimeSeconds: rate === null ? null : lifetimeOf(input.connected, rate),
    methods,
    censored: rate !== null && censored,
  };
}

const METHODS_IN_ORDER = [
  'time-wait-plateau',
  'new-tuples',
  'ramp',
  'creation-times',
  'syn-sent',
  'log-events',
] as const;

/** Where the far end closes, what waits here is a part of all. */
function atLeastIf(isPart: boolean, rate: Estimate | null): Estimate | null {
  return isPart && rate !== null ? { low: rate.low, best: null, high: null } : rate;
}

function given(id: DemandMethod, rate: Estimate | null): Rates {
  return rate === null ? {} : { [id]: rate };
}

/** Little's law: of `connected` connections at `rate` a second each lives for connected / rate. Unbounded where none turns over. */
function lifetimeOf(connected: number, rate: Estimate): Estimate {
  return outward({
    low: rate.high === null || rate.high <= 0 ? 0 : connected / rate.high,
    best: rate.best === null || rate.best <= 0 ? null : connected / rate.best,
    high: connected === 0 ? 0 : rate.low <= 0 ? null : connected / rate.low,
  });
}

/**
 * The largest lower bound holds for the busiest moment. From above the method that needs least assumed bounds it best: a log of
 * everything, then new tuples, then TIME_WAIT, which shows an earlier stretch where no interval leads to the peak.
 */
function combined(rates: Rates, censored: boolean, ledToPeak: boolean): Estimate | null {
  const all = Object.values(rates);
  if (all.length === 0) return null;
  const low = Math.max(...all.map((estimate) => estimate.low));
  const plateau = rates['time-wait-plateau'];
  const tuples = rates['new-tuples'];
  const ramp = rates.ramp;
  const highs: (number | null | undefined)[] = [];
  if (rates['log-events']?.high != null) highs.push(rates['log-events'].high);
  else if (tuples?.high != null) {
    const isEarlier = !ledToPeak || (plateau?.low ?? 0) > tuples.high;
    highs.push(tuples.high, isEarlier ? plateau?.high : null);
  } else {
    // Attempts hold the ports: what was answered comes on top of them.
    const attempts = rates['syn-sent']?.high;
    highs.push(plateau?.high, ramp?.high, attempts == null ? null : attempts + (plateau?.high ?? 0));
  }
  const bounds = highs.flatMap((high) => high ?? []);
  const most = bounds.length === 0 ? null : Math.max(...bounds);
  // What one method bounds and another exceeds is not bounded.
  const high = censored || most === null || most < low ? null : most;
  const bests = [rates['log-events'], tuples, plateau, ramp].flatMap((estimate) => estimate?.best ?? []);
  const best = high === null ? null : (bests.find((value) => value >= low && value <= high) ?? null);
  return { low, best, high };
}

/** The two methods that lie furthest apart, where their intervals do not meet. */
export function disagreementOf(methods: ConnectionRate['methods']): Disagreement | null {
  const apart = methods.flatMap((less) =>
    methods.flatMap((more) => {
      const gap = more.perSecond.low - (less.perSecond.high ?? Infinity) * (1 + MEETING_SHARE);
      return gap > 0 ? [{ less, more, gap }] : [];
    }),
  );
  const [widest] = apart.sort((a, b) => b.gap - a.gap);
  return widest === undefined ? null : { less: widest.less, more: widest.more };
}
