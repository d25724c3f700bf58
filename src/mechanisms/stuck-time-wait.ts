import { statedStart } from '../measure/stated-start.js';
import type { HostFacts } from '../measure/facts.js';
import { say } from '../messages/say.js';
import type { Message, Sourced } from '../model/report-message.js';
import { sourcedBy } from '../model/source-ref.js';
import { assertNever } from '../model/assert-never.js';
import { firstOf, isFound, judging, present } from './judging.js';
import {
  type MechanismRecord,
  type Judgement,
  entrySource,
  eventSource,
  evidence,
  type WithTcpTable,
} from './mechanism.js';
import { DOMINANT_SHARE } from './thresholds.js';
import { DEFECT_UPTIME_WITH_OFFLOAD_SECONDS, LEGAL_DELAY_SECONDS } from '../model/legal-delay.js';
import { isNearlyFull } from '../measure/pools/fullness.js';

/** 2008 R2 and before lose the timer after 497 days of uptime (KB 2553549). */
const DEFECT_UPTIME_SECONDS = 497 * 86_400;

type TimeWaitExpiry = HostFacts['timeWaitExpiry'];

/** TIME_WAIT outlives any legal delay: it never expires until the host restarts. */
export const stuckTimeWait: MechanismRecord = {
  id: 'stuck-time-wait',
  transport: 'tcp',
  ports: 'timeWait',
  leaks: null,
  fillsPool: true,
  doubts: [],
  needs: 'tcp-table',
  isFilledByRate: false,
  settingsHelp: 'no',
  remedies: ['restart-host'],
  judge: judging({ measure, decide, collect }),
  summary,
};

function measure(facts: WithTcpTable) {
  const { peak, timeWaitExpiry } = facts;
  const uptime = uptimeAtPeak(facts);
  const uptimeSeconds = uptime?.seconds ?? null;
  const oldEnough = uptimeSeconds !== null && uptimeSeconds >= DEFECT_UPTIME_WITH_OFFLOAD_SECONDS;
  return {
    share: peak.timeWait / Math.max(peak.usable, 1),
    suspects: [],
    isProven: timeWaitExpiry.expires === 'no',
    neverExpires: seemsNeverToExpire(facts.timeWaitExpiry),
    uptime,
    uptimeSeconds,
    oldEnough,
    surelyOldEnough: uptimeSeconds !== null && uptimeSeconds >= DEFECT_UPTIME_SECONDS,
    tooYoung: uptimeSeconds !== null && !oldEnough,
    // A pool that stays full hands the same tuples out again and again, and then, unless proven, they only look as if they never went.
    full: isNearlyFull(peak),
    expires: timeWaitExpiry.expires === 'yes' ? timeWaitExpiry : null,
    few:
      facts.tcpOnsets.length === 0 && peak.timeWait < peak.inUse * DOMINANT_SHARE && !peak.unseen.includes('timeWait'),
  };
}

type Measured = ReturnType<typeof measure>;

function decide(waiting: Measured): Judgement['outcome'] {
  return firstOf([
    [waiting.neverExpires && waiting.surelyOldEnough, 'confirmed'],
    [waiting.neverExpires && (waiting.isProven || waiting.oldEnough || !(waiting.full || waiting.tooYoung)), 'likely'],
    [waiting.expires !== null || waiting.tooYoung || waiting.few, 'ruled-out'],
  ]);
}

