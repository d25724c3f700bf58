import type { HostFacts } from '../../measure/facts.js';
import { snapshotSoonAfterOnset } from '../../measure/events/snapshot-near-onset.js';
import { say } from '../../messages/say.js';
import { isPlaced } from '../../model/event-group.js';
import { largest } from '../../model/extremes.js';
import { NEXT_DELAYS_TO_TRY } from '../../model/legal-delay.js';
import type { Message } from '../../model/report-message.js';
import type { Recommendation } from '../../model/report-advice.js';
import { deleteParameter } from './registry-commands.js';
import { longerDelayPending } from '../plan/demand-to-carry.js';
import type { SettingsPlan } from '../plan/settings-plan.js';

/** What to do with TcpTimedWaitDelay: shorten it where the range alone does not carry the demand, else leave it. */
export function delayAdvice(
  facts: HostFacts,
  plan: SettingsPlan,
  headroom: number,
): Recommendation['tcpTimedWaitDelay'] {
  const { configuredSeconds, effective, pendingRestart } = facts.timeWaitDelay;
  const recommended = plan.delaySeconds;
  const reason =
    recommended !== null
      ? say('advice.delay.shorten', { seconds: recommended, range: plan.range !== null, why: shortened(plan) })
      : pendingRestart && configuredSeconds !== null
        ? say('advice.delay.pending', {
            configured: configuredSeconds,
            effective,
            undo: longerDelayPending(facts) === null ? null : deleteParameter('TcpTimedWaitDelay'),
          })
        : leaveDelay(facts, plan, headroom);
  return {
    configured: configuredSeconds,
    recommended,
    change: recommended !== null && recommended !== configuredSeconds,
    restartRequired: 'yes',
    reason,
  };
}

/** What is known of the delay that is recommended. */
function shortened({ need, why }: SettingsPlan): 'longest' | 'censored' | 'limit' {
  if (why === 'at-the-limits') return 'limit';
  return need.rateUnderAnyDelay?.high == null ? 'censored' : 'longest';
}

function leaveDelay(facts: HostFacts, plan: SettingsPlan, headroom: number): Message {
  // What live connections hold no delay touches.
  if (plan.main?.ports === 'established') return say('advice.delay.no-help', { mechanism: plan.mechanism });
  switch (plan.why) {
    case 'not-needed':
      return say('advice.leave.not-needed');
    case 'cannot-tell':
      return cannotTell(facts, plan);
    case 'no-help':
      return say('advice.delay.no-help', { mechanism: plan.mechanism });
    case 'at-the-limits':
      return say('advice.leave.at-the-limits', { effective: facts.timeWaitDelay.effective });
    case 'already-enough':
      return say('advice.leave.already-enough');
    case 'restore-default':
    case 'as-many-as-default':
    case 'widen':
    case 'widen-and-shorten':
      return say('advice.delay.range-is-enough');
    case 'widen-censored':
      return rangeFirst(plan, headroom);
  }
}

/** The demand is known as "at least" only, so it is not known that the range is enough. */
function rangeFirst({ need, sustains }: SettingsPlan, headroom: number): Message {
  if (need.rate === null || sustains === null) return say('advice.delay.range-is-enough');
  return say('advice.delay.range-first', {
    sustains,
    seen: (need.rateUnderAnyDelay ?? need.rate).low,
    headroom,
    next: NEXT_DELAYS_TO_TRY.find((seconds) => seconds < need.shortestTimeWaitSeconds) ?? null,
  });
}

/** What was in TIME_WAIT speaks of the events only where it was listed before their TIME_WAIT was over. */
function cannotTell(facts: HostFacts, plan: SettingsPlan): Message {
  const { peak, peakMs, onsets, timeWaitDelay: timeWait } = facts;
  const { effective } = timeWait;
  const usable = plan.currentUsable;
  if (peak === null) return say('advice.delay.cannot-tell', { timeWait: null, usable });
  const mayLack = peak.unseen.includes('timeWait');
  const longest = effective.high ?? effective.low;
  const placed = onsets.filter(isPlaced);
  if (placed.length === 0 || snapshotSoonAfterOnset(facts, longest) !== null) {
    return say('advice.delay.cannot-tell', { timeWait: peak.timeWait, usable, mayLack });
  }
  const lastOnsetMs = largest(placed.map(({ toMs }) => toMs));
  const secondsAfter = peakMs === null ? null : Math.round((peakMs - lastOnsetMs) / 1000);
  if (secondsAfter === null || secondsAfter <= longest) {
    return say('advice.delay.not-then', { timeWait: peak.timeWait });
  }
  return say('advice.delay.too-late', {
    timeWait: peak.timeWait,
    secondsAfter,
    lasts: effective,
    assumed: effective.source === 'assumed',
  });
}
