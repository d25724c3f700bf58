import type { Attribution, ConsumerBasis } from '../../model/report.js';
import { grouped } from '../../model/grouped.js';
import type { DestinationOwners } from './destination-owners.js';
import { joinedHolding, type Holding, type SnapshotHoldings } from './snapshot-holdings.js';
import type { SourceRef } from '../../model/source-ref.js';
import { LEDGER_CLASSES } from '../../model/report.js';
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

/**
 * The ladder, for what PID 0 hides: a log event that names the process, the same tuple alive with an owner, earlier or later (`laterOwners`,
 * consumers by tuple), then the only consumer with live connections to that
 * destination within 300 s, then candidates weighted by how their connections there turn over (or did at other times), then the
 * destination alone. Server-side TIME_WAIT was taken out before: it holds no dynamic port.
 */
export function attribute(
  holdings: SnapshotHoldings,
  atMs: number | null,
  owners: DestinationOwners,
  laterOwners: ReadonlyMap<number, number>,
  serverSide: number,
  isDirectionUnknown: (destination: number) => boolean,
  delay: Estimate = ASSUMED_DELAY_SECONDS,
  joined: (consumer: number) => number = (consumer) => consumer,
): AttributionResult {
  const consumers = new Map<number, AttributedConsumer>();
  const parts = grouped(
    Array.from(holdings.holdings.values(), (holding) => [joined(holding.consumer), holding] as const),
  );
  for (const [id, [first, ...others]] of parts) {
    if (first !== undefined) {
      entryOf(consumers, id).holding = others.length === 0 ? first : joinedHolding(first, others, id);
    }
  }
  for (const holding of holdings.holdings.values()) {
    const entry = entryOf(consumers, joined(holding.consumer));
    entry.owned += LEDGER_CLASSES.reduce((total, name) => total + holding.owned[name], 0);
    entry.logged += holding.logged;
    entry.sameTuple += holding.sameTuple;
    entry.refs.push(...holding.sources.refs);
    entry.refCount += holding.sources.count;
    for (const [destination, ports] of holding.destinations) {
      entry.destinations.set(destination, (entry.destinations.get(destination) ?? 0) + ports);
    }
  }
  let { exact } = holdings;
  let soleOwner = 0;
  let candidates = 0;
  let destinationOnly = 0;
  let directionUnknown = 0;
  let booked = holdings.exact;
  for (const held of holdings.destinations.values()) {
    booked += held.unresolved;
    let { unresolved } = held;
    for (const key of held.unresolvedKeys) {
      const later = laterOwners.get(key);
      if (later === undefined) continue;
      exact += 1;
      unresolved -= 1;
      give(entryOf(consumers, joined(later)), held.destination, 1, 'sameTuple', held.sources.refs);
    }
    if (unresolved === 0) continue;
    const { near, ever } = owners.ownersOf(held.destination, atMs);
    const pool = near.size > 0 ? near : ever;
    const { ports, unexplained } = candidateWeights(
      unresolved,
      [...pool].map(([consumer, live]) => ({
        consumer,
        ports: live,
        opening: owners.turnover.paceOf(held.destination, consumer),
      })),
      delay,
    );
    const alone = new Set([...near.keys()].map(joined)).size === 1 && unexplained === 0;
    if (!alone)
      for (const id of new Set([...ports.keys()].map(joined))) entryOf(consumers, id).candidateOf += unresolved;
    for (const [consumer, part] of ports) {
      const entry = entryOf(consumers, joined(consumer));
      give(entry, held.destination, part, alone ? 'soleOwner' : 'candidate', held.sources.refs);
    }
    if (alone) soleOwner += unresolved;
    else candidates += unresolved - unexplained;
    if (ever.size === 0 && isDirectionUnknown(held.destination)) directionUnknown += unresolved;
    else destinationOnly += unexplained;
  }
  const { clientTimeWait } = holdings;
  return {
    consumers: [...consumers.values()].sort((a, b) => total(b) - total(a) || a.consumer - b.consumer),
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
