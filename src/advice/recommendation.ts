import type { HostFacts } from '../measure/facts.js';
import type { Conclusion } from '../verdict/conclude.js';
import { say } from '../messages/say.js';
import { formatRange, lastPort } from '../model/port.js';
import type { Estimate } from '../model/estimate.js';
import type { Message } from '../model/report-message.js';
import type { Action, RangeAdvice, Recommendation } from '../model/report-advice.js';
import type { AdviceInput } from './plan/advice-input.js';
import { ACTION_MAKERS, actionsFor, actionsForFaults } from './actions/actions.js';
import { arithmetic } from './plan/arithmetic.js';
import { familyRanges } from './actions/family-ranges.js';
import { exclusionsAdvice } from './settings/exclusions.js';
import { leakedPoolUsable, timeToExhaustion } from './plan/time-to-exhaustion.js';
import { listenerBelow } from './plan/named-listeners.js';
import { maxUserPortAdvice } from './settings/max-user-port.js';
import { fewestPorts, portsFor } from './plan/demand-to-carry.js';
import { rateWithPortsLeft } from './plan/rate-with-ports-left.js';
import {
  isFilledByRate,
  isSeenAtEase,
  plannedDynamicRange,
  settingsPlan,
  type SettingsPlan,
} from './plan/settings-plan.js';
import { delayAdvice } from './settings/time-wait-delay.js';
import { rangeBasis, type RangeBasis } from './range-basis.js';
import { plannedUdpUsable, udpRangeAdvice } from './plan/udp-range.js';
import { whatIf } from './plan/what-if.js';

/** The recommendation with its arithmetic; always names the delay, MaxUserPort and the ranges, each "leave" or a value. */
export function recommend(
  facts: HostFacts,
  conclusion: Conclusion,
  headroom: number,
  makers = ACTION_MAKERS,
): Recommendation {
  const plan = settingsPlan(facts, conclusion, headroom);
  const input: AdviceInput = { facts, conclusion, plan };
  return {
    settingsHelp: plan.settingsHelp,
    tcpTimedWaitDelay: delayAdvice(facts, plan, headroom),
    maxUserPort: maxUserPortAdvice(facts, { ...plan, range: plannedDynamicRange(plan) }),
    dynamicPortRanges: rangeAdvice(facts, conclusion, plan),
    ...autoReuseAdvice(facts, plan),
    exclusions: exclusionsAdvice(facts),
    predicted: {
      peakPorts: conclusion.main?.transport === 'udp' ? seenPeak(facts.udpPeak?.inUse ?? 0) : predictedPeak(plan),
      usable: usableOfTheVerdict(facts, conclusion, plan),
      // Where something else holds the ports, no rate says how long the pool lasts.
      sustainsConnectionsPerSecond: isFilledByRate(plan) || isSeenAtEase(plan, facts) ? plan.sustains : null,
      secondsToExhaustion: timeToExhaustion(facts, conclusion, leakedPoolUsable(facts, conclusion, plan)),
    },
    arithmetic: arithmetic(input, headroom),
    actions: actionsFor(input, makers),
    whatIf: whatIf(plan, headroom),
    backTest: isOfTimeWait(conclusion) ? facts.replay : null,
  };
}

/** What is done about an incident beside the one that the recommendation is of: about its causes, for a host has one range. */
export function actionsBeside(facts: HostFacts, conclusion: Conclusion, headroom: number): Action[] {
  return actionsForFaults({ facts, conclusion, plan: settingsPlan(facts, conclusion, headroom) });
}

function rangeAdvice(facts: HostFacts, conclusion: Conclusion, plan: SettingsPlan): RangeAdvice[] {
  const tcp = familyRanges(facts, plannedDynamicRange(plan)).map(
    ({ family, current, recommended, change }): RangeAdvice => ({
      transport: 'tcp',
      family,
      current,
      recommended,
      needed: change ? plan.needed : null,
      upTo: change ? plan.upTo : null,
      change,
      reason: rangeReason(facts, plan, change, rangeBasis(facts, family)),
    }),
  );
  return [...tcp, ...udpRangeAdvice(facts, conclusion)];
}

