import { consumerNames } from '../measure/owners/consumer-name.js';
import type { HostFacts } from '../measure/facts.js';

/** What the sentence of a verdict is told beside the facts. */
export interface Blame {
  /** Consumers at fault, by id. */
  readonly atFault: readonly number[];
  /** It is shown that the pool ran out. */
  readonly exhausted: boolean;
}

/** More names than this are counted, not listed, in the sentence. */
const MAX_NAMES = 3;

/** Those at fault for a sentence: at most three names, and how many more there are. */
export function namedBlame(
  { identities }: HostFacts,
  { atFault }: Pick<Blame, 'atFault'>,
): { processes: string[]; others: number } {
  const names = consumerNames(identities, atFault);
  return { processes: names.slice(0, MAX_NAMES), others: Math.max(names.length - MAX_NAMES, 0) };
}

/** The sentence names the range where it is not the dynamic one. */
export function namedRange({ pool }: HostFacts): { range?: 'auto-reuse' } {
  return pool.kind === 'auto-reuse' ? { range: 'auto-reuse' } : {};
}
