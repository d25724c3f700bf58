import type { Attribution } from '../../model/report-holders.js';
import { grouped } from '../../model/grouped.js';
import type { DestinationOwners } from './destination-owners.js';
import { entryOf, total, type AttributedConsumer } from './attributed-consumer.js';
import { addTowards, joinedHolding, type Holding } from './holding.js';
import type { SharedPort, SnapshotHoldings } from './snapshot-holdings.js';
import type { PortHold } from './port-holders.js';
import { partsOfPort } from './port-holds.js';
import { wholeParts } from '../numbers/whole-parts.js';
import type { Estimate } from '../../model/estimate.js';
import { candidateWeights } from './candidate-weights.js';
import { contestedOpeners, turnoverByService } from './contested-openers.js';
import { spreadOpeners, type WaitingAt } from './spread-openers.js';
import { ASSUMED_DELAY_SECONDS } from '../../model/legal-delay.js';

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
  /** Consumers that are no owners of what waits. */
  readonly passing?: ReadonlySet<number>;
  readonly remotePortOf?: (destination: number) => number;
  readonly delay?: Estimate;
  /** The consumer that another has become part of, or itself. */
  readonly joined?: (consumer: number) => number;
}

/**
 * The ladder, for what PID 0 hides: a log event that names the process, the same tuple alive with an owner, earlier or later, then
 * the only consumer with live connections to that destination within 300 s, seen to open them, then candidates weighted by how their connections there
 * turn over (or did at other times), then the destination alone. Server-side TIME_WAIT was taken out before: it holds no dynamic port.
 */
export function attribute(input: AttributionInput): AttributionResult {
  const { holdings, serverSideTimeWait: serverSide } = input;
  const ladder = new Ladder(input);
  for (const destination of holdings.destinations.keys()) ladder.bookDestination(destination);
  ladder.bookSpread();
  for (const port of holdings.shared) ladder.bookShared(port);
  const { clientTimeWait } = holdings;
  const rungs = ladder.rungs();
  return {
    consumers: ladder.consumers(),
    attribution: {
      clientTimeWait,
      ...rungs,
      serverSide,
      coverage: clientTimeWait === 0 ? null : (rungs.exact + rungs.soleOwner) / clientTimeWait,
    },
  };
}

type OpenRung = 'soleOwner' | 'candidates' | 'destinationOnly' | 'directionUnknown';

/** Whose connections wait for a destination, where no row says so: shares of one. */
interface Waiters {
  /** The consumer that has them all; null where it may be several, or nobody is known. */
  readonly alone: number | null;
  readonly shares: ReadonlyMap<number, number>;
  /** Those of them of whom nothing shows that they opened it. */
  readonly contested: ReadonlySet<number>;
  /** What none of them explains, and on which rung that stands. */
  readonly unexplained: number;
  readonly rest: OpenRung;
}

/** Ports by the rung they are booked on. */
class Ladder {
  readonly #input: AttributionInput;
  readonly #delay: Estimate;
  readonly #joined: (consumer: number) => number;
  readonly #consumers = new Map<number, AttributedConsumer>();
  readonly #waiters = new Map<number, Waiters>();
  readonly #waiting: (WaitingAt & { readonly destination: number })[] = [];
  /** Tuples on shared ports that wait without an owner, by destination. */
  readonly #sharedKeys: ReadonlyMap<number, readonly number[]>;
  readonly #rungs: Record<'exact' | OpenRung, number>;
  /** By remote port: over all endpoints of a service, for of a program that calls many there is hardly ever a row to each. */
  readonly #turnover: ReadonlyMap<number, ReadonlyMap<number, number>>;

