import type { HostFacts } from '../../measure/facts.js';
import { WINDOWS_DEFAULT_RANGE, type PortPool } from '../../measure/pools/port-pool.js';
import type { Conclusion } from '../../verdict/conclude.js';
import { MECHANISM_RECORDS } from '../../mechanisms/mechanisms.js';
import { udpSettingsHelp } from '../../mechanisms/udp-exhaustion.js';
import type { PortRange } from '../../model/port.js';
import type { SettingsHelp, VerdictMechanism } from '../../model/report.js';
import { longestSufficientDelay } from './longest-sufficient-delay.js';
import { demandToCarry, portsFor, sustainedRate, type DemandToCarry } from './demand-to-carry.js';
import { UsableAutoReusePorts } from './usable-auto-reuse-ports.js';
import { freeableExclusions, freedBlocks, NOTHING_TO_FREE, type FreeableExclusions } from './freeable-exclusions.js';
import { UsablePorts } from './usable-ports.js';
import { SHORTEST_RECOMMENDED_DELAY } from '../../model/legal-delay.js';

/** The dynamic range that the plan asks for; null where it leaves it alone. */
export function plannedDynamicRange({ kind, range }: SettingsPlan): PortRange | null {
  return kind === 'dynamic' ? range : null;
}

/** The least invasive change that carries the need, or none. */
export interface SettingsPlan {
  readonly mechanism: VerdictMechanism;
  /** Whose range is planned; the other one stays. */
  readonly kind: PortPool['kind'];
  readonly settingsHelp: SettingsHelp;
  readonly need: DemandToCarry;
  readonly offer: UsablePorts;
  readonly current: PortRange;
  readonly currentUsable: number;
  /** Exclusions to give back. */
  readonly freed: FreeableExclusions;
  /** The range that would carry as much with these exclusions in place; null where nothing is freed, or no range would. */
  readonly aroundExclusions: PortRange | null;
  /** null = leave. */
  readonly range: PortRange | null;
  readonly usable: number;
  /** null = leave. */
  readonly delaySeconds: number | null;
  readonly sustainsNow: number | null;
  readonly sustains: number | null;
  readonly why: PlanReason;
}

export const PLAN_REASONS = [
  'not-needed',
  'cannot-tell',
  'no-help',
  'already-enough',
  'free-exclusions',
  'restore-default',
  'widen',
  'widen-censored',
  'widen-and-shorten',
  'at-the-limits',
] as const;
export type PlanReason = (typeof PLAN_REASONS)[number];

/** The verdicts under which the rate of connections is what fills the pool, so that it says what a setting carries. */
const FILLED_BY_RATE: readonly VerdictMechanism[] = ['time-wait-churn', 'undersized-range', 'connection-saturation'];

export function isFilledByRate({ mechanism }: SettingsPlan): boolean {
  return FILLED_BY_RATE.includes(mechanism);
}

/**
 * Solves for range first and delay last: the range takes effect at once and costs nothing, the delay needs a restart and weakens
 * a protection. A demand that the full pool cut off is planned for the most that the range alone can give.
 */