/** Nothing where the host has no auto-reuse range. */
function autoReuseAdvice(facts: HostFacts, plan: SettingsPlan): Pick<Recommendation, 'autoReusePortRange'> {
  const pool = facts.pools.find(({ kind }) => kind === 'auto-reuse');
  if (pool === undefined) return {};
  const current = { start: pool.range.start, count: pool.range.count };
  const range = plan.kind === 'auto-reuse' ? plan.range : null;
  return {
    autoReusePortRange: {
      current,
      recommended: range ?? current,
      change: range !== null,
      restartRequired: 'yes',
      reason:
        range === null
          ? say('advice.auto-reuse.leave', { judged: plan.kind === 'auto-reuse' })
          : say('advice.auto-reuse.widen', { usable: plan.usable, sustains: plan.sustains }),
    },
  };
}

function rangeReason(facts: HostFacts, plan: SettingsPlan, change: boolean, basis: RangeBasis): Message {
  if (!change) {
    if (plan.kind === 'auto-reuse') return say('advice.range.not-it', { basis });
    if (plannedDynamicRange(plan) !== null) return say('advice.range.wider');
    return say('advice.range.leave', { why: plan.why, mechanism: plan.mechanism, basis });
  }
  const { range, usable, sustains } = plan;
  if (plan.why === 'restore-default') return say('advice.range.restore', { usable, basis });
  if (plan.why === 'as-many-as-default')
    return say('advice.range.make-up', { usable, excluded: facts.pool.excluded, basis });
  return say('advice.range.widen', {
    start: range?.start ?? 0,
    end: range === null ? 0 : lastPort(range),
    usable,
    sustains,
    censored: plan.need.censored,
    seen: rateWithPortsLeft(facts.demand),
    below: range === null ? null : listenerBelow(facts, range.start),
    limit: plan.why === 'at-the-limits',
    listed: facts.listeners.length > 0,
    smaller: plan.needed === null || plan.needed.start === range?.start ? null : formatRange(plan.needed),
    basis,
  });
}

function predictedPeak(plan: SettingsPlan): Estimate | null {
  const { need, delaySeconds } = plan;
  // A leak does not follow the rate of connections: what was held is all that can be said.
  if (need.rate === null || need.rateUnderAnyDelay === null || !isFilledByRate(plan)) return seenPeak(need.peakPorts);
  const delay = delaySeconds ?? need.timeWaitSeconds;
  const at = (rate: number): number => Math.round(portsFor(need, rate, delay));
  const { low, best, high } = delaySeconds === null ? need.rate : need.rateUnderAnyDelay;
  const most = high === null ? null : at(high);
  const isAsNow = delaySeconds === null && need.timeWaitSeconds === need.timeWaitNowSeconds;
  const least = Math.min(isAsNow ? fewestPorts(need) : at(low), most ?? Infinity);
  return { low: least, best: best === null ? null : at(best), high: most };
}

/** The replay is of TIME_WAIT alone: it says nothing of ports that something else holds, such as a crowd of live connections. */
function isOfTimeWait({ main }: Conclusion): boolean {
  return main === null || (main.isFilledByRate && main.ports !== 'established');
}

/** Of the pool that the verdict is about. */
function usableOfTheVerdict(facts: HostFacts, conclusion: Conclusion, { usable }: SettingsPlan): number {
  if (conclusion.main?.transport !== 'udp') return usable;
  return plannedUdpUsable(facts, conclusion) ?? facts.udpPeak?.usable ?? usable;
}

function seenPeak(ports: number): Estimate | null {
  return ports === 0 ? null : { low: ports, best: ports, high: ports };
}
