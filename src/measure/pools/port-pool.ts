import type { Transport } from '../../model/connection.js';
import type { AddressFamily } from '../../model/endpoint.js';
import { inRange, lastPort, type PortRange } from '../../model/port.js';
import type { Pool, PoolFamily } from '../../model/report-ports.js';
import type { SettingRecord } from '../../model/setting.js';
import type { SourceRef } from '../../model/source-ref.js';

/** Vista and later: 49152 to 65535. Source: Microsoft, "Default dynamic port range for TCP/IP has changed". */
export const WINDOWS_DEFAULT_RANGE: PortRange = { start: 49_152, count: 16_384 };
/** What MaxUserPort means on Vista and later: 1025 (or 1024, sources differ by one) up to its value. */
export const MAX_USER_PORT_START = 1025;

/** A pool of ports that the system hands out, as far as the settings define it; who holds them is the ledger's part. */
export interface PortPool {
  readonly id: string;
  readonly transport: Transport;
  readonly family: PoolFamily;
  readonly kind: 'dynamic' | 'auto-reuse';
  readonly range: PortRange;
  readonly rangeSource: Pool['rangeSource'];
  readonly rangeRefs: readonly SourceRef[];
  /** Excluded blocks inside the range, as [first, last], merged and in order. */
  readonly exclusions: readonly { readonly first: number; readonly last: number; readonly administered: boolean }[];
  readonly excluded: number;
  /** Whether a list of excluded ranges was captured at all. */
  readonly exclusionsCaptured: boolean;
}

export interface PoolSettings {
  readonly settings: readonly { readonly file: string; readonly record: SettingRecord }[];
  /** `--range`. */
  readonly option: PortRange | null;
}

/** The pools of a host: TCP combined first (the primary one), TCP per family, the auto-reuse pool where one is set, UDP. */
export function poolsOf(input: PoolSettings): PortPool[] {
  const pools = [
    poolFor(input, 'tcp', 'tcp', 'combined'),
    poolFor(input, 'tcp-ipv4', 'tcp', 'ipv4'),
    poolFor(input, 'tcp-ipv6', 'tcp', 'ipv6'),
  ];
  const reuse = findRange(input, 'tcp', 'combined', 'auto-reuse');
  if (reuse !== null)
    pools.push(
      withExclusions(input, {
        id: 'tcp-auto-reuse',
        transport: 'tcp',
        family: 'combined',
        kind: 'auto-reuse',
        ...reuse,
      }),
    );
  pools.push(poolFor(input, 'udp', 'udp', 'combined'));
  return pools;
}

/** True when the pool may hand out this port: inside the range and not excluded. */
export function holdsPort(pool: PortPool, port: number): boolean {
  return inRange(pool.range, port) && !pool.exclusions.some((block) => port >= block.first && port <= block.last);
}

interface FoundRange {
  readonly range: PortRange;
  readonly rangeSource: Pool['rangeSource'];
  readonly rangeRefs: readonly SourceRef[];
}

function poolFor(input: PoolSettings, id: string, transport: Transport, family: PoolFamily): PortPool {
  const found = findRange(input, transport, family, 'dynamic') ?? {
    range: WINDOWS_DEFAULT_RANGE,
    rangeSource: 'assumed-default' as const,
    rangeRefs: [],
  };
  return withExclusions(input, { id, transport, family, kind: 'dynamic', ...found });
}

/**
 * The range of a pool, surest statement first: the option, netsh, Get-NetTCPSetting, then MaxUserPort (probable only: no source
 * says which of netsh and the registry wins). The combined TCP pool takes IPv4's range.
 */
function findRange(
  input: PoolSettings,
  transport: Transport,
  family: PoolFamily,
  kind: 'dynamic' | 'auto-reuse',
): FoundRange | null {
  if (input.option !== null && transport === 'tcp' && kind === 'dynamic') {
    return { range: input.option, rangeSource: 'option', rangeRefs: [] };
  }
  for (const origin of ['netsh', 'Get-NetTCPSetting'] as const) {
    const stated = input.settings.filter(
      ({ record }) =>
        record.kind === 'dynamic-range' &&
        record.origin === origin &&
        record.pool === kind &&
        (record.transport ?? 'tcp') === transport,
    );
    const wanted: AddressFamily = family === 'ipv6' ? 'ipv6' : 'ipv4';
    const best =
      stated.find(({ record }) => record.kind === 'dynamic-range' && record.family === wanted) ??
      stated.find(({ record }) => record.kind === 'dynamic-range' && record.family === null) ??
      (family === 'combined' ? stated[0] : undefined);
    if (best?.record.kind === 'dynamic-range') {
      const { start, count, line, text } = best.record;
      const rangeRefs = [{ file: best.file, line, record: null, row: text }];
      return { range: { start, count }, rangeSource: origin, rangeRefs };
    }
  }
  return kind === 'auto-reuse' || transport === 'udp' ? null : rangeOfMaxUserPort(input);
}

function rangeOfMaxUserPort({ settings }: PoolSettings): FoundRange | null {
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
  };
}

/** `Tcpip\Parameters` itself, not a key below it. */
export function isParametersKey(path: string): boolean {
  return path.toLowerCase() === 'tcpip\\parameters';
}

function withExclusions(
  input: PoolSettings,
  pool: Omit<PortPool, 'exclusions' | 'excluded' | 'exclusionsCaptured'>,
): PortPool {
  const end = lastPort(pool.range);
  const wantedFamily = pool.family === 'combined' ? null : pool.family;
  const blocks: { first: number; last: number; administered: boolean }[] = [];
  let exclusionsCaptured = false;
  for (const { record } of input.settings) {
    if (record.kind !== 'exclusion' && record.kind !== 'exclusions-listed') continue;
    if ((record.transport ?? pool.transport) !== pool.transport) continue;
    if (wantedFamily !== null && record.family !== null && record.family !== wantedFamily) continue;
    if (record.kind === 'exclusions-listed') exclusionsCaptured = true;
    else if (record.end >= pool.range.start && record.start <= end) {
      blocks.push({
        first: Math.max(record.start, pool.range.start),
        last: Math.min(record.end, end),
        administered: record.administered,
      });
    }
  }
  const exclusions = merged(blocks);
  const excluded = exclusions.reduce((total, block) => total + block.last - block.first + 1, 0);
  return { ...pool, exclusions, excluded, exclusionsCaptured };
}

/** Overlapping blocks (listed before and after, for both families) become one. */
function merged(blocks: { first: number; last: number; administered: boolean }[]): PortPool['exclusions'] {
  const sorted = [...blocks].sort((a, b) => a.first - b.first || a.last - b.last);
  const result: { first: number; last: number; administered: boolean }[] = [];
  for (const block of sorted) {
    const previous = result.at(-1);
    if (previous !== undefined && block.first <= previous.last) {
      previous.last = Math.max(previous.last, block.last);
      previous.administered = previous.administered && block.administered;
    } else result.push({ ...block });
  }
  return result;
}