export function settingsPlan(facts: HostFacts, conclusion: Conclusion, headroom: number): SettingsPlan {
  const { mechanism } = conclusion.verdict;
  const need = demandToCarry(facts);
  const churns = mechanism === 'time-wait-churn' || conclusion.contributing.includes('time-wait-churn');
  const rate = churns ? need.rate : null;
  const wanted = (rate === null ? need.peakPorts : portsFor(need, rate.high ?? rate.low)) / headroom;
  const now = facts.pool.kind === 'auto-reuse' ? new UsableAutoReusePorts(facts) : new UsablePorts(facts);
  const current = facts.pool.range;
  const currentUsable = now.usable(current);
  const hasDefault = mechanism === 'undersized-range' && facts.pool.kind === 'dynamic';
  const defaultCarries = (offer: UsablePorts): boolean =>
    hasDefault &&
    offer.usable(WINDOWS_DEFAULT_RANGE) >= wanted &&
    offer.usable(WINDOWS_DEFAULT_RANGE) > offer.usable(current);
  const freed = defaultCarries(now) ? NOTHING_TO_FREE : freeableExclusions(facts, conclusion);
  const blocks = freedBlocks(freed);
  const offer = blocks.length === 0 ? now : new UsablePorts(facts, blocks);
  const sustainsNow = sustainedRate(currentUsable, headroom, need, need.timeWaitNowSeconds);
  const leave = (settingsHelp: SettingsHelp, why: PlanReason): SettingsPlan => ({
    mechanism,
    kind: facts.pool.kind,
    settingsHelp,
    need,
    offer,
    current,
    currentUsable,
    freed: NOTHING_TO_FREE,
    aroundExclusions: null,
    range: null,
    usable: currentUsable,
    delaySeconds: null,
    sustainsNow,
    sustains: sustainedRate(currentUsable, headroom, need),
    why,
  });
  const change = (
    range: PortRange | null,
    delaySeconds: number | null,
    why: PlanReason,
    help: SettingsHelp = 'yes',
  ): SettingsPlan => {
    const usable = offer.usable(range ?? current);
    const delay = delaySeconds ?? need.timeWaitSeconds;
    const sustains = sustainedRate(usable, headroom, need, delay);
    const aroundExclusions = blocks.length === 0 ? null : now.smallest(current, Math.max(wanted, usable));
    return { ...leave(help, why), freed, aroundExclusions, range, usable, delaySeconds, sustains };
  };
  if (mechanism === 'none') return leave('not-needed', 'not-needed');
  if (mechanism === 'undetermined') return leave('cannot-tell', 'cannot-tell');
  if (mechanism === 'udp-exhaustion') return leave(udpSettingsHelp(facts), 'no-help');
  const help = MECHANISM_RECORDS.find(({ id }) => id === mechanism)?.settingsHelp ?? 'no';
  if (help !== 'yes') return leave(help, 'no-help');

  if (defaultCarries(offer)) return change(WINDOWS_DEFAULT_RANGE, null, 'restore-default');
  if (blocks.length > 0 && offer.usable(current) >= wanted) return change(null, null, 'free-exclusions');
  const range = need.censored ? offer.largestAboveListeners(current, wanted) : offer.smallest(current, wanted);
  if (range !== null && (range.start !== current.start || range.count !== current.count)) {
    return change(range, null, need.censored ? 'widen-censored' : 'widen');
  }
  if (range !== null) return leave('yes', 'already-enough');
  if (rate === null) return atTheLimits(widerThan(current, offer), change, leave, need, null);
  const delay = longestSufficientDelay(offer.usable(offer.widest), headroom, need);
  if (delay !== null && delay < need.timeWaitSeconds) {
    return change(widerThan(current, offer), delay, 'widen-and-shorten');
  }
  return atTheLimits(widerThan(current, offer), change, leave, need, SHORTEST_RECOMMENDED_DELAY);
}

/** No legal setting carries the demand: what there is to gain only buys time, and where there is nothing the settings stay. */
function atTheLimits(
  range: PortRange | null,
  change: (range: PortRange | null, delay: number | null, why: PlanReason, help: SettingsHelp) => SettingsPlan,
  leave: (help: SettingsHelp, why: PlanReason) => SettingsPlan,
  need: DemandToCarry,
  delay: number | null,
): SettingsPlan {
  const shorter = delay !== null && need.shortestTimeWaitSeconds > delay ? delay : null;
  if (range === null && shorter === null) return leave('no', 'at-the-limits');
  return change(range, shorter, 'at-the-limits', 'buys-time');
}

function widerThan(current: PortRange, { widest }: UsablePorts): PortRange | null {
  return current.count >= widest.count - 1 ? null : widest;
}
