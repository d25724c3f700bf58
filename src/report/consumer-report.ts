import { basisOf, total } from '../measure/owners/attributed-consumer.js';
import type { ConsumerIdentity } from '../measure/owners/consumer-index.js';
import type { ConsumerTrend } from '../measure/trends/consumer-trends.js';
import type { ConsumerFacts, HostFacts } from '../measure/facts.js';
import { leakGrowth, wholePorts } from '../mechanisms/leak-growth.js';
import { growingClass } from '../mechanisms/mechanism.js';
import { NEGLIGIBLE_SHARE } from '../mechanisms/thresholds.js';
import type { Conclusion } from '../verdict/conclude.js';
import { faultOf, faultOfUdpHolder } from '../verdict/consumer-fault.js';
import { exactly, type Estimate } from '../model/estimate.js';
import { isoTimeOrNull } from '../model/iso-time.js';
import type { Consumer, ConsumerBasis, ReportTrend } from '../model/report-holders.js';
import { NO_SOURCES, sourcedBy } from '../model/source-ref.js';
import { shareOf } from '../model/share-of.js';

const MAX_PIDS = 50;
const MAX_DESTINATIONS_EACH = 10;

/** Who held ports, as the report says it: of the pool that the verdict is about, then those at fault without a port of it. */
export function consumerReports(facts: HostFacts, conclusion: Conclusion): Consumer[] {
  const usable = facts.peak?.usable ?? 0;
  const holders = facts.consumers.map((consumer) => ({
    id: consumer.identity.id,
    report: consumerReport(facts, consumer, usable, conclusion),
  }));
  if (conclusion.main?.transport === 'udp') {
    const ofUdp = udpHolders(facts, conclusion);
    const listed = new Set(ofUdp.map(({ id }) => id));
    return [...ofUdp, ...holders.filter(({ id }) => !listed.has(id))].map(({ report }) => report);
  }
  const listed = new Set(holders.map(({ id }) => id));
  const others = conclusion.atFault.filter((id) => !listed.has(id)).flatMap((id) => facts.identities[id] ?? []);
  return [
    ...holders.map(({ report }) => report),
    ...others.map((identity) => culpritWithoutPorts(facts, identity, conclusion)),
  ];
}

function consumerReport(facts: HostFacts, consumer: ConsumerFacts, usable: number, conclusion: Conclusion): Consumer {
  const { identity, attributed, ports } = consumer;
  const { candidate, candidateOf } = attributed;
  const sure = attributed.owned + attributed.logged + attributed.sameTuple;
  const whole = total(attributed);
  return {
    ...namedConsumer(identity),
    atFault: faultOf(facts, consumer, conclusion),
    // It may have held all of the ports that it shares with others.
    ports: { low: Math.floor(sure), best: Math.round(whole), high: Math.ceil(whole - candidate + candidateOf) },
    shareOfUsable: shareOf(ports, usable),
    basis: basisOfReport(identity, basisOf(attributed)),
    connections: Math.round(consumer.connections),
    exclusivePorts: consumer.exclusivePorts,
    shareOfOpenings: consumer.shareOfOpenings === null ? null : roundedShare(consumer.shareOfOpenings),
    destinations: consumer.destinations.slice(0, MAX_DESTINATIONS_EACH).map((destination) => ({ ...destination })),
    connectionsPerSecond: consumer.perSecond,
    trendPortsPerHour: growthOfLeak(facts, identity, conclusion) ?? growthBeside(consumer.trends, usable),
    trends: reportTrends(consumer.trends),
    ...sourcedBy(attributed.refs, attributed.refCount),
  };
}

/** A name was looked up after the rows were read, and PIDs are used again: rows that have nothing else say so. */
function basisOfReport({ pids }: ConsumerIdentity, basis: ConsumerBasis): ConsumerBasis {
  return basis === 'owned' && pids.size === 0 ? 'name-only' : basis;
}

function namedConsumer(identity: ConsumerIdentity) {
  return {
    process: identity.process,
    pids: [...identity.pids].sort((a, b) => a - b).slice(0, MAX_PIDS),
    services: [...identity.services],
    users: [...identity.users].sort(),
    commandLine: identity.commandLine,
    startedAt: isoTimeOrNull(identity.startedMs),
  };
}

