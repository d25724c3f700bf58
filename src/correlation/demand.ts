import type { Estimate } from '../model/estimate.js';
import type { Demand, LedgerEntry } from '../model/report.js';
import { FULL_UTILISATION } from './host-fold.js';
import { rateOf, type Interval } from './new-tuples.js';
import { rampRate } from './ramp.js';
import type { Step } from './steps.js';

export interface DemandInput {
  readonly peak: LedgerEntry | null;
  readonly intervals: readonly Interval[];
  readonly timeWait: Estimate;
  /** Connected ports beside TIME_WAIT towards the destinations that the TIME_WAIT ports belong to, at the peak. */
  readonly connectedBesideTimeWait: number;
  /** Ages of the live client connections at the peak, where CreationTime was captured. */
  readonly liveAgesSeconds: readonly number[];
  /** The dated snapshots up to the first full one. */
  readonly steps: readonly Step[];
  /** Connections of the busiest minute that Sysmon or Security logs name; 0 without such a log. */
  readonly loggedInMinute: number;
  /** An event says that the pool ran out at a moment that no snapshot shows: the busiest stretch was not seen. */
  readonly ranOutUnseen: boolean;
}

/** Connections created in the last minute and still alive are the fewest that were opened in it. */
const RECENT_SECONDS = 60;

/** Fewer tuples do not tell what share of them a log names. */
const TUPLES_FOR_A_SHARE = 100;
/** A log that may lack more than this share is filtered. */
const MISSED_SHARE_LIMIT = 0.1;

/** Fewer waiting ports than this say nothing about a rate. */
const PORTS_FOR_A_RATE = 10;

/**
 * Connections a second in the busiest stretch seen. The TIME_WAIT plateau gives N / T (Little's law: what closed in the last T
 * seconds), new tuples between two snapshots give a count over a time. A full pool refuses connections, so both are then "at least".
 */
export function demandOf(input: DemandInput): Demand {
  const { peak, intervals, timeWait } = input;
  const full = peak !== null && peak.usable > 0 && peak.inUse / peak.usable >= FULL_UTILISATION;
  const methods: Demand['methods'] = [];
  const highT = timeWait.high ?? timeWait.low;
  if (peak !== null && peak.timeWait >= PORTS_FOR_A_RATE) {
    const low = peak.timeWait / highT;
    methods.push({
      id: 'time-wait-plateau',
      perSecond: full
        ? { low, best: null, high: null }
        : {
            low,
            best: timeWait.best === null ? null : peak.timeWait / timeWait.best,
            high: peak.timeWait / timeWait.low,
          },
    });
  }
  const busiest = strongest(intervals.map((interval) => rateOf(interval, timeWait.low)));
  if (busiest !== null) methods.push({ id: 'new-tuples', perSecond: rounded(busiest) });
  const ramp = rampRate(input.steps, timeWait);
  if (ramp !== null) methods.push({ id: 'ramp', perSecond: ramp });
  const recent = input.liveAgesSeconds.filter((age) => age < RECENT_SECONDS).length;
  if (recent >= PORTS_FOR_A_RATE) {
    methods.push({ id: 'creation-times', perSecond: { low: recent / RECENT_SECONDS, best: null, high: null } });
  }
  const censored = full || input.ranOutUnseen;
  const logged = input.loggedInMinute > 0 ? loggedRate(input.loggedInMinute, intervals, censored) : null;
  if (logged !== null) methods.push({ id: 'log-events', perSecond: logged });
  const rate = combined(
    methods.map(({ perSecond }) => perSecond),
    censored,
    logged?.high ?? null,
  );
  const closes = strongest(
    intervals.map((interval) => rateOf({ ...interval, newTuples: interval.closes }, timeWait.low)),
  );
  return {
    connectionsPerSecond: rate === null ? null : rounded(rate),
    observedClosesPerSecond: closes === null ? null : rounded(closes),
    meanLifetimeSeconds: rate === null ? null : lifetime(input.connectedBesideTimeWait, rate),
    methods: methods.map(({ id, perSecond }) => ({ id, perSecond: rounded(perSecond) })),
    censored: rate !== null && censored,
  };
}

/** Little's law again: W = connected / rate. */
function lifetime(connected: number, rate: Estimate): Estimate | null {
  if (rate.low <= 0) return null;
  return rounded({
    low: rate.high === null ? 0 : connected / rate.high,
    best: rate.best === null ? null : connected / rate.best,
    high: connected / rate.low,
  });
}

/**
 * A log counts the fewest: Sysmon is often set up to leave most out, and a refused connection is in no log. Where it names nearly every
 * tuple that was new between snapshots, it counts them all but for the share it may have missed, three standard deviations wide; the
 * minute itself is one of many, two wide.
 */
function loggedRate(inMinute: number, intervals: readonly Interval[], censored: boolean): Estimate {
  const low = inMinute / 60;
  const opened = intervals.reduce((sum, { newTuples }) => sum + newTuples, 0);
  const missed = opened - intervals.reduce((sum, { logged }) => sum + logged, 0);
  const missedShare = (missed + 3 * Math.sqrt(missed + 1)) / Math.max(opened, 1);
  if (censored || opened < TUPLES_FOR_A_SHARE || missedShare > MISSED_SHARE_LIMIT)
    return { low, best: null, high: null };
  return { low, best: low, high: (inMinute + 2 * Math.sqrt(inMinute)) / 60 / (1 - missedShare) };
}

/** The largest lower bound holds for the busiest moment; a full pool leaves it unbounded, a log of everything bounds it best. */
function combined(estimates: readonly Estimate[], censored: boolean, loggedHigh: number | null): Estimate | null {
  if (estimates.length === 0) return null;
  const low = Math.max(...estimates.map((estimate) => estimate.low));
  // A method without an upper end (a long gap, ages) is a lower bound only and does not undo what another one bounds.
  const highs = loggedHigh === null ? estimates.flatMap(({ high }) => high ?? []) : [loggedHigh];
  const high = censored || highs.length === 0 ? null : Math.max(low, ...highs);
  const bests = estimates.flatMap(({ best }) => best ?? []);
  const best = bests.length === 0 ? null : Math.max(...bests);
  const isHeld = best !== null && !censored && best >= low && best <= (high ?? Infinity);
  return { low, best: isHeld ? best : null, high };
}

function strongest(estimates: readonly Estimate[]): Estimate | null {
  return estimates.reduce<Estimate | null>((best, next) => (best === null || next.low > best.low ? next : best), null);
}

function rounded({ low, best, high }: Estimate): Estimate {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return { low: tenth(low), best: best === null ? null : tenth(best), high: high === null ? null : tenth(high) };
}
