import type { HostFacts } from '../correlation/host-facts.js';
import { WINDOWS_DEFAULT_RANGE, type PortPool } from '../correlation/port-pool.js';
import type { Conclusion } from '../hypotheses/verdict.js';
import { HYPOTHESES } from '../hypotheses/hypotheses.js';
import { udpSettingsHelp } from '../hypotheses/udp-exhaustion.js';
import type { PortRange } from '../model/port.js';
import type { SettingsHelp, VerdictMechanism } from '../model/report.js';
import { fastestRate, needOf, portsFor, sustainedRate, type Need } from './need.js';
import { AutoReuseOffer } from './auto-reuse-offer.js';
import { RangeOffer } from './range-plan.js';

/** Never recommended below it: shorter delays are legal on 2012 R2 and later, but not what Microsoft documents as safe practice. */
export const SHORTEST_RECOMMENDED_DELAY = 30;
/** Recommended delays are multiples of it. */
const DELAY_STEP_SECONDS = 5;

/** The dynamic range that the plan asks for; null where it leaves it alone. */
export function plannedDynamicRange({ kind, range }: Plan): PortRange | null {
  return kind === 'dynamic' ? range : null;
}

/** The least invasive change that carries the need, or none. */
export interface Plan {
  readonly mechanism: VerdictMechanism;
  /** Whose range is planned; the other one stays. */
  readonly kind: PortPool['kind'];
  readonly settingsHelp: SettingsHelp;
  readonly need: Need;
  readonly offer: RangeOffer;
  readonly current: PortRange;
  readonly currentUsable: number;
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
  'restore-default',
  'widen',
  'widen-censored',
  'widen-and-shorten',
  'at-the-limits',
] as const;
export type PlanReason = (typeof PLAN_REASONS)[number];

/** The verdicts under which the rate of connections is what fills the pool, so that it says what a setting carries. */
const FILLED_BY_RATE: readonly VerdictMechanism[] = ['time-wait-churn', 'undersized-range', 'connection-saturation'];

export function isFilledByRate({ mechanism }: Plan): boolean {
  return FILLED_BY_RATE.includes(mechanism);
}

/**
 * Solves for range first and delay last: the range takes effect at once and costs nothing, the delay needs a restart and weakens
 * a protection. A demand that the full pool cut off is planned for the most that the range alone can give.
 */
export function planFor(facts: HostFacts, conclusion: Conclusion, headroom: number): Plan {
  const { mechanism } = conclusion.verdict;
  const need = needOf(facts);
  const offer = facts.pool.kind === 'auto-reuse' ? new AutoReuseOffer(facts) : new RangeOffer(facts);
  const current = facts.pool.range;
  const currentUsable = offer.usable(current);
  const sustainsNow = sustainedRate(currentUsable, headroom, need);
  const leave = (settingsHelp: SettingsHelp, why: PlanReason): Plan => ({
    mechanism,
    kind: facts.pool.kind,
    settingsHelp,
    need,
    offer,
    current,
    currentUsable,
    range: null,
    usable: currentUsable,
    delaySeconds: null,
    sustainsNow,
    sustains: sustainsNow,
    why,
  });
  const change = (
    range: PortRange | null,
    delaySeconds: number | null,
    why: PlanReason,
    help: SettingsHelp = 'yes',
  ): Plan => {
    const usable = offer.usable(range ?? current);
    const delay = delaySeconds ?? need.timeWaitSeconds;
    return { ...leave(help, why), range, usable, delaySeconds, sustains: sustainedRate(usable, headroom, need, delay) };
  };
  if (mechanism === 'none') return leave('not-needed', 'not-needed');
  if (mechanism === 'undetermined') return leave('cannot-tell', 'cannot-tell');
  if (mechanism === 'udp-exhaustion') return leave(udpSettingsHelp(facts), 'no-help');
  const help = HYPOTHESES.find(({ id }) => id === mechanism)?.settingsHelp ?? 'no';
  if (help !== 'yes') return leave(help, 'no-help');

  const churns = mechanism === 'time-wait-churn' || conclusion.contributing.includes('time-wait-churn');
  const rate = churns ? need.rate : null;
  const wanted = (rate === null ? need.peakPorts : portsFor(need, rate.high ?? rate.low)) / headroom;
  const defaultUsable = offer.usable(WINDOWS_DEFAULT_RANGE);
  const hasDefault = facts.pool.kind === 'dynamic';
  if (mechanism === 'undersized-range' && hasDefault && defaultUsable >= wanted && defaultUsable > currentUsable) {
    return change(WINDOWS_DEFAULT_RANGE, null, 'restore-default');
  }
  const range = need.censored ? offer.largestAboveListeners(current, wanted) : offer.smallest(current, wanted);
  if (range !== null && (range.start !== current.start || range.count !== current.count)) {
    return change(range, null, need.censored ? 'widen-censored' : 'widen');
  }
  if (range !== null) return leave('yes', 'already-enough');
  if (rate === null) return atTheLimits(widerThan(current, offer), change, leave, need, null);
  const room = offer.usable(offer.widest) * headroom - need.rest;
  const exact = room / fastestRate(need) - need.lifetimeSeconds;
  const delay = Math.floor(Math.min(exact, need.shortestTimeWaitSeconds) / DELAY_STEP_SECONDS) * DELAY_STEP_SECONDS;
  if (delay >= SHORTEST_RECOMMENDED_DELAY && delay < need.timeWaitSeconds) {
    return change(widerThan(current, offer), delay, 'widen-and-shorten');
  }
  return atTheLimits(widerThan(current, offer), change, leave, need, SHORTEST_RECOMMENDED_DELAY);
}

/** No legal setting carries the demand: what there is to gain only buys time, and where there is nothing the settings stay. */
function atTheLimits(
  range: PortRange | null,
  change: (range: PortRange | null, delay: number | null, why: PlanReason, help: SettingsHelp) => Plan,
  leave: (help: SettingsHelp, why: PlanReason) => Plan,
  need: Need,
  delay: number | null,
): Plan {
  const shorter = delay !== null && need.shortestTimeWaitSeconds > delay ? delay : null;
  if (range === null && shorter === null) return leave('no', 'at-the-limits');
  return change(range, shorter, 'at-the-limits', 'buys-time');
}

function widerThan(current: PortRange, { widest }: RangeOffer): PortRange | null {
  return current.count >= widest.count - 1 ? null : widest;
}
