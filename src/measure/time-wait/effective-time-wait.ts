import { ADDRESS_FAMILIES, type AddressFamily } from '../../model/endpoint.js';
import type { Estimate } from '../../model/estimate.js';
import type { TimeWaitFacts } from '../../model/report-ports.js';
import type { SettingRecord } from '../../model/setting.js';
import { sourcedBy, type SourceRef } from '../../model/source-ref.js';
import { isParametersKey } from '../pools/range-in-effect.js';
import {
  ASSUMED_DELAY_SECONDS,
  LEGAL_DELAY_SECONDS,
  SHORTEST_USUAL_DELAY,
  MEASURED_DELAY_ERROR_SECONDS,
} from '../../model/legal-delay.js';

/** A measured delay must be this far from the configured one before a restart is called pending. */
const PENDING_MARGIN_SECONDS = 10;
/** A family with less of TIME_WAIT does not change what the host's ports do. */
const FAMILY_SHARE = 0.1;

export interface TimeWaitInput {
  readonly option: number | null;
  readonly settings: readonly { readonly file: string; readonly record: SettingRecord }[];
  readonly measured: Readonly<Record<AddressFamily, MeasuredDelay>>;
  /** Ports in TIME_WAIT of each family at the peak. */
  readonly waiting: Readonly<Record<AddressFamily, number>>;
}

/** Bounds in seconds; null where no snapshots give one. */
export interface MeasuredDelay {
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
  /** Next to no tuple ever went: `low` is how long they have been seen waiting, longer than any legal delay. */
  readonly neverExpires?: boolean;
}

type EffectiveDelay = TimeWaitFacts['effective'];

/**
 * The delay in force for the host: of the family that most of TIME_WAIT is in, or of both where each holds a good part of it.
 * A value in the registry is a hypothesis, for it takes a restart to come into force: it counts alone only once the sockets
 * exclude the default beside it; a value that they contradict is waiting for a restart.
 */
export function effectiveTimeWait(input: TimeWaitInput): TimeWaitFacts {
  const found = configuredDelay(input.settings);
  const total = input.waiting.ipv4 + input.waiting.ipv6;
  const [main, other]: readonly AddressFamily[] =
    input.waiting.ipv6 > input.waiting.ipv4 ? ['ipv6', 'ipv4'] : ['ipv4', 'ipv6'];
  if (main === undefined || other === undefined) throw new Error('there are two address families');
  const counts = input.waiting[other] > total * FAMILY_SHARE ? [main, other] : [main];
  const refs: SourceRef[] = found === null ? [] : [found.ref];
  return {
    configuredSeconds: found?.value ?? null,
    families: ADDRESS_FAMILIES.map((family) => ({ family, measured: interval(believed(input.measured[family])) })),
    pendingRestart: counts.some((family) => isRefuted(found?.value ?? null, believed(input.measured[family]))),
    ...sourcedBy(refs),
    effective: counts.map((family) => effectiveOfFamily(input, family)).reduce(hull),
  };
}

/** The delay in force for the connections of one address family. */
export function effectiveOfFamily(
  { option, settings, measured }: Pick<TimeWaitInput, 'option' | 'settings' | 'measured'>,
  family: AddressFamily,
): EffectiveDelay {
  if (option !== null) return { low: option, best: option, high: option, source: 'option' };
  const bounds = believed(measured[family]);
  const configured = configuredDelay(settings)?.value ?? null;
  const isPossible =
    configured !== null &&
    !isRefuted(configured, bounds) &&
    (bounds.high ?? Infinity) >= configured - MEASURED_DELAY_ERROR_SECONDS;
  if (isPossible) {
    const alone = { low: configured, best: configured, high: configured, source: 'registry' } as const;
    const beside = defaultWithin(bounds);
    if (beside === null) return alone;
    return {
      ...hull(alone, { ...beside, source: 'registry' }),
      best: (bounds.low ?? 0) > configured ? null : configured,
    };
  }
  const { low, best, high, neverExpires } = bounds;
  if (low === null || (high === null && neverExpires !== true)) {
    return { ...assumedWithin(bounds, wasRead(settings)), source: 'assumed' };
  }
  const shortest = defaultWithin(bounds) === null ? LEGAL_DELAY_SECONDS.low : SHORTEST_USUAL_DELAY;
  const longest = high === null ? null : Math.min(high, LEGAL_DELAY_SECONDS.high);
  return { low: Math.max(low, shortest), best, high: longest, source: 'measured' };
}

