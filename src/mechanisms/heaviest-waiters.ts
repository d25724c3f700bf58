import type { HostFacts } from '../measure/facts.js';
import { namedBlame } from './blame.js';
import { DOMINANT_SHARE } from './thresholds.js';

/** A candidate estimated at half as much as another may have had more: both are met alive a few times among thousands. */
const ALIKE_SHARE = 0.5;

/** What waits by consumer, those with most first. */
function waitersOf({ consumers }: HostFacts) {
  return consumers
    .map(({ identity, attributed: { logged, sameTuple, soleOwner, candidate, contested } }) => {
      const sure = logged + sameTuple + soleOwner;
      const ports = sure + candidate;
      return { consumer: identity.id, ports, isGuess: candidate > sure, isContested: contested > ports - contested };
    })
    .filter(({ ports }) => ports > 0)
    .sort((a, b) => b.ports - a.ports);
}

/**
 * The consumers that hold most of the waiting ports between them: the fewest that make up half of those attributed. Nobody where
 * less than half of TIME_WAIT could be attributed at all, or half of it to programs of which nothing shows that they opened it: the
 * one to blame may be one that no table shows.
 */
export function heaviestWaiters(facts: HostFacts): number[] {
  const waiting = waitersOf(facts);
  const all = waiting.reduce((total, { ports }) => total + ports, 0);
  if (all < facts.attribution.clientTimeWait * DOMINANT_SHARE) return [];
  const decided = waiting.filter(({ isContested }) => !isContested);
  const chosen: typeof waiting = [];
  let covered = 0;
  for (const one of decided) {
    if (covered >= all * DOMINANT_SHARE) break;
    chosen.push(one);
    covered += one.ports;
  }
  if (covered < all * DOMINANT_SHARE) return [];
  const [first] = chosen;
  // Rows that are met alive do not order candidates whose estimates are alike.
  const alike = decided.filter(
    (one) => first?.isGuess === true && one.isGuess && one.ports >= first.ports * ALIKE_SHARE && !chosen.includes(one),
  );
  return [...chosen, ...alike].map(({ consumer }) => consumer);
}

/** With less than this of what waits a candidate is not worth its name in the sentence. */
const PERHAPS_SHARE = 0.01;

/** Those who may have opened it, and of whom nothing shows it; nobody where they are more than a sentence can name. */
export function perhaps(facts: HostFacts): { perhaps?: string[] } {
  const contested = waitersOf(facts).filter(
    ({ isContested, ports }) => isContested && ports >= facts.attribution.clientTimeWait * PERHAPS_SHARE,
  );
  const { processes, others } = namedBlame(facts, { atFault: contested.map(({ consumer }) => consumer) });
  return processes.length === 0 || others > 0 ? {} : { perhaps: processes };
}
