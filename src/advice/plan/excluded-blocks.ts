import type { HostFacts } from '../../measure/facts.js';
import type { MechanismRecord } from '../../mechanisms/mechanism.js';
import { ADDRESS_FAMILIES, type AddressFamily } from '../../model/endpoint.js';
import { lastPort } from '../../model/port.js';

/** Blocks this small were put there for one service on purpose. WinNAT and the Host Network Service reserve 100 ports at a time. */
const SMALLEST_BLOCK = 100;

/** An administered block as it was listed, not as far as the range goes: netsh deletes a block only by its own start and length. */
export interface AdministeredBlock {
  readonly first: number;
  readonly last: number;
  /** Where it was listed; a list that names no family is taken for IPv4's. */
  readonly families: readonly AddressFamily[];
}

/** Large exclusions that reach into the range: those somebody set, and those that services reserved when they started. */
export interface FreeableExclusions {
  readonly administered: readonly AdministeredBlock[];
  /** As [first, last], merged where they touch. */
  readonly reserved: readonly (readonly [number, number])[];
}

export const NOTHING_TO_FREE: FreeableExclusions = { administered: [], reserved: [] };

/** What could be given back where exclusions may be what makes the pool too small; else nothing. */
export function freeableExclusions({ evidence, pool }: HostFacts, main: MechanismRecord | null): FreeableExclusions {
  if (main?.ports !== 'range' || pool.kind !== 'dynamic') return NOTHING_TO_FREE;
  const administered = new Map<string, { first: number; last: number; families: Set<AddressFamily> }>();
  const reserved: [number, number][] = [];
  for (const { record } of evidence.settings) {
    if (record.kind !== 'exclusion' || (record.transport ?? 'tcp') !== 'tcp') continue;
    const { start, end } = record;
    if (end - start + 1 < SMALLEST_BLOCK || end < pool.range.start || start > lastPort(pool.range)) continue;
    if (!record.administered) {
      reserved.push([start, end]);
      continue;
    }
    const key = `${String(start)}-${String(end)}`;
    const block = administered.get(key) ?? { first: start, last: end, families: new Set() };
    block.families.add(record.family ?? 'ipv4');
    administered.set(key, block);
  }
  return {
    administered: [...administered.values()]
      .sort((a, b) => a.first - b.first || a.last - b.last)
      .map((block) => ({ ...block, families: ADDRESS_FAMILIES.filter((family) => block.families.has(family)) })),
    reserved: merged(reserved),
  };
}

/** All of them as [first, last], in order. */
export function freedBlocks({ administered, reserved }: FreeableExclusions): [number, number][] {
  const all = [...administered.map(({ first, last }) => [first, last] as const), ...reserved];
  return all.map(([first, last]): [number, number] => [first, last]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

export function portsIn(blocks: readonly (readonly [number, number])[]): number {
  return blocks.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

function merged(blocks: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [first, last] of blocks.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const previous = result.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else result.push([first, last]);
  }
  return result;
}
