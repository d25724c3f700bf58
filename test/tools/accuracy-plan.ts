import type { HostReport } from '../../src/index.js';
import type { RangeAdvice } from '../../src/model/report-advice.js';
import type { LabelledHost, Replay, ReplaySettings } from '../simulator/incident.js';
import type { DynamicRange } from '../simulator/scenario.js';
import type { Interval } from './accuracy-rates.js';

/** Share of the pool that the plans of this table may fill. */
export const HEADROOM = 0.7;
/** Peaks of arrivals by chance lie above their mean. */
const BY_CHANCE = 1.02;
/** The solver's ladder: starts of ranges are whole thousands, delays whole five seconds. */
const START_STEP = 1_000;
const DELAY_STEP_SECONDS = 5;
/** What Windows has when nobody changes it: restoring it is one step, not a rung of a ladder. */
const DEFAULT_START = 49_152;

/** What the report asks for, as far as it can be replayed: the program at fault goes on as before. */
export interface ReplayedPlan {
  readonly settings: ReplaySettings;
  /** The plan with its last rung one step weaker, or without one of its actions. */
  readonly weaker: readonly { readonly name: string; readonly settings: ReplaySettings }[];
}

/** Null where the report says that settings do not help, or only for a time. */
export function replayedPlan({ recommendation }: HostReport): ReplayedPlan | null {
  if (recommendation.settingsHelp !== 'yes') return null;
  const tcp = changed(recommendation.dynamicPortRanges, 'tcp');
  const udp = changed(recommendation.dynamicPortRanges, 'udp');
  const reuse = recommendation.autoReusePortRange;
  const reusable = reuse?.change === true ? reuse : undefined;
  const delay = recommendation.tcpTimedWaitDelay.recommended;
  const freed = recommendation.exclusions.remove;
  const parts: { readonly name: string; readonly settings: ReplaySettings; readonly weaker: ReplaySettings }[] = [];
  if (tcp !== undefined) {
    parts.push({ name: 'range', settings: { range: tcp.recommended }, weaker: withRange('range', oneStepUp(tcp)) });
  }
  if (udp !== undefined) {
    parts.push({
      name: 'UDP range',
      settings: { udpRange: udp.recommended },
      weaker: withRange('udpRange', oneStepUp(udp)),
    });
  }
  if (reusable !== undefined) {
    const { start, count } = reusable.recommended;
    const shorter = { start, count: count - START_STEP };
    parts.push({
      name: 'auto-reuse range',
      settings: { autoReuse: reusable.recommended },
      weaker: withRange('autoReuse', shorter.count > reusable.current.count ? shorter : null),
    });
  }
  if (freed.length > 0) parts.push({ name: 'exclusions', settings: { freed }, weaker: {} });
  if (delay !== null) {
    parts.push({
      name: 'delay',
      settings: { timeWaitSeconds: delay },
      weaker: { timeWaitSeconds: delay + DELAY_STEP_SECONDS },
    });
  }
  const all = (changes: (index: number) => ReplaySettings): ReplaySettings =>
    Object.assign({}, ...parts.map((_, index) => changes(index))) as ReplaySettings;
  const last = parts.at(-1);
  // The last dial turned is the finest; of the others the whole action is left out.
  const weaker = parts.map((part, left) => ({
    name: part === last ? `${part.name} one step weaker` : `without the ${part.name}`,
    settings: all((index) => {
      if (index !== left) return parts[index]?.settings ?? {};
      return part === last ? part.weaker : {};
    }),
  }));
  return { settings: all((index) => parts[index]?.settings ?? {}), weaker };
}

function changed(ranges: readonly RangeAdvice[], transport: 'tcp' | 'udp'): RangeAdvice | undefined {
  return ranges.find((range) => range.transport === transport && range.change);
}

/** Null where the step before is to leave the range alone. */
function oneStepUp({ current, recommended: { start, count } }: RangeAdvice): DynamicRange | null {
  if (start === DEFAULT_START) return null;
  const higher = Math.floor(start / START_STEP + 1) * START_STEP;
  const range = { start: higher, count: start + count - higher };
  return range.count > current.count ? range : null;
}

function withRange(name: 'range' | 'udpRange' | 'autoReuse', range: DynamicRange | null): ReplaySettings {
  return range === null ? {} : { [name]: range };
}