  constructor(input: AttributionInput) {
    this.#input = input;
    this.#delay = input.delay ?? ASSUMED_DELAY_SECONDS;
    this.#joined = input.joined ?? ((consumer) => consumer);
    this.#rungs = { exact: input.holdings.exact, soleOwner: 0, candidates: 0, destinationOnly: 0, directionUnknown: 0 };
    this.#sharedKeys = grouped(
      input.holdings.shared.flatMap(({ holds }) =>
        holds.flatMap(({ consumer, destination, key }) =>
          consumer === null && destination !== null && !Number.isNaN(key) ? [[destination, key] as const] : [],
        ),
      ),
    );
    const { holdings, owners, atMs } = input;
    this.#turnover = turnoverByService([...holdings.destinations.keys()], {
      ...{ remotePortOf: (destination) => this.#remotePortOf(destination), joined: this.#joined },
      nearOf: (destination) => owners.ownersOf(destination, atMs).near.keys(),
      paceOf: (destination, consumer) => owners.paceOf(destination, consumer),
    });
    this.#bookOwned([...input.holdings.holdings.values()]);
  }

  /** Those with most ports first. */
  consumers(): AttributedConsumer[] {
    return [...this.#consumers.values()].sort((a, b) => total(b) - total(a) || a.consumer - b.consumer);
  }

  /** Whole ports, which add up to those in TIME_WAIT. */
  rungs() {
    const { clientTimeWait } = this.#input.holdings;
    const { exact, soleOwner, candidates, destinationOnly, directionUnknown } = this.#rungs;
    const booked = [exact, soleOwner, candidates, destinationOnly, directionUnknown];
    const unknown = Math.max(clientTimeWait - booked.reduce((sum, ports) => sum + ports, 0), 0);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = wholeParts([...booked, unknown]);
    return { exact: a, soleOwner: b, candidates: c, destinationOnly: d, directionUnknown: e, unknown: f };
  }

  /** Whatever waits for one destination on ports of its own. */
  bookDestination(destination: number): void {
    const held = this.#input.holdings.destinations.get(destination);
    if (held === undefined) return;
    const { unresolvedKeys, sources } = held;
    const { laterOwners } = this.#input;
    const isOpen = (key: number): boolean => !laterOwners.has(key);
    const open = unresolvedKeys.filter(isOpen).length;
    const sharedKeys = this.#sharedKeys.get(destination) ?? [];
    const later = [...unresolvedKeys, ...sharedKeys].flatMap((key) => laterOwners.get(key) ?? []);
    for (const key of unresolvedKeys) {
      const consumer = laterOwners.get(key);
      if (consumer !== undefined) this.#give(consumer, destination, 1, 'sameTuple', 1);
    }
    this.#rungs.exact += unresolvedKeys.length - open;
    const onShared = sharedKeys.filter(isOpen).length;
    const waiters = open + onShared === 0 ? null : this.#waitersOf(destination, open + onShared);
    for (const consumer of new Set([...later, ...(waiters?.shares.keys() ?? [])])) {
      this.#entryOf(consumer).refs.push(...sources.refs);
    }
    if (waiters === null) return;
    this.#waiters.set(destination, waiters);
    const waiting = { destination, remotePort: this.#remotePortOf(destination), ports: open };
    if (waiters.shares.size === 0) {
      this.#waiting.push({ ...waiting, consumer: null });
      return;
    }
    this.#giveWaiters(waiters, destination, open, open);
    this.#count(waiters, open);
    if (waiters.alone !== null) this.#waiting.push({ ...waiting, consumer: waiters.alone });
  }

  /**
   * What waits where nobody is met, once it is known who is met elsewhere: whoever opens to many endpoints of the same service is
   * expected to have as much of it as it has where somebody is.
   */
  bookSpread(): void {
    const openers = spreadOpeners(this.#waiting);
    for (const { destination, remotePort, consumer, ports } of this.#waiting) {
      const waiters = this.#waiters.get(destination);
      if (consumer !== null || waiters === undefined) continue;
      const spread = waiters.rest === 'destinationOnly' ? (openers.get(remotePort) ?? []) : [];
      const shares = new Map(spread.map((one) => [one.consumer, one.share]));
      const expected: Waiters = {
        ...waiters,
        shares,
        unexplained: 1 - spread.reduce((sum, one) => sum + one.share, 0),
      };
      this.#waiters.set(destination, expected);
      this.#giveWaiters(expected, destination, ports, ports);
      this.#count(expected, ports);
      const refs = this.#input.holdings.destinations.get(destination)?.sources.refs ?? [];
      for (const [id, share] of shares) {
        this.#entryOf(id).refs.push(...refs);
        this.#entryOf(id).expected += ports * share;
      }
    }
    for (const { consumer, others } of [...openers.values()].flat()) this.#entryOf(consumer).candidateOf += others;
  }

  /** A port whose rows were not all anybody's, now that it is known who waits for each destination. */
  bookShared({ holds, isWaiting }: SharedPort): void {
    const parts = partsOfPort(holds, (hold) => this.#holderOf(hold));
    holds.forEach((hold, index) => {
      const part = parts[index] ?? 0;
      const { destination, key, rung } = hold;
      const consumer = hold.consumer ?? this.#input.laterOwners.get(key) ?? null;
      if (consumer !== null) {
        const isLater = hold.consumer === null;
        this.#give(consumer, destination, part, isLater ? 'sameTuple' : rung, Number(isLater));
        if (isWaiting) this.#rungs.exact += part;
        return;
      }
      const waiters = destination === null ? undefined : this.#waiters.get(destination);
      if (waiters === undefined || destination === null || hold.held !== 'timeWait') return;
      this.#giveWaiters(waiters, destination, part, 1);
      if (isWaiting) this.#count(waiters, part);
    });
  }

  /** The consumer; where it may be one of several, or nobody, what waits for one destination is of one holder. */
  #holderOf({ consumer, key, destination }: PortHold): number {
    const alone = destination === null ? null : this.#waiters.get(destination)?.alone;
    const known = consumer ?? this.#input.laterOwners.get(key) ?? alone;
    return known == null ? -1 - (destination ?? Number.MAX_SAFE_INTEGER - 1) : this.#joined(known);
  }

  #count({ alone, unexplained, rest }: Waiters, ports: number): void {
    if (alone !== null) this.#rungs.soleOwner += ports;
    else {
      this.#rungs.candidates += ports * (1 - unexplained);
      this.#rungs[rest] += ports * unexplained;
    }
  }

  #giveWaiters({ alone, shares, contested }: Waiters, destination: number, ports: number, connections: number): void {
    const rung = alone === null ? 'candidate' : 'soleOwner';
    for (const [consumer, share] of shares) {
      this.#give(consumer, destination, ports * share, rung, connections * share);
      if (contested.has(consumer)) this.#entryOf(consumer).contested += ports * share;
    }
    if (alone !== null) return;
    for (const id of new Set([...shares.keys()].map(this.#joined))) this.#entryOf(id).candidateOf += ports;
  }

  #waitersOf(destination: number, waiting: number): Waiters {
    const { near, ever, later } = this.#input.owners.ownersOf(destination, this.#input.atMs);
    const lasting = (owners: ReadonlyMap<number, number>) =>
      [...owners].filter(([id]) => this.#input.passing?.has(id) !== true);
    const around = lasting(near);
    const candidates = (around.length > 0 ? around : lasting(ever)).map(([consumer, ports]) => ({
      consumer,
      ports,
      opening: this.#input.owners.paceOf(destination, consumer),
    }));
    const { ports, unexplained } = candidateWeights(waiting, candidates, this.#delay);
    const [only, ...others] = new Set(around.map(([consumer]) => this.#joined(consumer)));
    const turnover = this.#turnover.get(this.#remotePortOf(destination));
    const contested = contestedOpeners({
      ...{ waiting, delay: this.#delay, owners: candidates, later, joined: this.#joined },
      turnoverOf: (consumer) => turnover?.get(consumer) ?? 0,
      loggedOf: (consumer) => this.#input.holdings.holdings.get(consumer)?.settled.logged ?? 0,
    });
    return {
      alone: only !== undefined && others.length + contested.size + unexplained === 0 ? only : null,
      contested,
      shares: new Map([...ports].map(([consumer, part]) => [consumer, part / waiting])),
      unexplained: unexplained / waiting,
      rest: ever.size === 0 && this.#input.isDirectionUnknown(destination) ? 'directionUnknown' : 'destinationOnly',
    };
  }

  #remotePortOf(destination: number): number {
    return this.#input.remotePortOf?.(destination) ?? NaN;
  }

  #bookOwned(holdings: readonly Holding[]): void {
    const parts = grouped(holdings.map((holding) => [this.#joined(holding.consumer), holding] as const));
    for (const [id, [first, ...others]] of parts) {
      if (first !== undefined)
        this.#entryOf(id).holding = others.length === 0 ? first : joinedHolding(first, others, id);
    }
    for (const { consumer, settled, connections, exclusive, sources, destinations } of holdings) {
      const entry = this.#entryOf(consumer);
      entry.owned += settled.owned;
      entry.logged += settled.logged;
      entry.sameTuple += settled.sameTuple;
      entry.connections += connections;
      entry.exclusive += exclusive;
      entry.refs.push(...sources.refs);
      entry.refCount += sources.count;
      for (const [destination, towards] of destinations) {
        addTowards(entry.destinations, destination, towards.ports, towards.connections);
      }
    }
  }

  #give(
    consumer: number,
    destination: number | null,
    ports: number,
    rung: 'owned' | 'logged' | 'sameTuple' | 'soleOwner' | 'candidate',
    connections: number,
  ): void {
    const entry = this.#entryOf(consumer);
    entry[rung] += ports;
    entry.connections += connections;
    addTowards(entry.destinations, destination, ports, connections);
    entry.refCount += connections;
  }

  #entryOf(consumer: number): AttributedConsumer {
    return entryOf(this.#consumers, this.#joined(consumer));
  }
}
