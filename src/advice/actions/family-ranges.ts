import type { HostFacts } from '../../measure/facts.js';
import type { Transport } from '../../model/connection.js';
import { ADDRESS_FAMILIES, type AddressFamily } from '../../model/endpoint.js';
import { isSameRange, type PortRange } from '../../model/port.js';

/** netsh keeps a range for each address family. */
export interface FamilyRange {
  readonly family: AddressFamily;
  readonly current: PortRange;
  readonly recommended: PortRange;
  readonly change: boolean;
}

/** The planned range for each family that has the planned pool's range or a smaller one; a wider one stays: it would be narrowed. */
export function familyRanges({ pools, pool }: HostFacts, planned: PortRange | null): FamilyRange[] {
  const judged = pools.find(({ id }) => id === 'tcp')?.range ?? pool.range;
  return ADDRESS_FAMILIES.map((family) => {
    const { start, count } = pools.find(({ id }) => id === `tcp-${family}`)?.range ?? judged;
    const current = { start, count };
    const isJudged = isSameRange(current, judged);
    const recommended = planned === null || (!isJudged && count >= planned.count) ? current : planned;
    return { family, current, recommended, change: !isSameRange(recommended, current) };
  });
}

/** The netsh commands that set one of the two ranges of each family that changes. */
export function setFamilyRanges(ranges: readonly FamilyRange[], which: 'current' | 'recommended'): string[] {
  return ranges.filter(({ change }) => change).map((one) => setRange(one.family, one[which]));
}

export function setRange(family: AddressFamily, { start, count }: PortRange, transport: Transport = 'tcp'): string {
  return `netsh int ${family} set dynamicport ${transport} start=${String(start)} num=${String(count)}`;
}
