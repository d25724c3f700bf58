import { isSameRange, WINDOWS_DEFAULT_RANGE } from '../../model/port.js';
import { DELAYS_TO_COMPARE } from '../../model/legal-delay.js';
import type { Estimate } from '../../model/estimate.js';
import type { WhatIf } from '../../model/report-advice.js';
import { portsFor, rateIf, sustainedRate, type DemandToCarry } from './demand-to-carry.js';
import { isFilledByRate, type SettingsPlan } from './settings-plan.js';

/** A grid of delays and ranges: what each sustains, and how full it would have been; empty where no rate fills the pool. */
export function whatIf(plan: SettingsPlan, headroom: number): WhatIf[] {
  if (!isFilledByRate(plan)) return [];
  const { need } = plan;
  const standard = plan.kind === 'dynamic' ? [WINDOWS_DEFAULT_RANGE] : [];
  const ranges = [plan.current, ...standard, ...(plan.range === null ? [] : [plan.range]), plan.offer.widest];
  const distinct = [
    ...new Map(ranges.map((range) => [`${String(range.start)}:${String(range.count)}`, range])).values(),
  ];
  const delays = [...new Set([plan.need.timeWaitSeconds, ...DELAYS_TO_COMPARE])].sort((a, b) => b - a);
  return delays.flatMap((timeWaitSeconds) =>
    distinct.map(({ start, count }): WhatIf => {
      const usable = plan.offer.usable({ start, count });
      const filled = (perSecond: number): number => portsFor(need, perSecond, timeWaitSeconds) / Math.max(usable, 1);
      const { rate, slowest } = rateAt(need, timeWaitSeconds);
      const peakUtilisation = rate === null ? null : filled(rate.high ?? rate.low);
      const isCertain = slowest !== null && filled(slowest) >= 1;
      // The pool that hid the rest of the demand did run out.
      const isCurrent = isSameRange({ start, count }, plan.current);
      const ranOut = need.censored && isCurrent && timeWaitSeconds >= need.timeWaitNowSeconds;
      return {
        timeWaitSeconds,
        start,
        count,
        sustainsConnectionsPerSecond: sustainedRate(usable, headroom, plan.need, timeWaitSeconds),
        peakUtilisation,
        // Only the slow end of the demand proves that a plan fails, and only a fast end that it holds.
        exhausts:
          peakUtilisation === null
            ? null
            : ranOut || isCertain
              ? true
              : rate?.high == null || peakUtilisation >= 1
                ? null
                : false,
      };
    }),
  );
}

/**
 * The demand to reckon a cell with, and the least that it may be. What was counted in whole goes with each delay that may be in force, and
 * by its fast end with any other. Of what was cut off only the plan's "at least" is known, the same at every delay.
 */
function rateAt(need: DemandToCarry, timeWaitSeconds: number): { rate: Estimate | null; slowest: number | null } {
  const { rate, rateUnderAnyDelay: any } = need;
  if (any?.high == null) {
    const isNow = timeWaitSeconds === need.timeWaitNowSeconds;
    return { rate, slowest: (isNow ? rate : any)?.low ?? null };
  }
  const mayBeNow = timeWaitSeconds >= need.shortestTimeWaitSeconds && timeWaitSeconds <= need.longestTimeWaitSeconds;
  const one = mayBeNow ? rateIf(need, timeWaitSeconds) : any;
  return { rate: one, slowest: one?.low ?? null };
}
