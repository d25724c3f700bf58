import { formatEndpoint, isLoopback } from '../model/endpoint.js';
import type { Attribution, TimeWaitFacts } from '../model/report.js';
import { sourcedBy } from '../model/source-ref.js';
import { consumerName } from './owners/consumer-name.js';
import { attribute, total, type AttributedConsumer } from './owners/attribution.js';
import type { NamedTrend, PeakFacts } from './facts.js';
import type { SnapshotPass } from './snapshot-pass.js';
import { USUAL_DEVIATIONS } from './numbers/standard-deviations.js';
import { isGrowing } from './rate/rate-from-time-wait.js';
import type { PortPool } from './pools/port-pool.js';
import type { DestinationHolding } from './owners/snapshot-holdings.js';
import { RateByConsumer, type ConsumerPart } from './rate/rate-by-consumer.js';
import { joinUnnamedProcesses } from './owners/unnamed-processes.js';

/** Those of the facts at the peak that tell who held the ports. */
type HoldersAtPeak = Pick<PeakFacts, 'consumers' | 'attribution' | 'destinations'>;

/** Who held the ports of the fullest snapshot, and towards where, once all that came later is known too. */
export function factsAtPeak(
  fold: SnapshotPass,
  pool: PortPool,
  timeWait: TimeWaitFacts,
  trends: readonly NamedTrend[],
  censored: boolean,
): HoldersAtPeak {
  const { peak } = fold;
  if (peak === null) return { consumers: [], attribution: NO_ATTRIBUTION, destinations: [] };
  joinUnnamedProcesses(fold.owners, fold.consumers);
  const { consumers, attribution } = attribute(
    peak.holdings,
    peak.atMs,
    fold.owners,
    peak.laterOwners,
    peak.serverSideTimeWait,
    (destination) => fold.isHighPort(destination, pool),
    timeWait.effective,
    (consumer) => fold.consumers.joined(consumer),
  );
  const remoteOf = (destination: number): string => {
    const { address, port } = fold.destinations.endpoint(destination);
    return formatEndpoint(fold.addresses.valueOf(address), port);
  };
  const turnover = new RateByConsumer({
    intervals: fold.newTuples.intervals(),
    delay: timeWait.effective,
    censored,
    growing: isGrowing(peak.entry, timeWait.effective, fold.steps.list()),
  });
  // TIME_WAIT tuples beyond the ports they are on may belong to any destination.
  const sharing = Math.max(peak.waitingTuples - peak.entry.timeWait, 0);
  return {
    attribution,
    consumers: consumers
      .map((attributed) => ({
        identity: fold.consumers.identity(attributed.consumer),
        attributed,
        ports: total(attributed),
        destinations: [...attributed.destinations]
          .map(([destination, ports]) => ({ remote: remoteOf(destination), ports: Math.round(ports) }))
          .sort((a, b) => b.ports - a.ports || (a.remote < b.remote ? -1 : 1)),
        perSecond: turnover.rateOf(partsOf(attributed, peak.holdings.destinations), sharing),
        trends: trends.filter(({ consumer }) => consumer === attributed.consumer),
      }))
      .sort((a, b) => b.ports - a.ports || inOrder(consumerName(a.identity), consumerName(b.identity))),
    destinations: [...peak.holdings.destinations.values()]
      .sort((a, b) => b.ports - a.ports)
      .map((held, index) => {
        const { destination, ports, timeWait: waiting, connected, sources } = held;
        const { address, port } = fold.destinations.endpoint(destination);
        const addressText = fold.addresses.valueOf(address);
        return {
          remote: remoteOf(destination),
          address: addressText,
          port,
          isThisHost: isLoopback(addressText) || peak.localAddresses.has(address),
          ports,
          timeWait: waiting,
          connected,
          perSecond: index < MAX_RATED ? turnover.rateOf([wholeOf(held)], sharing) : null,
          ...sourcedBy(sources.refs, sources.count),
        };
      })
      .sort((a, b) => b.ports - a.ports || (a.remote < b.remote ? -1 : 1)),
  };
}

/** Ties go by name: the order of rows in a table means nothing. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The largest destinations have their rate worked out; the report lists fewer. */
const MAX_RATED = 200;

/** A share counted from `all` connections may be off by chance. */
function margin(share: number, all: number): number {
  return USUAL_DEVIATIONS * Math.sqrt((share * (1 - share)) / Math.max(all, 1));
}

/**
 * The consumer's part of each destination: by the TIME_WAIT ports booked on it where most of the ports there wait, for standing
 * connections are opened once; else by all its ports. What it shares with other candidates may be all its own, or none of it.
 */
function partsOf(consumer: AttributedConsumer, destinations: ReadonlyMap<number, DestinationHolding>): ConsumerPart[] {
  const all = total(consumer);
  const sure = all === 0 ? 0 : 1 - consumer.candidate / all;
  return [...consumer.destinations].flatMap(([destination, ports]) => {
    const held = destinations.get(destination);
    if (held === undefined || held.ports === 0) return [];
    const waiting = Math.max(ports - (held.liveOwners.get(consumer.consumer) ?? 0), 0);
    const turnsOver = held.timeWait > held.connected;
    const share = Math.min(turnsOver ? waiting / held.timeWait : ports / held.ports, 1);
    const off = margin(share, turnsOver ? held.timeWait : held.ports);
    const isShared = consumer.candidate > 0 && held.unresolved > 0;
    return {
      destination,
      sureShare: Math.max(share - off, 0) * sure,
      mostShare: isShared ? 1 : Math.min(share + off, 1),
      sureWaiting: waiting * sure,
      mostWaiting: isShared ? held.timeWait : waiting,
    };
  });
}

function wholeOf({ destination, timeWait }: DestinationHolding): ConsumerPart {
  return { destination, sureShare: 1, mostShare: 1, sureWaiting: timeWait, mostWaiting: timeWait };
}

const NO_ATTRIBUTION: Attribution = {
  clientTimeWait: 0,
  exact: 0,
  soleOwner: 0,
  candidates: 0,
  destinationOnly: 0,
  directionUnknown: 0,
  unknown: 0,
  serverSide: 0,
  coverage: null,
};
