import { ADDRESS_FAMILIES, type AddressFamily } from '../model/endpoint.js';
import type { Estimate } from '../model/estimate.js';
import type { TimeWaitFacts } from '../model/report.js';
import type { SettingRecord } from '../model/setting.js';
import { sourcedBy, type SourceRef } from '../model/source-ref.js';
import { isParametersKey } from './port-pool.js';

/**
 * What Windows does when nothing is configured: Microsoft's own pages say 120 s (KB 314053, BizTalk guide) and 240 s (port
 * exhaustion article, SQL Server article). Neither has been measured for all versions, so it stays an interval.
 */
export const ASSUMED_TIME_WAIT: Estimate = { low: 120, best: null, high: 240 };
/** Legal values of TcpTimedWaitDelay: 30 to 300 s up to 2012, 2 to 300 s since 2012 R2. Sources: KB 314053, BizTalk guide. */
export const LEGAL_TIME_WAIT = { low: 2, high: 300 } as const;
/** A measured delay must be this far from the configured one before a restart is called pending. */
const PENDING_MARGIN_SECONDS = 10;

/** Stamps are whole seconds, so a measured bound may be off by one at each end. */
const ROUNDING_SECONDS = 2;

export interface TimeWaitInput {
  readonly option: number | null;
  readonly settings: readonly { readonly file: string; readonly record: SettingRecord }[];
  readonly measured: Readonly<Record<AddressFamily, MeasuredDelay>>;
  /** The family that most of TIME_WAIT is in: its delay is the one that matters. */
  readonly family: AddressFamily;
}

/** Bounds in seconds; null where no snapshots give one. */
export interface MeasuredDelay {
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
}

/** Configured and effective kept apart: a value in the registry that the sockets do not show is waiting for a restart. */
export function effectiveTimeWait(input: TimeWaitInput): TimeWaitFacts {
  const found = configuredDelay(input.settings);
  const configuredSeconds = found?.value ?? null;
  const refs: SourceRef[] = found === null ? [] : [found.ref];
  const measured = input.measured[input.family];
  const families = ADDRESS_FAMILIES.map((family) => ({ family, measured: interval(input.measured[family]) }));
  const pendingRestart =
    configuredSeconds !== null &&
    ((measured.low ?? 0) > configuredSeconds + PENDING_MARGIN_SECONDS ||
      (measured.high ?? Infinity) < configuredSeconds - PENDING_MARGIN_SECONDS);
  const base = { configuredSeconds, families, pendingRestart, ...sourcedBy(refs) };
  if (input.option !== null) {
    return { ...base, effective: { low: input.option, best: input.option, high: input.option, source: 'option' } };
  }
  const agrees =
    configuredSeconds !== null &&
    !pendingRestart &&
    (measured.high ?? Infinity) >= configuredSeconds - ROUNDING_SECONDS;
  if (agrees) {
    return {
      ...base,
      effective: { low: configuredSeconds, best: configuredSeconds, high: configuredSeconds, source: 'registry' },
    };
  }
  if (measured.low !== null && measured.high !== null) {
    const { low, best, high } = measured;
    return { ...base, effective: { low, best, high, source: 'measured' } };
  }
  return { ...base, effective: { ...narrowed(measured), source: 'assumed' } };
}

function interval({ low, best, high }: MeasuredDelay): Estimate | null {
  return low === null && high === null ? null : { low: low ?? 0, best, high };
}

/** The assumption, cut to what one measured bound allows. */
function narrowed(measured: MeasuredDelay): Estimate {
  const assumedHigh = ASSUMED_TIME_WAIT.high ?? LEGAL_TIME_WAIT.high;
  if (measured.high !== null) {
    return measured.high < ASSUMED_TIME_WAIT.low
      ? { low: LEGAL_TIME_WAIT.low, best: null, high: measured.high }
      : { low: ASSUMED_TIME_WAIT.low, best: null, high: Math.min(assumedHigh, measured.high) };
  }
  const low = Math.max(ASSUMED_TIME_WAIT.low, measured.low ?? 0);
  return { low, best: null, high: Math.max(assumedHigh, low) };
}

function configuredDelay(settings: TimeWaitInput['settings']): { value: number; ref: SourceRef } | null {
  for (const { file, record } of settings) {
    if (record.kind !== 'registry-value' || !isParametersKey(record.path) || record.value === null) continue;
    if (record.name.toLowerCase() !== 'tcptimedwaitdelay') continue;
    if (record.value < LEGAL_TIME_WAIT.low || record.value > LEGAL_TIME_WAIT.high) continue;
    return { value: record.value, ref: { file, line: record.line, record: null, row: record.text } };
  }
  return null;
}
