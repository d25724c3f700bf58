import type { Estimate } from '../model/estimate.js';
import type { HostMeasures, PeakSnapshot } from './host-measures.js';
import { hiddenShare } from './rate/rate-from-new-tuples.js';
import type { AttributedConsumer } from './owners/attributed-consumer.js';
import type { DestinationOwners } from './owners/destination-owners.js';
import type { SnapshotHoldings } from './owners/snapshot-holdings.js';

/** Where less of what is in use waits, too little of what was opened leaves a trace to share it out. */
const WAITING_SHARE_NEEDED = 0.25;
/** Fewer connections are no shares of anything. */
const CONNECTIONS_TO_SHARE_OUT = 100;
/**
 * Connections that the far end closes leave nothing behind. So few of them alive at a time, as a share of what waits, are not many in
 * all: each would have to live for less than half a second to be a quarter of the openings within 120 s.
 */
const FEW_ALIVE_SHARE = 0.001;

/** Openings of one consumer: what waits, for certain and as far as known, and all it may have opened; Infinity where nothing bounds it. */
interface Opened {
  readonly sure: number;
  readonly waits: number;
  readonly most: number;
  /** Of `waits` what it was not met with, and nobody else either. */
  readonly expected: number;
}

/**
 * Each consumer's share of the connections opened within one TIME_WAIT before the fullest table, by what they left in it: what waits
 * was opened and closed, what is alive may have been opened then. Null for all where little waits. What waits and is nobody's may be
 * anybody's; where the far end closes more than a few, any number may have left no trace, and no other's share has a lower end.
 */
export function sharesOfOpenings(
  measures: HostMeasures,
  { entry, holdings }: PeakSnapshot,
  consumers: readonly AttributedConsumer[],
  shortestDelaySeconds: number,
): ReadonlyMap<number, Estimate> {
  const shares = new Map<number, Estimate>();
  const waiting = sumOf([...holdings.destinations.values()], ({ timeWait }) => timeWait);
  if (waiting < CONNECTIONS_TO_SHARE_OUT || entry.timeWait < entry.inUse * WAITING_SHARE_NEEDED) return shares;
  const opened = consumers.map((consumer) => {
    const hidden = hiddenShare(measures.rates.intervals, shortestDelaySeconds, [...consumer.destinations.keys()]);
    return { id: consumer.consumer, ...openedBy(consumer, holdings, measures.holders.owners, waiting, hidden) };
  });
  const nobodys = Math.max(waiting - sumOf(opened, ({ waits, expected }) => waits - expected), 0);
  const sure = sumOf(opened, (one) => one.sure);
  const most = sumOf(opened, (one) => one.most);
  const all = Math.max(
    waiting,
    sumOf(opened, ({ waits }) => waits),
  );
  for (const own of opened) {
    // Infinity where nothing bounds it: then no other's share has a lower end, and its own no upper one.
    const others = Number.isFinite(own.most) ? most - own.most : sumOf(opened, (one) => (one === own ? 0 : one.most));
    const low = own.sure / Math.max(own.sure + others + nobodys, 1);
    // What is expected of it is in both.
    const mostOfAll = own.most - own.expected + nobodys;
    const high = Number.isFinite(mostOfAll) ? mostOfAll / Math.max(mostOfAll + sure - own.sure, 1) : 1;
    shares.set(own.id, { low, best: own.waits / all, high });
  }
  return shares;
}

function openedBy(
  consumer: AttributedConsumer,
  { destinations }: SnapshotHoldings,
  owners: Pick<DestinationOwners, 'paceOf'>,
  waiting: number,
  hidden: number | null,
): Opened {
  let [sure, waits, most, alive] = [0, 0, 0, 0];
  const { expected } = consumer;
  const guessed = consumer.candidate / Math.max(consumer.candidate + consumer.soleOwner, 1e-9);
  for (const [destination, { connections }] of consumer.destinations) {
    const held = destinations.get(destination);
    if (held === undefined) continue;
    const live = held.liveOwners.get(consumer.consumer) ?? 0;
    const waitsHere = Math.max(connections - live, 0);
    const isShared = consumer.candidate > 0 && held.isUnresolved;
    sure += isShared ? waitsHere * (1 - guessed) : waitsHere;
    waits += waitsHere;
    most += isShared ? held.timeWait : waitsHere;
    if (owners.paceOf(destination, consumer.consumer).kind !== 'none') alive += live;
  }
  if (hidden === null)
    return { sure, waits, expected, most: alive <= waiting * FEW_ALIVE_SHARE ? most + alive : Infinity };
  return { sure, waits, expected, most: (most + alive) / (1 - hidden) };
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
