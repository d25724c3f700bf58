import type { Estimate } from '../../model/estimate.js';
import type { LiveOwner } from './candidate-weights.js';
import type { OpeningPace } from './connection-lifetimes.js';

/**
 * Connections of one consumer that came or went under watch. Had another opened half of all, and were its calls about as long, only
 * one in two to the fifth of such captures (3 %) would meet five of the one and none of the other.
 */
const TURNOVER_NEEDED = 5;

/**
 * Where no connection is seen to come or go, as in a single table, those met alive may be a pool that is hours old, beside a program
 * whose calls are too short to be met. They count only where they are as many as calls of this length would show at the pace at which
 * TIME_WAIT fills: 27 for a full default pool in 120 s. A convention of this program.
 */
const ORDINARY_CALL_SECONDS = 0.2;

/** Fewer say nothing of a rate, and nobody is blamed for them. */
const WAITING_TO_CONTEST = 10;

/** So few of the rows met alive are no rival's: its calls would have to be a hundred times shorter than those of the others. */
const RIVAL_SHARE = 0.01;

/** What is known of the candidates for one destination. */
interface Candidates {
  /** Rows in TIME_WAIT of which no other row tells the owner. */
  readonly waiting: number;
  readonly delay: Pick<Estimate, 'low'>;
  readonly owners: readonly LiveOwner[];
  /** Those first met in a later table: no rivals of one met before. */
  readonly later: ReadonlySet<number>;
  /** The consumer that another has become part of, or itself. */
  readonly joined: (consumer: number) => number;
  /** Connections of it to that service that came or went between tables, or were seconds old. */
  readonly turnoverOf: (consumer: number) => number;
  /** Rows in TIME_WAIT that a log of connections names it for. */
  readonly loggedOf: (consumer: number) => number;
}

/**
 * Those of whom nothing shows that they opened what waits: the only one, where it was hardly seen to open anything, and all where
 * several open too quickly to be counted. Rows met alive order none of these: they are the rate times the length of a call, and the
 * one with fewest may have opened most.
 */
export function contestedOpeners(candidates: Candidates): ReadonlySet<number> {
  const { waiting, owners, joined } = candidates;
  if (waiting < WAITING_TO_CONTEST) return new Set();
  const met = new Map<number, number>();
  // What a log names has its own rows by name, and is no rival for the others.
  const quick = owners.filter(
    ({ consumer, opening }) =>
      (opening.kind === 'uncounted' || opening.kind === 'unknown') && candidates.loggedOf(consumer) < TURNOVER_NEEDED,
  );
  for (const owner of quick) met.set(joined(owner.consumer), (met.get(joined(owner.consumer)) ?? 0) + rowsMet(owner));
  const all = [...met.values()].reduce((sum, rows) => sum + rows, 0);
  const before = new Set(quick.flatMap(({ consumer }) => (candidates.later.has(consumer) ? [] : [joined(consumer)])));
  const rivals = [...met].filter(
    ([consumer, rows]) => rows >= all * RIVAL_SHARE && (before.size === 0 || before.has(consumer)),
  );
  const [only, ...others] = rivals.map(([consumer]) => consumer);
  const isShown = only !== undefined && others.length === 0 && isSeenToOpen(only, quick, candidates);
  return isShown ? new Set() : new Set(quick.map(({ consumer }) => consumer));
}

function rowsMet({ ports, opening }: LiveOwner): number {
  return opening.kind === 'uncounted' ? opening.tuples : ports;
}

function isSeenToOpen(only: number, owners: readonly LiveOwner[], { waiting, delay, turnoverOf }: Candidates): boolean {
  if (turnoverOf(only) >= TURNOVER_NEEDED) return true;
  // Watched, and hardly ever seen to come or go.
  if (owners.some(({ opening }) => opening.kind === 'uncounted')) return false;
  const alive = owners.reduce((sum, { ports }) => sum + ports, 0);
  return alive >= (waiting / delay.low) * ORDINARY_CALL_SECONDS;
}

interface Services {
  readonly remotePortOf: (destination: number) => number;
  readonly joined: (consumer: number) => number;
  readonly nearOf: (destination: number) => Iterable<number>;
  readonly paceOf: (destination: number, consumer: number) => OpeningPace;
}

/** By remote port and consumer, the connections that came or went under watch, too short to be counted. */
export function turnoverByService(
  destinations: readonly number[],
  { remotePortOf, joined, nearOf, paceOf }: Services,
): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const byPort = new Map<number, Map<number, number>>();
  for (const destination of destinations) {
    const port = remotePortOf(destination);
    const here = byPort.get(port) ?? new Map<number, number>();
    byPort.set(port, here);
    for (const consumer of nearOf(destination)) {
      const pace = paceOf(destination, consumer);
      if (pace.kind !== 'uncounted') continue;
      const id = joined(consumer);
      here.set(id, (here.get(id) ?? 0) + pace.tuples);
    }
  }
  return byPort;
}
