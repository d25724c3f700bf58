import { WINDOWS_DEFAULT_RANGE } from '../../model/port.js';
import { DELAYS_TO_COMPARE } from '../../model/legal-delay.js';
import type { WhatIf } from '../../model/report-advice.js';
import { portsFor, rateIf, sustainedRate } from './demand-to-carry.js';
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
      const isNow = timeWaitSeconds >= need.shortestTimeWaitSeconds && timeWaitSeconds <= need.longestTimeWaitSeconds;
      const rate = isNow ? rateIf(need, timeWaitSeconds) : need.rateUnderAnyDelay;
      const ports = rate === null ? null : portsFor(need, rate.high ?? rate.low, timeWaitSeconds);
      const peakUtilisation = ports === null ? null : Math.round((ports / Math.max(usable, 1)) * 10_000) / 10_000;
      const isCertain = rate !== null && portsFor(need, rate.low, timeWaitSeconds) >= usable;
      // The pool that hid the rest of the demand did run out.
      const ranOut = isNow && need.censored && start === plan.current.start && count === plan.current.count;
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