function collect(facts: WithTcpTable, waiting: Measured, outcome: Judgement['outcome']) {
  const { peak, timeWaitExpiry } = facts;
  const { uptime, uptimeSeconds, oldEnough, expires } = waiting;
  const source = entrySource(peak);
  const isOpen = !isFound(outcome);
  const { timeWait, inUse } = peak;
  return {
    for: present(
      oldEnough &&
        uptime !== null &&
        evidence(say('stuck.for.uptime', { seconds: Math.floor(uptime.seconds) }), uptime.source),
      waiting.neverExpires && evidence(say('stuck.for.outlived', outlived(timeWaitExpiry)), source),
    ),
    against: present(
      waiting.tooYoung &&
        uptime !== null &&
        evidence(
          say('stuck.against.uptime', {
            seconds: Math.floor(uptime.seconds),
            ...(uptime.isStated && { stated: true }),
          }),
          uptime.source,
        ),
      isOpen && expires !== null && evidence(sawItEnd(expires), source),
      isOpen &&
        expires === null &&
        !waiting.tooYoung &&
        waiting.few &&
        evidence(say('stuck.against.few', { timeWait, inUse }), source),
    ),
    missing: present(
      isOpen && say('stuck.missing', { uptime: uptimeSeconds !== null, limit: LEGAL_DELAY_SECONDS.high }),
    ),
  };
}

interface Uptime {
  readonly seconds: number;
  readonly source: Sourced;
  /** By another file than the log. */
  readonly isStated: boolean;
}

/** How long the host had been up when the fullest table was taken: by its log, else as another file states it. */
function uptimeAtPeak(facts: HostFacts): Uptime | null {
  const { uptimeEvent } = facts.events;
  const logged = loggedUptime(facts);
  if (logged !== null && uptimeEvent !== null) {
    return { seconds: logged, source: eventSource([uptimeEvent]), isStated: false };
  }
  const stated = statedStart(facts);
  if (stated === null || facts.peakMs === null) return null;
  const { file, record } = stated;
  const source = sourcedBy([{ file, line: record.line, record: null, row: record.text }]);
  return { seconds: (facts.peakMs - stated.atMs) / 1000, source, isStated: true };
}

/** EventLog 6013 is written once a day; the host went on running until the port table was taken. */
function loggedUptime({ events, peakMs }: HostFacts): number | null {
  const { uptimeSeconds, uptimeEvent } = events;
  if (uptimeSeconds === null || uptimeEvent === null || peakMs === null) return uptimeSeconds;
  const rebooted = events.boots.some(({ fromMs }) => fromMs > uptimeEvent.fromMs && fromMs <= peakMs);
  return rebooted ? null : uptimeSeconds + Math.max((peakMs - uptimeEvent.fromMs) / 1000, 0);
}

/** True where waiting tuples never went away and nothing says that the host has not been up long enough for the defect. */
export function mayBeStuck(facts: HostFacts): boolean {
  const seconds = uptimeAtPeak(facts)?.seconds ?? null;
  return (
    seemsNeverToExpire(facts.timeWaitExpiry) && (seconds === null || seconds >= DEFECT_UPTIME_WITH_OFFLOAD_SECONDS)
  );
}

/** Proven, or neither proven nor refuted where the same tuples were found again after longer than any legal delay. */
function seemsNeverToExpire(expiry: TimeWaitExpiry): boolean {
  return expiry.expires === 'no' || (expiry.expires === 'not-shown' && expiry.sameTuplesAfterSeconds !== null);
}

function sawItEnd(expiry: Extract<TimeWaitExpiry, { expires: 'yes' }>): Message {
  if (expiry.withinSeconds !== null) return say('stuck.against.measured', { high: expiry.withinSeconds });
  return say('stuck.against.reopened', { ports: expiry.reopened });
}

function outlived(expiry: TimeWaitExpiry): { longest: number; limit: number; foundAgain?: true } {
  const limit = LEGAL_DELAY_SECONDS.high;
  const longest = longestWait(expiry);
  return expiry.expires === 'no' ? { longest, limit } : { longest, limit, foundAgain: true };
}

/** Seconds that tuples waited, or over which the same ones were found again. */
export function longestWait(expiry: TimeWaitExpiry): number {
  switch (expiry.expires) {
    case 'yes':
      return 0;
    case 'no':
      return expiry.waitedSeconds;
    case 'not-shown':
      return expiry.sameTuplesAfterSeconds ?? 0;
    default:
      return assertNever(expiry);
  }
}

function summary({ host, timeWaitExpiry }: HostFacts): Message {
  return say('verdict.stuck-time-wait', { host, longest: longestWait(timeWaitExpiry) });
}
