import { formatEndpoint, isLoopback } from '../model/endpoint.js';
import type { Estimate } from '../model/estimate.js';
import type { Attribution } from '../model/report-holders.js';
import { sourcedBy } from '../model/source-ref.js';
import type { ConsumerFacts, DelayFacts, DestinationFacts, NamedTrend, PeakFacts, UdpHolder } from './facts.js';
import type { HostMeasures, NumberedNames, PeakSnapshot } from './host-measures.js';
import { USUAL_DEVIATIONS } from './numbers/standard-deviations.js';
import { wholeParts } from './numbers/whole-parts.js';
import { attribute } from './owners/attribution.js';
import { total, type AttributedConsumer } from './owners/attributed-consumer.js';
import { consumerName } from './owners/consumer-name.js';
import { sharesOfOpenings } from './shares-of-openings.js';
import type { DestinationHolding } from './owners/snapshot-holdings.js';
import { RateByConsumer, type ConsumerPart } from './rate/rate-by-consumer.js';
import { isGrowing } from './rate/rate-from-time-wait.js';

/** Who held the ports of the fullest snapshot, and towards where, once all that came later is known too. */
export function peakFacts(
  measures: HostMeasures,
  { timeWaitDelay }: DelayFacts,
  trends: readonly NamedTrend[],
  censored: boolean,
): PeakFacts {
  const { holders, names, rates } = measures;
  const { peak } = holders;
  const udp = udpFacts(measures);
  if (peak === null) return { ...NO_PEAK, ...udp };
  const { consumers, attribution } = attribute({
    ...peak,
    ...holders,
    isDirectionUnknown: holders.isHighPort,
    remotePortOf: (destination) => names.destinations.endpoint(destination).port,
    delay: timeWaitDelay.effective,
    joined: (consumer) => names.consumers.joined(consumer),
  });
  const rateByConsumer = new RateByConsumer({
    intervals: rates.intervals,
    delay: timeWaitDelay.effective,
    censored,
    growing: isGrowing(peak.entry, timeWaitDelay.effective, rates.steps),
  });
  const rateOf: RateOf = (parts) => rateByConsumer.rateOf(parts);
  const shares = sharesOfOpenings(measures, peak, consumers, timeWaitDelay.effective.low);
  const trendsOf = (id: number) => trends.filter(({ consumer }) => consumer === id);
  return {
    peak: peak.entry,
    peakMs: peak.atMs,
    peakClockErrorSeconds: peak.clockErrorSeconds,
    ...udp,
    attribution,
    withoutOwner: peak.holdings.withoutOwner,
    consumers: consumers
      .map((one) => ({ ...consumerFacts(one, peak, names, shares, rateOf), trends: trendsOf(one.consumer) }))
      .sort((a, b) => b.ports - a.ports || inOrder(consumerName(a.identity), consumerName(b.identity))),
    destinations: destinationFacts(peak, names, rateOf),
  };
}

function udpFacts({ holders, names, pools }: HostMeasures): Pick<PeakFacts, 'udpPeak' | 'udpHolders'> {
  const udpHolders: UdpHolder[] = [...(holders.udp ?? [])]
    .map(([consumer, { ports, ref }]) => ({ identity: names.consumers.identity(consumer), ports, ref }))
    .sort((a, b) => b.ports - a.ports || inOrder(consumerName(a.identity), consumerName(b.identity)));
  return { udpPeak: pools.histories.find(({ pool }) => pool === pools.udp)?.peak ?? null, udpHolders };
}

type RateOf = (parts: readonly ConsumerPart[]) => Estimate | null;

function consumerFacts(
  attributed: AttributedConsumer,
  { holdings }: PeakSnapshot,
  names: NumberedNames,
  shares: ReadonlyMap<number, Estimate>,
  rateOf: RateOf,
): Omit<ConsumerFacts, 'trends'> {
  return {
    identity: names.consumers.identity(attributed.consumer),
    attributed,
    ports: total(attributed),
    connections: attributed.connections,
    exclusivePorts: attributed.exclusive,
    shareOfOpenings: shares.get(attributed.consumer) ?? null,
    destinations: [...attributed.destinations]
      .map(([destination, { ports, connections }]) => ({
        remote: remoteOf(names, destination),
        ports: Math.round(ports),
        connections: Math.round(connections),
      }))
      .sort((a, b) => b.ports - a.ports || (a.remote < b.remote ? -1 : 1)),
    perSecond: rateOf(partsOf(attributed, holdings.destinations)),
  };
}

/** In whole ports, which never add up to more than are in use. */
function destinationFacts(peak: PeakSnapshot, names: NumberedNames, rateOf: RateOf): DestinationFacts[] {
  const largestFirst = [...peak.holdings.destinations.values()].sort((a, b) => b.ports - a.ports);
  const whole = wholeParts(largestFirst.map(({ ports }) => ports));
  return largestFirst
    .map((held, index) => {
      const { destination, reach, timeWait, connected, sources } = held;
      const { address, port } = names.destinations.endpoint(destination);
      const addressText = names.addresses.valueOf(address);
      return {
        remote: remoteOf(names, destination),
        address: addressText,
        port,
        isThisHost: isLoopback(addressText) || peak.localAddresses.has(address),
        ports: whole[index] ?? 0,
        reach,
        timeWait,
        connected,
        perSecond: index < MAX_RATED ? rateOf([wholeOf(held)]) : null,
        ...sourcedBy(sources.refs, sources.count),
      };
    })
    .sort((a, b) => b.ports - a.ports || (a.remote < b.remote ? -1 : 1));
}

function remoteOf({ addresses, destinations }: NumberedNames, destination: number): string {
  const { address, port } = destinations.endpoint(destination);
  return formatEndpoint(addresses.valueOf(address), port);
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
 * The consumer's part of each destination: by the connections in TIME_WAIT booked on it where most of those there wait, for standing
 * ones are opened once; else by all of its own. What it shares with other candidates may be all its own, or none of it.
 */
function partsOf(consumer: AttributedConsumer, destinations: ReadonlyMap<number, DestinationHolding>): ConsumerPart[] {
  const all = total(consumer);
  const sure = all === 0 ? 0 : 1 - consumer.candidate / all;
  return [...consumer.destinations].flatMap(([destination, { connections }]) => {
    const held = destinations.get(destination);
    const whole = held === undefined ? 0 : held.timeWait + held.connected;
    if (held === undefined || whole === 0) return [];
    const waiting = Math.max(connections - (held.liveOwners.get(consumer.consumer) ?? 0), 0);
    const turnsOver = held.timeWait > held.connected;
    const share = Math.min(turnsOver ? waiting / held.timeWait : connections / whole, 1);
    const off = margin(share, turnsOver ? held.timeWait : whole);
    const isShared = consumer.candidate > 0 && held.isUnresolved;
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

const NO_PEAK = {
  peak: null,
  peakMs: null,
  peakClockErrorSeconds: 0,
  consumers: [],
  attribution: NO_ATTRIBUTION,
  withoutOwner: 0,
  destinations: [],
} as const;