/** Both, where they differ; the weaker source of the two. */
function hull(a: EffectiveDelay, b: EffectiveDelay): EffectiveDelay {
  const high = a.high === null || b.high === null ? null : Math.max(a.high, b.high);
  const source = a.source === 'assumed' || b.source === 'assumed' ? 'assumed' : a.source;
  return { low: Math.min(a.low, b.low), best: a.best === b.best ? a.best : null, high, source };
}

/** Tuples that seem to wait longer than Windows allows, while others go, were opened anew: such a bound is none. */
function believed(measured: MeasuredDelay): MeasuredDelay {
  const isTooLong = (measured.low ?? 0) > LEGAL_DELAY_SECONDS.high && measured.neverExpires !== true;
  return isTooLong ? { low: null, best: null, high: measured.high } : measured;
}

function isRefuted(configured: number | null, { low, high }: MeasuredDelay): boolean {
  if (configured === null) return false;
  return (low ?? 0) > configured + PENDING_MARGIN_SECONDS || (high ?? Infinity) < configured - PENDING_MARGIN_SECONDS;
}

function interval({ low, best, high }: MeasuredDelay): Estimate | null {
  return low === null && high === null ? null : { low: low ?? 0, best, high };
}

/** What of the assumed default the measured bounds leave; null where they exclude it. */
function defaultWithin({ low, high }: MeasuredDelay): Estimate | null {
  const from = Math.max(ASSUMED_DELAY_SECONDS.low, low ?? 0);
  const to = Math.min(ASSUMED_DELAY_SECONDS.high, high ?? Infinity);
  return from > to + MEASURED_DELAY_ERROR_SECONDS
    ? null
    : { low: Math.min(from, to), best: null, high: Math.max(from, to) };
}

/**
 * The default as far as one measured bound leaves it. An upper bound below it cuts the default, and supports its lower end only
 * where the registry was read and says nothing: otherwise a shorter delay may be configured as well.
 */
function assumedWithin(bounds: MeasuredDelay, wasAsked: boolean): Estimate {
  const left = defaultWithin(bounds);
  const { low, high } = bounds;
  if (left === null) {
    if (high === null) return { low: low ?? ASSUMED_DELAY_SECONDS.high, best: null, high: LEGAL_DELAY_SECONDS.high };
    return { low: LEGAL_DELAY_SECONDS.low, best: null, high };
  }
  if (wasAsked || high === null || high >= ASSUMED_DELAY_SECONDS.high) return left;
  return { ...left, low: SHORTEST_USUAL_DELAY };
}

/** Whether the values below the key were captured at all, so that a missing one is known to be missing. */
function wasRead(settings: TimeWaitInput['settings']): boolean {
  return settings.some(({ record }) => record.kind === 'registry-value' && isParametersKey(record.path));
}

function configuredDelay(settings: TimeWaitInput['settings']): { value: number; ref: SourceRef } | null {
  for (const { file, record } of settings) {
    if (record.kind !== 'registry-value' || !isParametersKey(record.path) || record.value === null) continue;
    if (record.name.toLowerCase() !== 'tcptimedwaitdelay') continue;
    if (record.value < LEGAL_DELAY_SECONDS.low || record.value > LEGAL_DELAY_SECONDS.high) continue;
    return { value: record.value, ref: { file, line: record.line, record: null, row: record.text } };
  }
  return null;
}
