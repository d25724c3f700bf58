import { formatEndpoint, isLoopback } from '../model/endpoint.js';
import type { Estimate } from '../model/estimate.js';
import type { Attribution, TimeWaitFacts } from '../model/report.js';
import { sourcedBy } from '../model/source-ref.js';
import { consumerName } from './consumer-name.js';
import { attribute, total, type AttributedConsumer } from './attribution.js';
import type { ConsumerFacts, DestinationFacts, NamedTrend } from './host-facts.js';
import type { HostFold } from './host-fold.js';
import { rateOf } from './new-tuples.js';
import type { PortPool } from './port-pool.js';
import { joinUnnamedProcesses } from './unnamed-processes.js';

export interface PeakFacts {
  readonly consumers: readonly ConsumerFacts[];
  readonly attribution: Attribution;
  readonly destinations: readonly DestinationFacts[];
}

/** Who held the ports of the fullest snapshot, and towards where, once all that came later is known too. */
export function factsAtPeak(
  fold: HostFold,
  pool: PortPool,
  timeWait: TimeWaitFacts,
  trends: readonly NamedTrend[],
): PeakFacts {
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
  const newByDestination = busiestNewByDestination(fold, timeWait);
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
        perSecond: consumerRate(attributed, newByDestination, peak.holdings.destinations),
        trends: trends.filter(({ consumer }) => consumer === attributed.consumer),
      }))
      .sort((a, b) => b.ports - a.ports || inOrder(consumerName(a.identity), consumerName(b.identity))),
    destinations: [...peak.holdings.destinations.values()]
      .map(({ destination, ports, timeWait: waiting, connected, sources }) => {
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

function busiestNewByDestination(fold: HostFold, timeWait: TimeWaitFacts): ReadonlyMap<number, Estimate> {
  const rates = new Map<number, Estimate>();
  for (const interval of fold.newTuples.intervals()) {
    for (const [destination, count] of interval.newByDestination) {
      const rate = rateOf(interval, timeWait.effective.low, count);
      const known = rates.get(destination);
      if (known === undefined || rate.low > known.low) rates.set(destination, rate);
    }
  }
  return rates;
}

/** The destination's rate times the consumer's share of the ports towards it, summed. */
function consumerRate(
  consumer: AttributedConsumer,
  rates: ReadonlyMap<number, Estimate>,
  destinations: ReadonlyMap<number, { ports: number }>,
): Estimate | null {
  let low = 0;
  let high: number | null = 0;
  let found = false;
  for (const [destination, ports] of consumer.destinations) {
    const rate = rates.get(destination);
    const all = destinations.get(destination)?.ports ?? 0;
    if (rate === undefined || all === 0) continue;
    found = true;
    const share = Math.min(ports / all, 1);
    low += rate.low * share;
    high = high === null || rate.high === null ? null : high + rate.high * share;
  }
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return found ? { low: tenth(low), best: null, high: high === null ? null : tenth(high) } : null;
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
