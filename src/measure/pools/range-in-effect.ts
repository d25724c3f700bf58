import type { Transport } from '../../model/connection.js';
import { ADDRESS_FAMILIES, type AddressFamily } from '../../model/endpoint.js';
import { inRange, type PortRange } from '../../model/port.js';
import type { Pool, PoolFamily } from '../../model/report-ports.js';
import type { SettingRecord } from '../../model/setting.js';
import type { SourceRef } from '../../model/source-ref.js';
import { assumedRange, isContradicted, isMixed, portsSeen, type SeenPorts } from './ports-seen.js';

/** What MaxUserPort means on Vista and later: 1025 (or 1024, sources differ by one) up to its value. */
export const MAX_USER_PORT_START = 1025;

export interface PoolSettings {
  readonly settings: readonly { readonly file: string; readonly record: SettingRecord }[];
  /** `--range`. */
  readonly option: PortRange | null;
  /** Local TCP ports from which the host connected to service ports, in order. */
  readonly clientPorts: Readonly<Record<AddressFamily, readonly number[]>>;
  /** Those of them that show TIME_WAIT or SYN_SENT: they were handed out within the last minutes. */
  readonly passingPorts: PoolSettings['clientPorts'];
}

interface StatedRange {
  readonly range: PortRange;
  readonly rangeSource: 'netsh' | 'Get-NetTCPSetting' | 'registry';
  readonly rangeRefs: readonly SourceRef[];
  /** The rows it speaks of: a range of netsh is of one family where it says so. */
  readonly family: AddressFamily | null;
}

/** A range that the ports in the tables do not bear out: none of them is in it, or some are and others are not. */
export interface DoubtedRange {
  readonly range: PortRange;
  readonly source: StatedRange['rangeSource'];
  readonly refs: readonly SourceRef[];
  readonly seen: SeenPorts;
}

interface RangeInEffect extends Pick<StatedRange, 'range' | 'rangeRefs'> {
  readonly rangeSource: Pool['rangeSource'];
  readonly doubted: DoubtedRange | null;
}

/**
 * The dynamic range of a pool: of those that files state the surest that the ports seen do not contradict, else one that is assumed.
 * The combined TCP pool takes IPv4's range.
 */
export function rangeInEffect(input: PoolSettings, transport: Transport, family: PoolFamily): RangeInEffect {
  if (input.option !== null && transport === 'tcp') {
    return { range: input.option, rangeSource: 'option', rangeRefs: [], doubted: null };
  }
  const stated = statedRanges(input, transport, family, 'dynamic');
  const portsOf = ({ family: own }: StatedRange): number[] => (transport === 'udp' ? [] : portsFrom(input, own));
  const isRefuted = (one: StatedRange): boolean =>
    isContradicted(one.range, portsOf(one)) && !mayBeNewer(one, input, portsOf(one));
  const inEffect = stated.find((one) => !isRefuted(one));
  const [first] = stated;
  const isDoubted =
    first !== undefined && (isContradicted(first.range, portsOf(first)) || isMixed(first.range, portsOf(first)));
  const doubted = isDoubted ? doubtedRange(first, portsOf(first)) : null;
  if (inEffect === undefined) {
    const all = transport === 'udp' ? [] : portsFrom(input, null);
    return { range: assumedRange(all), rangeSource: 'assumed-default', rangeRefs: [], doubted };
  }
  const { range, rangeSource, rangeRefs } = inEffect;
  return { range, rangeSource, rangeRefs, doubted };
}

function doubtedRange({ range, rangeSource, rangeRefs }: StatedRange, ports: readonly number[]): DoubtedRange | null {
  const seen = portsSeen(range, ports);
  return seen === null ? null : { range, source: rangeSource, refs: rangeRefs, seen };
}

/**
 * What netsh shows is in effect from the moment it was set, and connections outlive it: live ones were perhaps opened before. Those
 * that go within minutes were not; nor does anybody give a host a range smaller than the crowd it has.
 */
function mayBeNewer(
  { range, rangeSource, family }: StatedRange,
  input: PoolSettings,
  ports: readonly number[],
): boolean {
  if (rangeSource === 'registry' || ports.length > range.count) return false;
  const passing = portsFrom({ ...input, clientPorts: input.passingPorts }, family);
  return portsSeen(range, passing) === null;
}

/** Client ports of one family or of both, but for those of an auto-reuse range, which is a range of its own. */
function portsFrom(input: PoolSettings, family: AddressFamily | null): number[] {
  const reuse = statedRanges(input, 'tcp', 'combined', 'auto-reuse')[0]?.range;
  const ports = ADDRESS_FAMILIES.filter((one) => family === null || one === family).flatMap(
    (one) => input.clientPorts[one],
  );
  const own = reuse === undefined ? ports : ports.filter((port) => !inRange(reuse, port));
  return [...new Set(own)].sort((a, b) => a - b);
}

/**
 * The ranges that files state for a pool, surest statement first: netsh, Get-NetTCPSetting, then MaxUserPort (probable only: no source
 * says which of netsh and the registry wins).
 */
export function statedRanges(
  { settings }: Pick<PoolSettings, 'settings'>,
  transport: Transport,
  family: PoolFamily,
  kind: 'dynamic' | 'auto-reuse',
): StatedRange[] {
  const ranges: StatedRange[] = [];
  for (const origin of ['netsh', 'Get-NetTCPSetting'] as const) {
    const stated = settings.flatMap(({ file, record }) =>
      record.kind === 'dynamic-range' &&
      record.origin === origin &&
      record.pool === kind &&
      (record.transport ?? 'tcp') === transport
        ? [{ file, record }]
        : [],
    );
    const wanted: AddressFamily = family === 'ipv6' ? 'ipv6' : 'ipv4';
    const best =
      stated.find(({ record }) => record.family === wanted) ??
      stated.find(({ record }) => record.family === null) ??
      (family === 'combined' ? stated[0] : undefined);
    if (best === undefined) continue;
    const { start, count, line, text, family: own } = best.record;
    const rangeRefs = [{ file: best.file, line, record: null, row: text }];
    ranges.push({ range: { start, count }, rangeSource: origin, rangeRefs, family: own });
  }
  const registry = kind === 'auto-reuse' || transport === 'udp' ? null : rangeOfMaxUserPort(settings);
  return registry === null ? ranges : [...ranges, registry];
}

function rangeOfMaxUserPort(settings: PoolSettings['settings']): StatedRange | null {
  const registry = settings.find(
    ({ record }) =>
      record.kind === 'registry-value' && isParametersKey(record.path) && record.name.toLowerCase() === 'maxuserport',
  );
  if (registry?.record.kind !== 'registry-value' || registry.record.value === null) return null;
  const { value, line, text } = registry.record;
  if (value < 5000 || value > 65_534) return null;
  return {
    range: { start: MAX_USER_PORT_START, count: value - MAX_USER_PORT_START + 1 },
    rangeSource: 'registry',
    rangeRefs: [{ file: registry.file, line, record: null, row: text }],
    family: null,
  };
}

/** `Tcpip\Parameters` itself, not a key below it. */
export function isParametersKey(path: string): boolean {
  return path.toLowerCase() === 'tcpip\\parameters';
}
