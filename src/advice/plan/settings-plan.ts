import type { HostFacts } from '../../measure/facts.js';
import type { PortPool } from '../../measure/pools/port-pool.js';
import type { Conclusion } from '../../verdict/conclude.js';
import { settingsHelpOf, type MechanismRecord } from '../../mechanisms/mechanism.js';
import type { Estimate } from '../../model/estimate.js';
import { isSameRange, WINDOWS_DEFAULT_RANGE, type PortRange } from '../../model/port.js';
import type { SettingsHelp, VerdictMechanism } from '../../model/report-judgement.js';
import { longestSufficientDelay } from './longest-sufficient-delay.js';
import { demandToCarry, portsFor, sustainedRate, type DemandToCarry } from './demand-to-carry.js';
import { UsableAutoReusePorts } from './usable-auto-reuse-ports.js';
import { UsablePorts } from './usable-ports.js';
import { SHORTEST_RECOMMENDED_DELAY } from '../../model/legal-delay.js';

/** The dynamic range that the plan asks for; null where it leaves it alone. */
export function plannedDynamicRange({ kind, range }: SettingsPlan): PortRange | null {
  return kind === 'dynamic' ? range : null;
}

/** The least invasive change that carries the need, or none. */
export interface SettingsPlan {
  readonly mechanism: VerdictMechanism;
  /** Its record; null for `none` and `undetermined`. */
  readonly main: MechanismRecord | null;
  /** Whose range is planned; the other one stays. */
  readonly kind: PortPool['kind'];
  readonly settingsHelp: SettingsHelp;
  readonly need: DemandToCarry;
  readonly offer: UsablePorts;
  readonly current: PortRange;
  readonly currentUsable: number;
  /** null = leave. */
  readonly range: PortRange | null;
  /** The smallest range that carries what is known of the demand; null where none is to change, or none carries it. */
  readonly needed: PortRange | null;
  /** The widest that takes in no further listener; null where none is to change. */
  readonly upTo: PortRange | null;
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
  'as-many-as-default',
  'widen',
  'widen-censored',
  'widen-and-shorten',
  'at-the-limits',
] as const;
export type PlanReason = (typeof PLAN_REASONS)[number];

/** Nothing is to change, and a table shows how much is carried. */
export function isSeenAtEase({ why }: SettingsPlan, { peak }: HostFacts): boolean {
  return why === 'not-needed' && peak !== null;
}

export function isFilledByRate({ main }: SettingsPlan): boolean {
  return main?.isFilledByRate ?? false;
}

/** What the plan chooses among, and what it chooses by. */
interface Choice extends Pick<
  SettingsPlan,
  'mechanism' | 'main' | 'kind' | 'need' | 'offer' | 'current' | 'currentUsable'
> {
  readonly headroom: number;
  /** Connections a second that the settings have to carry; null where they are no measure of the demand. */
  readonly rate: Estimate | null;
  /** Usable ports that carry the demand. */
  readonly wanted: number;
  /** The range is what is wrong: the default, or as many ports elsewhere, is what is to be had again. */
  readonly hasDefault: boolean;
}

/**
 * Solves for range first and delay last: the range takes effect at once and costs nothing, the delay needs a restart and weakens
 * a protection. A demand that the full pool cut off is planned for the most that the range alone can give, or, where the load would
 * have fitted the default, for as many ports as that has. Exclusions stay where they are: nobody is sure to get them back.
 */
export function settingsPlan(facts: HostFacts, conclusion: Conclusion, headroom: number): SettingsPlan {
  const { main } = conclusion;
  const choice = choiceOf(facts, conclusion, headroom);
  if (main === null) {
    const why = choice.mechanism === 'none' ? 'not-needed' : 'cannot-tell';
    return leave(choice, why, why);
  }
  const help = settingsHelpOf(main, facts);
  // This is the plan of TCP; the range of UDP is planned apart.
  if (help !== 'yes' || main.transport === 'udp') return leave(choice, help, 'no-help');
  const plan = leastInvasive(choice);
  // A range of any size is full of a leak in the end.
  const isLeakBeside = main.ports === 'range' && conclusion.faults.some(({ mechanism }) => mechanism.leaks !== null);
  return isLeakBeside && plan.settingsHelp === 'yes' ? { ...plan, settingsHelp: 'buys-time' } : plan;
}