/** What the same arrivals do under the recommended settings; advice that claims to help must let none fail. */
export function planHolds(host: HostReport, labelled: LabelledHost, plan: ReplayedPlan, misses: string[]): string {
  const censored = isCensored(host, labelled);
  // A list filtered by state shows no listeners, so that nobody can take them off.
  const seesListeners = labelled.pools.some(({ poolId }) => poolId === 'tcp');
  const predicted = host.recommendation.predicted.usable;
  const text: string[] = [];
  for (const settings of [plan.settings, ...afterRestart(labelled, plan)]) {
    const after = labelled.replay(settings);
    const { inUse, usable } = fullest(after, host);
    const share = `${(inUse / Math.max(usable, 1)).toFixed(2)} of ${String(usable)}`;
    if (seesListeners && predicted !== usable && predicted !== null) {
      misses.push(
        `plan ${JSON.stringify(settings)}: predicts ${String(predicted)} usable ports, true ${String(usable)}`,
      );
      text.push(`other pool ${share}`);
    } else if (after.failures > 0) {
      misses.push(`plan ${JSON.stringify(settings)}: ${String(after.failures)} still fail`);
      text.push(`fails ${share}`);
    } else if (!censored && inUse > usable * HEADROOM * BY_CHANCE) {
      misses.push(`plan ${JSON.stringify(settings)}: ${share}, beyond the headroom`);
      text.push(`no headroom ${share}`);
    } else text.push(`holds ${share}`);
  }
  return text.find((one) => !one.startsWith('holds')) ?? text[0] ?? '–';
}

/** A delay that waits in the registry comes with the restart that may follow any day. */
function afterRestart({ truth }: LabelledHost, { settings }: ReplayedPlan): ReplaySettings[] {
  if (truth.pendingDelaySeconds === undefined || settings.timeWaitSeconds !== undefined) return [];
  return [{ ...settings, timeWaitSeconds: truth.pendingDelaySeconds }];
}

/**
 * Whether the plan goes no further than needed, by replay of each weaker one: `breaks` where every one fails or breaks the
 * headroom, `breaks at the upper end` where one does so only for the most that the demand may be, `would do` where one carries
 * that too. A demand known as "at least" asks for all that the range can give: `censored, fails` or `censored, would do`.
 */
export function weakerBreaks(
  host: HostReport,
  labelled: LabelledHost,
  plan: ReplayedPlan,
  demand: Interval | null,
  misses: string[],
): string {
  const censored = isCensored(host, labelled);
  const most = Math.max(1, demand?.high ?? 1);
  let result = censored ? 'censored, fails' : 'breaks';
  for (const { name, settings } of plan.weaker) {
    const after = labelled.replay(settings);
    const { inUse, usable } = fullest(after, host);
    if (after.failures > 0) continue;
    if (censored) {
      result = 'censored, would do';
      continue;
    }
    if (inUse > usable * HEADROOM) continue;
    if (inUse * most > usable * HEADROOM) {
      if (result === 'breaks') result = 'breaks at the upper end';
      continue;
    }
    misses.push(`${name} would do: ${String(inUse)} of ${String(usable)}`);
    result = 'would do';
  }
  return plan.weaker.length === 0 ? '–' : result;
}

/** With fewer ports free than one in a hundred nobody can tell from a table whether the next connection found one. */
const LEFT_NOTHING = 0.99;

/**
 * Only what was refused is missing from the tables: where nothing was, and ports were left, a demand said to be "at least" is no
 * excuse. The demand of the report is that for TCP ports; datagram sockets that were refused are not counted at all.
 */
function isCensored({ demand, verdict }: HostReport, { truth }: LabelledHost): boolean {
  if (truth.failures.count === 0 && truth.peakInUse < truth.usable * LEFT_NOTHING) return false;
  return demand.censored || (verdict.mechanism === 'udp-exhaustion' && verdict.exhaustion === 'shown');
}

/** Ports of the pool that the verdict is about; of an auto-reuse range those towards one endpoint. */
function fullest(after: Replay, { verdict }: HostReport): { inUse: number; usable: number } {
  const { autoReuse } = after;
  if (verdict.mechanism === 'udp-exhaustion') return { inUse: after.udp.peakInUse, usable: after.udp.usable };
  return verdict.poolId !== 'tcp-auto-reuse' || autoReuse === undefined
    ? { inUse: after.peakInUse, usable: after.usable }
    : { inUse: autoReuse.mostTowardsOne, usable: autoReuse.usable };
}
