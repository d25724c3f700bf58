import type { Attribution, ConsumerBasis } from '../../model/report-holders.js';
import { grouped } from '../../model/grouped.js';
import type { DestinationOwners } from './destination-owners.js';
import { joinedHolding, type DestinationHolding, type Holding, type SnapshotHoldings } from './snapshot-holdings.js';
import type { SourceRef } from '../../model/source-ref.js';
import { LEDGER_CLASSES } from '../../model/report-ports.js';
import type { Estimate } from '../../model/estimate.js';
import { candidateWeights } from './candidate-weights.js';
import { ASSUMED_DELAY_SECONDS } from '../../model/legal-delay.js';

/** One consumer's ports with the surest and the least sure part kept apart. */
export interface AttributedConsumer {
  readonly consumer: number;
  holding: Holding | null;
  /** By PID in the table. */
  owned: number;
  /** By a log event that names process and port. */
  logged: number;
  sameTuple: number;
  soleOwner: number;
  /** Its share of ports that several consumers may have held. */
  candidate: number;
  /** All of those ports: as many it may have held. */
  candidateOf: number;
  readonly destinations: Map<number, number>;
  readonly refs: SourceRef[];
  refCount: number;
}

export interface AttributionResult {
  readonly consumers: readonly AttributedConsumer[];
  readonly attribution: Attribution;
}

/** One snapshot, and what all others say of who it may have been. */
export interface AttributionInput {
  readonly holdings: SnapshotHoldings;
  readonly atMs: number | null;
  readonly owners: Pick<DestinationOwners, 'ownersOf' | 'paceOf'>;
  /** Consumers that had a tuple alive later, by tuple. */
  readonly laterOwners: ReadonlyMap<number, number>;
  readonly serverSideTimeWait: number;
  readonly isDirectionUnknown: (destination: number) => boolean;
  readonly delay?: Estimate;
  /** The consumer that another has become part of, or itself. */
  readonly joined?: (consumer: number) => number;
}

/**
 * The ladder, for what PID 0 hides: a log event that names the process, the same tuple alive with an owner, earlier or later, then
 * the only consumer with live connections to that destination within 300 s, then candidates weighted by how their connections there
 * turn over (or did at other times), then the destination alone. Server-side TIME_WAIT was taken out before: it holds no dynamic port.
 */
export function attribute(input: AttributionInput): AttributionResult {
  const { holdings, serverSideTimeWait: serverSide } = input;
  const ladder = new Ladder(input);
  for (const held of holdings.destinations.values()) ladder.bookDestination(held);
  const { exact, soleOwner, candidates, destinationOnly, directionUnknown, booked } = ladder;
  const { clientTimeWait } = holdings;
  return {
    consumers: ladder.consumers(),
    attribution: {
      clientTimeWait,
      exact,
      soleOwner,
      candidates,
      destinationOnly,
      directionUnknown,
      unknown: clientTimeWait - booked,
      serverSide,
      coverage: clientTimeWait === 0 ? null : (exact + soleOwner) / clientTimeWait,
    },
  };
}

/** Ports by the rung they are booked on. */
class Ladder {
  exact: number;
  soleOwner = 0;
  candidates = 0;
  destinationOnly = 0;
  directionUnknown = 0;
  booked: number;
  readonly #input: AttributionInput;
  readonly #delay: Estimate;
  readonly #joined: (consumer: number) => number;
  readonly #consumers = new Map<number, AttributedConsumer>();

  constructor(input: AttributionInput) {
    this.#input = input;
    this.#delay = input.delay ?? ASSUMED_DELAY_SECONDS;
    this.#joined = input.joined ?? ((consumer) => consumer);
    this.exact = input.holdings.exact;
    this.booked = input.holdings.exact;
    this.#bookOwned([...input.holdings.holdings.values()]);
  }

