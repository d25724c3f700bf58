import type { HostFacts } from '../../measure/facts.js';
import type { MechanismRecord } from '../../mechanisms/mechanism.js';
import { ADDRESS_FAMILIES, type AddressFamily } from '../../model/endpoint.js';
import { lastPort } from '../../model/port.js';
import { imageKey } from '../../model/process.js';

/** Blocks this small were put there for one service on purpose. WinNAT and the Host Network Service reserve 100 ports at a time. */
const SMALLEST_BLOCK = 100;
/** Excluded blocks that take less of the range than this are not what it lacks. */
const SHARE_THAT_MATTERS = 0.1;
/** Stands with a star on most machines with Hyper-V or Docker, which set it themselves: nobody is to delete it. */
export const OWN_BLOCK_OF_HYPER_V = { first: 50_000, last: 50_059 } as const;
/** What runs containers: stopping their NAT cuts them off. As `imageKey` has them. */
const CONTAINER_IMAGES = ['kubelet', 'dockerd', 'containerd', 'vmcompute'];

/** An administered block as it was listed, not as far as the range goes: netsh deletes a block only by its own start and length. */
export interface AdministeredBlock {
  readonly first: number;
  readonly last: number;
  /** Where it was listed; a list that names no family is taken for IPv4's. */
  readonly families: readonly AddressFamily[];
}

/** Large exclusions that reach into the range and eat a share of it that matters: those somebody set, and those that services reserved. */
export interface ExcludedBlocks {
  readonly administered: readonly AdministeredBlock[];
  /** As [first, last], merged where they touch. */
  readonly reserved: readonly (readonly [number, number])[];
}

/** What could be asked back where exclusions may be what makes the pool too small; else nothing. No plan counts on it. */
export function excludedBlocks({ evidence, pool }: HostFacts, main: MechanismRecord | null): ExcludedBlocks {
  if (main?.ports !== 'range' || pool.kind !== 'dynamic') return { administered: [], reserved: [] };
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
  const least = pool.range.count * SHARE_THAT_MATTERS;
  const blocks = [...administered.values()].sort((a, b) => a.first - b.first || a.last - b.last);
  const ofServices = merged(reserved);
  return {
    administered:
      portsIn(blocks.map(({ first, last }) => [first, last] as const)) < least
        ? []
        : blocks.map((block) => ({ ...block, families: ADDRESS_FAMILIES.filter((one) => block.families.has(one)) })),
    reserved: portsIn(ofServices) < least ? [] : ofServices,
  };
}

/** Whether anything shows that this host runs containers. */
export function runsContainers(facts: HostFacts): boolean {
  return runsOneOf(facts, CONTAINER_IMAGES);
}

/** Whether anything shows that this host is a node of Kubernetes. */
export function isKubernetesNode(facts: HostFacts): boolean {
  return runsOneOf(facts, ['kubelet']);
}

function runsOneOf({ evidence, identities, listeners }: HostFacts, wanted: readonly string[]): boolean {
  const images = [
    ...evidence.processes.images(),
    ...identities.map(({ process }) => process),
    ...listeners.flatMap(({ process }) => process ?? []),
  ];
  return images.some((image) => wanted.includes(imageKey(image)));
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