function choiceOf(facts: HostFacts, { verdict, main, faults }: Conclusion, headroom: number): Choice {
  const churns = faults.some(({ mechanism }) => mechanism.isFilledByRate && mechanism.ports === 'timeWait');
  const need = demandToCarry(facts, churns || main?.ports !== 'established');
  const rate = churns ? need.rate : null;
  const wanted = (rate === null ? need.peakPorts : portsFor(need, rate.high ?? rate.low)) / headroom;
  const { kind, range: current } = facts.pool;
  const offer = kind === 'auto-reuse' ? new UsableAutoReusePorts(facts) : new UsablePorts(facts);
  return {
    mechanism: verdict.mechanism,
    main,
    kind,
    need,
    offer,
    current,
    currentUsable: offer.usable(current),
    headroom,
    rate,
    wanted,
    hasDefault: main?.ports === 'range' && kind === 'dynamic',
  };
}

function leave(choice: Choice, settingsHelp: SettingsHelp, why: PlanReason): SettingsPlan {
  const { mechanism, main, kind, need, offer, current, currentUsable, headroom } = choice;
  return {
    mechanism,
    main,
    kind,
    settingsHelp,
    need,
    offer,
    current,
    currentUsable,
    range: null,
    needed: null,
    upTo: null,
    usable: currentUsable,
    delaySeconds: null,
    sustainsNow: sustainedRate(currentUsable, headroom, need, need.timeWaitNowSeconds),
    sustains: sustainedRate(currentUsable, headroom, need),
    why,
  };
}

function change(
  choice: Choice,
  { range, delaySeconds = null }: { readonly range: PortRange | null; readonly delaySeconds?: number | null },
  why: PlanReason,
  help: SettingsHelp = 'yes',
): SettingsPlan {
  const { need, offer, current, headroom } = choice;
  const usable = offer.usable(range ?? current);
  const sustains = sustainedRate(usable, headroom, need, delaySeconds ?? need.timeWaitSeconds);
  const sizes = range === null ? {} : sizesBeside(choice, range, why);
  return { ...leave(choice, help, why), range, ...sizes, usable, delaySeconds, sustains };
}

/** The smaller step beside the range that is planned, and the largest: whoever decides need not take more than is known to be needed. */
function sizesBeside(
  { offer, current, wanted }: Choice,
  range: PortRange,
  why: PlanReason,
): Pick<SettingsPlan, 'needed' | 'upTo'> {
  const isCut = why === 'widen-censored' || why === 'as-many-as-default';
  const needed = why === 'at-the-limits' ? null : isCut ? offer.smallest(current, wanted) : range;
  return { needed, upTo: offer.largestAboveListeners(current, offer.usable(range)) ?? range };
}

/** The default, or, where exclusions eat it, as many ports as it has: the load is known to fit those. */
function asTheDefault({ offer, current, wanted, hasDefault }: Choice): PortRange | null {
  if (!hasDefault) return null;
  const standard = offer.usable(WINDOWS_DEFAULT_RANGE);
  if (standard >= wanted && standard > offer.usable(current)) return WINDOWS_DEFAULT_RANGE;
  return offer.smallest(current, Math.max(wanted, WINDOWS_DEFAULT_RANGE.count));
}

function leastInvasive(choice: Choice): SettingsPlan {
  const { need, offer, current, wanted, rate, headroom } = choice;
  const standard = asTheDefault(choice);
  if (standard === WINDOWS_DEFAULT_RANGE) return change(choice, { range: standard }, 'restore-default');
  if (standard !== null && need.censored && !isSameRange(standard, current))
    return change(choice, { range: standard }, 'as-many-as-default');
  const range = need.censored ? offer.largestAboveListeners(current, wanted) : offer.smallest(current, wanted);
  if (range !== null && !isSameRange(range, current)) {
    return change(choice, { range }, need.censored ? 'widen-censored' : 'widen');
  }
  if (range !== null) return leave(choice, 'yes', 'already-enough');
  if (rate === null) return atTheLimits(choice, null);
  const delaySeconds = longestSufficientDelay(offer.usable(offer.widest), headroom, need);
  if (delaySeconds !== null && delaySeconds < need.timeWaitSeconds) {
    return change(choice, { range: widerThan(current, offer), delaySeconds }, 'widen-and-shorten');
  }
  return atTheLimits(choice, SHORTEST_RECOMMENDED_DELAY);
}

/** No legal setting carries the demand: what there is to gain only buys time, and where there is nothing the settings stay. */
function atTheLimits(choice: Choice, delay: number | null): SettingsPlan {
  const range = widerThan(choice.current, choice.offer);
  const delaySeconds = delay !== null && choice.need.shortestTimeWaitSeconds > delay ? delay : null;
  if (range === null && delaySeconds === null) return leave(choice, 'no', 'at-the-limits');
  return change(choice, { range, delaySeconds }, 'at-the-limits', 'buys-time');
}

function widerThan(current: PortRange, { widest }: UsablePorts): PortRange | null {
  return current.count >= widest.count - 1 ? null : widest;
}
