import type { HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  eventSource,
  evidence,
  weighing,
  type WithTcpTable,
} from './mechanism.js';
import { DOMINANT_SHARE } from './thresholds.js';
import { LEGAL_DELAY_SECONDS } from '../model/legal-delay.js';
import { isNearlyFull } from '../measure/pools/fullness.js';

/** 2008 R2 and before lose the timer after 497 days of uptime, 248 with chimney offload (KB 2553549). */
const DEFECT_UPTIME_SECONDS = 497 * 86_400;
const DEFECT_UPTIME_WITH_OFFLOAD_SECONDS = 248 * 86_400;

/** TIME_WAIT outlives any legal delay: it never expires until the host restarts. */
export const stuckTimeWait: MechanismRecord = {
  id: 'stuck-time-wait',
  needs: 'tcp-table',
  settingsHelp: 'no',
  judge,
};

function judge(facts: WithTcpTable): Judgement {
  const { peak, timeWaitOutlived, events } = facts;
  const { pro, contra, missing, weighed } = weighing();
  const result = (outcome: Judgement['outcome']): Judgement =>
    weighed(outcome, peak.timeWait / Math.max(peak.usable, 1), []);
  const { uptimeEvent } = events;
  const uptimeSeconds = uptimeAtPeak(facts);
  const oldEnough = uptimeSeconds !== null && uptimeSeconds >= DEFECT_UPTIME_WITH_OFFLOAD_SECONDS;
  if (uptimeSeconds !== null && uptimeEvent !== null) {
    const upFor = { seconds: Math.floor(uptimeSeconds) };
    if (oldEnough) pro.push(evidence(say('stuck.for.uptime', upFor), eventSource([uptimeEvent])));
    else contra.push(evidence(say('stuck.against.uptime', upFor), eventSource([uptimeEvent])));
  }
  if (timeWaitOutlived.neverExpires) {
    const longest = Math.round(timeWaitOutlived.longestSeconds);
    const message = say('stuck.for.outlived', { longest, limit: LEGAL_DELAY_SECONDS.high });
    pro.push(evidence(message, entrySource(peak)));
    if (oldEnough) return result(uptimeSeconds >= DEFECT_UPTIME_SECONDS ? 'confirmed' : 'likely');
    // A pool that stays full hands the same tuples out again and again, and then they look as if they never went away.
    if (!isNearlyFull(peak)) return result('likely');
  }
  const { effective } = facts.timeWaitDelay;
  if (effective.source === 'measured' && effective.high !== null && effective.high <= LEGAL_DELAY_SECONDS.high) {
    contra.push(evidence(say('stuck.against.measured', { high: effective.high }), entrySource(peak)));
    return result('ruled-out');
  }
  if (uptimeSeconds !== null && !oldEnough) return result('ruled-out');
  if (facts.onsets.length === 0 && peak.timeWait < peak.inUse * DOMINANT_SHARE && !peak.unseen.includes('timeWait')) {
    const message = say('stuck.against.few', { timeWait: peak.timeWait, inUse: peak.inUse });
    contra.push(evidence(message, entrySource(peak)));
    return result('ruled-out');
  }
  missing.push(say('stuck.missing'));
  return result('cannot-tell');
}

/** EventLog 6013 is written once a day; the host went on running until the port table was taken. */
function uptimeAtPeak({ events, peakMs }: HostFacts): number | null {
  const { uptimeSeconds, uptimeEvent } = events;
  if (uptimeSeconds === null || uptimeEvent === null || peakMs === null) return uptimeSeconds;
  const rebooted = events.boots.some(({ fromMs }) => fromMs > uptimeEvent.fromMs && fromMs <= peakMs);
  return rebooted ? null : uptimeSeconds + Math.max((peakMs - uptimeEvent.fromMs) / 1000, 0);
}

/** True where waiting tuples never went away and nothing says that the host has not been up long enough for the defect. */
export function mayBeStuck(facts: HostFacts): boolean {
  const uptime = uptimeAtPeak(facts);
  return facts.timeWaitOutlived.neverExpires && (uptime === null || uptime >= DEFECT_UPTIME_WITH_OFFLOAD_SECONDS);
}