/** A pinned port lies outside the pool, or the ports were not held any more at its peak. */
export function culpritWithoutPorts(facts: HostFacts, identity: ConsumerIdentity, conclusion: Conclusion): Consumer {
  const trends = facts.trends.filter(({ consumer }) => consumer === identity.id);
  return {
    ...namedConsumer(identity),
    atFault: 'yes',
    ports: exactly(0),
    shareOfUsable: 0,
    basis: 'owned',
    connections: 0,
    exclusivePorts: 0,
    shareOfOpenings: null,
    destinations: [],
    connectionsPerSecond: null,
    trendPortsPerHour: growthOfLeak(facts, identity, conclusion),
    trends: reportTrends(trends),
    ...NO_SOURCES,
  };
}

/** Where the UDP pool ran out its holders come first, with their ports of that pool. */
function udpHolders(facts: HostFacts, conclusion: Conclusion): { id: number; report: Consumer }[] {
  const usable = facts.udpPeak?.usable ?? 0;
  const held = new Set(facts.udpHolders.map(({ identity }) => identity.id));
  const earlier = conclusion.atFault.filter((id) => !held.has(id)).flatMap((id) => facts.identities[id] ?? []);
  const ofTable = facts.udpHolders.map(({ identity, ports, ref }) => ({
    id: identity.id,
    report: {
      ...culpritWithoutPorts(facts, identity, conclusion),
      atFault: faultOfUdpHolder(identity, conclusion, shareOf(ports, usable)),
      ports: exactly(ports),
      shareOfUsable: Math.min(shareOf(ports, usable), 1),
      exclusivePorts: ports,
      basis: basisOfReport(identity, 'owned'),
      trendPortsPerHour: leakGrowth(facts, identity.id, 'udp'),
      ...sourcedBy([ref], ports),
    },
  }));
  return [
    ...ofTable,
    ...earlier.map((identity) => ({ id: identity.id, report: culpritWithoutPorts(facts, identity, conclusion) })),
  ];
}

/** Of whoever is at fault for a leak: the class that it leaks fastest. */
function growthOfLeak(facts: HostFacts, { id }: ConsumerIdentity, { faults }: Conclusion): Estimate | null {
  const leaked = faults.flatMap(({ mechanism, atFault }) =>
    atFault.includes(id) ? (growingClass(mechanism) ?? []) : [],
  );
  return fastest(leaked.map((one) => leakGrowth(facts, id, one)));
}

/**
 * Of anybody else: what it takes and keeps, where that is no small part of the pool. Connections that come and go grow with the load,
 * and so do TIME_WAIT, SYN_SENT, and the live connections of whoever has more of them in TIME_WAIT.
 */
function growthBeside(trends: readonly ConsumerTrend[], usable: number): Estimate | null {
  const waiting = trends.find(({ trendClass }) => trendClass === 'timeWait')?.peak ?? 0;
  const kept = trends.filter(
    ({ trendClass, shape, last, peak }) =>
      shape === 'growth' &&
      last >= usable * NEGLIGIBLE_SHARE &&
      (trendClass === 'bound' || trendClass === 'closeWait' || (trendClass === 'established' && peak > waiting)),
  );
  return fastest(kept.map(({ growthPerHour }) => (growthPerHour === null ? null : wholePorts(growthPerHour))));
}

function fastest(rates: readonly (Estimate | null)[]): Estimate | null {
  const known = rates.flatMap((rate) => rate ?? []);
  return known.sort((a, b) => (b.best ?? b.low) - (a.best ?? a.low))[0] ?? null;
}

function reportTrends(trends: readonly ConsumerTrend[]): ReportTrend[] {
  return trends
    .filter(({ points }) => points.length > 1)
    .map(({ trendClass, growthPerHour, shape, first, last, peak, points, restarts }) => ({
      class: trendClass,
      portsPerHour: growthPerHour,
      shape,
      first,
      last,
      peak,
      snapshots: points.length,
      restarts,
    }));
}

/** Shares to a tenth of a thousandth, the ends outward. */
function roundedShare({ low, best, high }: Estimate): Estimate {
  const whole = 10_000;
  return {
    low: Math.floor(low * whole) / whole,
    best: best === null ? null : Math.round(best * whole) / whole,
    high: high === null ? null : Math.min(Math.ceil(high * whole) / whole, 1),
  };
}
