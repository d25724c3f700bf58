import type { Transport } from '../../model/connection.js';
import { inRange, lastPort, type PortRange } from '../../model/port.js';
import type { Pool, PoolFamily } from '../../model/report-ports.js';
import type { SourceRef } from '../../model/source-ref.js';
import { rangeInEffect, statedRanges, type DoubtedRange, type PoolSettings } from './range-in-effect.js';

/** A pool of ports that the system hands out, as far as the settings define it; who holds them is the ledger's part. */
export interface PortPool {
  readonly id: string;
  readonly transport: Transport;
  readonly family: PoolFamily;
  readonly kind: 'dynamic' | 'auto-reuse';
  readonly range: PortRange;
  readonly rangeSource: Pool['rangeSource'];
  readonly rangeRefs: readonly SourceRef[];
  /** A range that a file states, or that is assumed, and that the client ports in the tables speak against; null without one. */
  readonly doubted: DoubtedRange | null;
  /** Excluded blocks inside the range, as [first, last], merged and in order. */
  readonly exclusions: readonly { readonly first: number; readonly last: number; readonly administered: boolean }[];
  readonly excluded: number;
  /** Whether a list of excluded ranges was captured at all. */
  readonly exclusionsCaptured: boolean;
}

/** The pools of a host: TCP combined first (the primary one), TCP per family, the auto-reuse pool where one is set, UDP. */
export function poolsOf(input: PoolSettings): PortPool[] {
  const pools = [
    poolFor(input, 'tcp', 'tcp', 'combined'),
    poolFor(input, 'tcp-ipv4', 'tcp', 'ipv4'),
    poolFor(input, 'tcp-ipv6', 'tcp', 'ipv6'),
  ];
  const [reuse] = statedRanges(input, 'tcp', 'combined', 'auto-reuse');
  if (reuse !== undefined) {
    const { range, rangeSource, rangeRefs } = reuse;
    pools.push(
      withExclusions(input, {
        id: 'tcp-auto-reuse',
        transport: 'tcp',
        family: 'combined',
        kind: 'auto-reuse',
        ...{ range, rangeSource, rangeRefs },
        doubted: null,
      }),
    );
  }
  pools.push(poolFor(input, 'udp', 'udp', 'combined'));
  return pools;
}

/** True when the pool may hand out this port: inside the range and not excluded. */
export function holdsPort(pool: PortPool, port: number): boolean {
  return inRange(pool.range, port) && !pool.exclusions.some((block) => port >= block.first && port <= block.last);
}

function poolFor(input: PoolSettings, id: string, transport: Transport, family: PoolFamily): PortPool {
  return withExclusions(input, { id, transport, family, kind: 'dynamic', ...rangeInEffect(input, transport, family) });
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