  /** Those with most ports first. */
  consumers(): AttributedConsumer[] {
    return [...this.#consumers.values()].sort((a, b) => total(b) - total(a) || a.consumer - b.consumer);
  }

  bookDestination(held: DestinationHolding): void {
    this.booked += held.unresolved;
    const unresolved = held.unresolved - this.#bookLater(held);
    if (unresolved === 0) return;
    const { near, ever } = this.#input.owners.ownersOf(held.destination, this.#input.atMs);
    const unexplained = this.#bookCandidates(held, unresolved, near, ever);
    if (ever.size === 0 && this.#input.isDirectionUnknown(held.destination)) this.directionUnknown += unresolved;
    else this.destinationOnly += unexplained;
  }

  #bookOwned(holdings: readonly Holding[]): void {
    const parts = grouped(holdings.map((holding) => [this.#joined(holding.consumer), holding] as const));
    for (const [id, [first, ...others]] of parts) {
      if (first !== undefined)
        this.#entryOf(id).holding = others.length === 0 ? first : joinedHolding(first, others, id);
    }
    for (const holding of holdings) {
      const entry = this.#entryOf(holding.consumer);
      entry.owned += LEDGER_CLASSES.reduce((sum, name) => sum + holding.owned[name], 0);
      entry.logged += holding.logged;
      entry.sameTuple += holding.sameTuple;
      entry.refs.push(...holding.sources.refs);
      entry.refCount += holding.sources.count;
      for (const [destination, ports] of holding.destinations) {
        entry.destinations.set(destination, (entry.destinations.get(destination) ?? 0) + ports);
      }
    }
  }

  /** How many of its tuples somebody had alive later. */
  #bookLater({ destination, unresolvedKeys, sources }: DestinationHolding): number {
    let resolved = 0;
    for (const key of unresolvedKeys) {
      const later = this.#input.laterOwners.get(key);
      if (later === undefined) continue;
      resolved += 1;
      give(this.#entryOf(later), destination, 1, 'sameTuple', sources.refs);
    }
    this.exact += resolved;
    return resolved;
  }

  /** How many ports are left that none of the candidates explains. */
  #bookCandidates(
    { destination, sources }: DestinationHolding,
    unresolved: number,
    near: ReadonlyMap<number, number>,
    ever: ReadonlyMap<number, number>,
  ): number {
    const candidates = [...(near.size > 0 ? near : ever)].map(([consumer, ports]) => ({
      consumer,
      ports,
      opening: this.#input.owners.paceOf(destination, consumer),
    }));
    const { ports, unexplained } = candidateWeights(unresolved, candidates, this.#delay);
    const alone = new Set([...near.keys()].map(this.#joined)).size === 1 && unexplained === 0;
    if (!alone) {
      for (const id of new Set([...ports.keys()].map(this.#joined))) this.#entryOf(id).candidateOf += unresolved;
    }
    const rung = alone ? 'soleOwner' : 'candidate';
    for (const [consumer, part] of ports) give(this.#entryOf(consumer), destination, part, rung, sources.refs);
    if (alone) this.soleOwner += unresolved;
    else this.candidates += unresolved - unexplained;
    return unexplained;
  }

  #entryOf(consumer: number): AttributedConsumer {
    return entryOf(this.#consumers, this.#joined(consumer));
  }
}

export function total(consumer: AttributedConsumer): number {
  return consumer.owned + consumer.logged + consumer.sameTuple + consumer.soleOwner + consumer.candidate;
}

/** The rung that most of the consumer's ports stand on. */
export function basisOf(consumer: AttributedConsumer): ConsumerBasis {
  const { owned, logged, sameTuple, soleOwner, candidate } = consumer;
  const most = Math.max(owned, logged, sameTuple, soleOwner, candidate);
  if (most === owned) return 'owned';
  if (most === logged) return 'log-event';
  if (most === sameTuple) return 'same-tuple';
  return most === soleOwner ? 'sole-owner-of-destination' : 'weighted-candidates';
}

function give(
  entry: AttributedConsumer,
  destination: number,
  ports: number,
  rung: 'sameTuple' | 'soleOwner' | 'candidate',
  refs: readonly SourceRef[],
): void {
  entry[rung] += ports;
  entry.destinations.set(destination, (entry.destinations.get(destination) ?? 0) + ports);
  entry.refs.push(...refs);
  entry.refCount += Math.round(ports);
}

function entryOf(consumers: Map<number, AttributedConsumer>, consumer: number): AttributedConsumer {
  let entry = consumers.get(consumer);
  if (entry === undefined) {
    entry = {
      consumer,
      holding: null,
      owned: 0,
      logged: 0,
      sameTuple: 0,
      soleOwner: 0,
      candidate: 0,
      candidateOf: 0,
      destinations: new Map(),
      refs: [],
      refCount: 0,
    };
    consumers.set(consumer, entry);
  }
  return entry;
}
