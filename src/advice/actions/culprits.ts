import { consumerName } from '../../measure/owners/consumer-name.js';
import type { ConsumerIdentity } from '../../measure/owners/consumer-index.js';
import type { HostFacts } from '../../measure/facts.js';
import { culpritDestinations, hostDestinations } from '../../mechanisms/culprit-destinations.js';

/** More names than this are counted, not listed. */
const MOST_PROGRAMS_NAMED = 3;

export interface NamedCulprits {
  readonly processes: string[];
  readonly others: number;
}

/** Consumers for a sentence: at most three names, and how many more there are. */
export function namedCulprits({ identities }: Pick<HostFacts, 'identities'>, ids: readonly number[]): NamedCulprits {
  const programs = programsOf(identities, ids);
  return {
    processes: programs.slice(0, MOST_PROGRAMS_NAMED).map(consumerName),
    others: Math.max(programs.length - MOST_PROGRAMS_NAMED, 0),
  };
}

export function programsOf(identities: readonly ConsumerIdentity[], ids: readonly number[]): ConsumerIdentity[] {
  return ids.flatMap((id) => identities[id] ?? []);
}

/**
 * Where the consumers at fault connect to: one endpoint where at least half of their ports go there, one remote port likewise. Where
 * nobody is at fault, the same of all ports in use.
 */
export function destinationAtFault(
  facts: HostFacts,
  atFault: readonly number[],
): { remote: string | null; port: number | null; waiting: number; perSecond: number | null } {
  const { main, port } = atFault.length === 0 ? hostDestinations(facts) : culpritDestinations(facts, atFault);
  const there = facts.destinations.find(({ remote }) => remote === main);
  const perSecond = (main === null ? facts.demand.connectionsPerSecond : there?.perSecond)?.low ?? null;
  return { remote: main, port, waiting: there?.timeWait ?? 0, perSecond };
}
