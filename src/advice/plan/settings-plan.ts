import type { HostFacts } from '../../measure/facts.js';
import { WINDOWS_DEFAULT_RANGE, type PortPool } from '../../measure/pools/port-pool.js';
import type { Conclusion } from '../../verdict/conclude.js';
import { settingsHelpOf, type MechanismRecord } from '../../mechanisms/mechanism.js';
import type { Estimate } from '../../model/estimate.js';
import type { PortRange } from '../../model/port.js';
import type { SettingsHelp, VerdictMechanism } from '../../model/report-judgement.js';
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
  /** Its record; null for `none` and `undetermined`. */
  readonly main: MechanismRecord | null;
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

export function isFilledByRate({ main }: SettingsPlan): boolean {
  return main?.isFilledByRate ?? false;
}

/** What the plan chooses among, and what it chooses by. */
interface Choice extends Pick<
  SettingsPlan,
  'mechanism' | 'main' | 'kind' | 'need' | 'offer' | 'current' | 'currentUsable' | 'freed'
> {
  readonly headroom: number;
  /** Connections a second that the settings have to carry; null where they are no measure of the demand. */
  readonly rate: Estimate | null;
  /** Usable ports that carry the demand. */
  readonly wanted: number;
  /** The pool with every exclusion in place. */
  readonly now: UsablePorts;
  readonly blocks: readonly (readonly [number, number])[];
  readonly defaultCarries: boolean;
}

/**
 * Solves for range first and delay last: the range takes effect at once and costs nothing, the delay needs a restart and weakens
 * a protection. A demand that the full pool cut off is planned for the most that the range alone can give.
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
  return leastInvasive(choice);
}

function choiceOf(facts: HostFacts, { verdict, main, faults }: Conclusion, headroom: number): Choice {
  const need = demandToCarry(facts);
  const churns = faults.some(({ mechanism }) => mechanism.isFilledByRate && mechanism.ports === 'timeWait');
  const rate = churns ? need.rate : null;
  const wanted = (rate === null ? need.peakPorts : portsFor(need, rate.high ?? rate.low)) / headroom;
  const { kind, range: current } = facts.pool;
  const now = kind === 'auto-reuse' ? new UsableAutoReusePorts(facts) : new UsablePorts(facts);
  const hasDefault = main?.ports === 'range' && kind === 'dynamic';
  const defaultCarries = (offer: UsablePorts): boolean =>
    hasDefault &&
    offer.usable(WINDOWS_DEFAULT_RANGE) >= wanted &&
    offer.usable(WINDOWS_DEFAULT_RANGE) > offer.usable(current);
  const freed = defaultCarries(now) ? NOTHING_TO_FREE : freeableExclusions(facts, main);
  const blocks = freedBlocks(freed);
  const offer = blocks.length === 0 ? now : new UsablePorts(facts, blocks);
  return {
    mechanism: verdict.mechanism,
    main,
    kind,
    need,
    offer,
    current,
    currentUsable: now.usable(current),
    freed,
    headroom,
    rate,
    wanted,
    now,
    blocks,
    defaultCarries: defaultCarries(offer),
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
    freed: NOTHING_TO_FREE,
    aroundExclusions: null,
    range: null,
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
  const { need, offer, current, freed, blocks, now, wanted, headroom } = choice;
  const usable = offer.usable(range ?? current);
  const sustains = sustainedRate(usable, headroom, need, delaySeconds ?? need.timeWaitSeconds);
  const aroundExclusions = blocks.length === 0 ? null : now.smallest(current, Math.max(wanted, usable));
  return { ...leave(choice, help, why), freed, aroundExclusions, range, usable, delaySeconds, sustains };
}

function leastInvasive(choice: Choice): SettingsPlan {
  const { need, offer, current, wanted, blocks, rate, headroom } = choice;
  if (choice.defaultCarries) return change(choice, { range: WINDOWS_DEFAULT_RANGE }, 'restore-default');
  if (blocks.length > 0 && offer.usable(current) >= wanted) return change(choice, { range: null }, 'free-exclusions');
  const range = need.censored ? offer.largestAboveListeners(current, wanted) : offer.smallest(current, wanted);
  if (range !== null && (range.start !== current.start || range.count !== current.count)) {
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
