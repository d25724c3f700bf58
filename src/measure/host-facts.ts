import type { HostEvidence } from '../capture/assemble/assemble.js';
import { isSystemChannel, isWholeBetween } from '../capture/assemble/host-logs.js';
import type { AnalysisOptions } from '../model/analysis.js';
import { formatEndpoint, type AddressFamily } from '../model/endpoint.js';
import type { LedgerClass } from '../model/report.js';
import type { BusiestEndpoint, HostFacts, PinnedTuple, PoolHistory } from './facts.js';
import { classifyEvents, onsets } from './events/classified-events.js';
import type { ConsumerIdentity } from './owners/consumer-index.js';
import { consumerName } from './owners/consumer-name.js';
import { replayOfArrivals, fillsAtOnset } from './rate/replay-of-arrivals.js';
import { connectionRate, isCensored } from './rate/connection-rate.js';
import { effectiveTimeWait } from './time-wait/effective-time-wait.js';
import type { SnapshotPass } from './snapshot-pass.js';
import { incidentWindows } from './events/incident-windows.js';
import { factsAtPeak } from './peak-facts.js';
import { snapshotSoonAfterOnset } from './events/snapshot-near-onset.js';
import { withUnseenOpenings } from './rate/pool-growth.js';
import { transientConnections } from './rate/transient-connections.js';
import { isNearlyFull } from './pools/fullness.js';
import type { PortPool } from './pools/port-pool.js';
import { EXPIRED_LIMIT, OUTLIVING_TUPLES } from './time-wait/time-wait-lifetime.js';

/** Puts the fold's trackers, the events and the settings together. */
export function hostFacts(evidence: HostEvidence, fold: SnapshotPass, options: AnalysisOptions): HostFacts {
  const [pool] = fold.pools;
  const udpPool = fold.pools.find(({ transport }) => transport === 'udp');
  if (pool === undefined || udpPool === undefined) throw new Error('a host has a TCP and a UDP pool');
  const ledger = fold.ledgers.get(pool.id)?.list() ?? [];
  const events = classifyEvents(evidence.events);
  const timeWait = effectiveTimeWait({
    option: options.timeWaitSeconds,
    settings: evidence.settings,
    measured: { ipv4: fold.lifetimes.ipv4.bounds(), ipv6: fold.lifetimes.ipv6.bounds() },
    waiting: waitingOf(fold),
  });
  const trends = fold.trends.list().map((trend) => ({ ...trend, identity: fold.consumers.identity(trend.consumer) }));
  const allOnsets = onsets(events);
  const replay = replayOfArrivals({
    steps: withUnseenOpenings(fold.steps.list(), fold.newTuples.intervals()),
    delay: timeWait.effective,
    firstOnsetMs: allOnsets[0]?.fromMs ?? null,
  });
  const peak = fold.peak?.entry ?? null;
  // A connection was refused while no table was taken in which what held the ports would still be waiting.
  const refusedUnseen =
    events.collisions.length > 0 &&
    snapshotSoonAfterOnset({ ledger, onsets: allOnsets }, timeWait.effective.low) === null;
  const ranOutUnseen =
    events.tcpExhausted.length > 0 ||
    fillsAtOnset(replay) ||
    refusedUnseen ||
    (isNearlyFull(peak) && events.collisions.length > 0);
  const isPart = fold.pools.some(({ kind }) => kind === 'auto-reuse');
  const peakFacts = factsAtPeak(fold, pool, timeWait, trends, isPart || isCensored(peak, ranOutUnseen));
  const ownerOf = (pid: number, atMs: number | null): ConsumerIdentity | null => {
    const id = fold.consumers.idOf(pid, atMs);
    return id === null ? null : fold.consumers.identity(id);
  };
  const dated = ledger.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
  const systemLogs = evidence.logs.filter(({ channel }) => isSystemChannel(channel));
  const pinned = pinnedTuples(fold, ownerOf);
  const turning = transientConnections({
    peak,
    destinations: peakFacts.destinations,
    intervals: fold.newTuples.intervals(),
    steps: fold.steps.list(),
    delay: timeWait.effective,
  });
  const demand = connectionRate({
    peak,
    waitingTuples: fold.peak?.waitingTuples ?? 0,
    intervals: fold.newTuples.intervals(),
    timeWait: timeWait.effective,
    liveAgesSeconds: fold.peak?.holdings.liveAgesSeconds ?? [],
    steps: fold.steps.list(),
    loggedInMinute: evidence.loggedConnections.busiestMinute(),
    ranOutUnseen,
    isPart,
    connected: turning.connected,
  });
  return {
    host: evidence.host,
    evidence,
    pools: fold.pools,
    pool,
    udpPool,
    histories: fold.pools.map((each) => historyOf(fold, each)),
    busiestEndpoint: busiestEndpoint(fold),
    snapshots: fold.snapshots,
    tcpTables: ledger.length + (fold.ledgers.get(pool.id)?.omitted ?? 0),
    ledger,
    udpLedger: fold.ledgers.get(udpPool.id)?.list() ?? [],
    peak: fold.peak?.entry ?? null,
    peakMs: fold.peak?.atMs ?? null,
    peakClockErrorSeconds: fold.peak?.clockErrorSeconds ?? 0,
    udpPeak: fold.peaks.get(udpPool.id) ?? null,
    ...peakFacts,
    identities: Array.from({ length: fold.consumers.size }, (_, id) => fold.consumers.identity(id)),
    trends,
    timeWaitDelay: timeWait,
    timeWaitOutlived: outlivedOf(fold),
    demand,
    transient: turning,
    replay: replay,
    stayingShare: fold.newTuples.stayingShare(),
    events,
    onsets: allOnsets,
    windows: incidentWindows(allOnsets, ledger, fold.ledgers.get(udpPool.id)?.list() ?? [], events.boots),
    pinned,
    listeners: [...fold.listenerOwners]
      .map(([port, { pid, file, line, atMs }]) => ({
        port,
        process: ownerOf(pid, atMs)?.process ?? null,
        ref: { file, line, record: null, row: null },
      }))
      .sort((a, b) => a.port - b.port),
    everShown: new Set([...fold.everShown].filter((word): word is LedgerClass => word !== '')),
    logCoversSnapshots:
      dated.length > 0 && systemLogs.some((log) => isWholeBetween(log, Math.min(...dated), Math.max(...dated))),
    hasSystemLog: systemLogs.some(({ isFiltered }) => !isFiltered),
    logIsFiltered: systemLogs.some(({ isFiltered }) => isFiltered),
  };
}

function historyOf({ ledgers, peaks }: SnapshotPass, pool: PortPool): PoolHistory {
  const series = ledgers.get(pool.id);
  return { pool, ledger: series?.list() ?? [], omitted: series?.omitted ?? 0, peak: peaks.get(pool.id) ?? null };
}

function busiestEndpoint({ busiest, addresses }: SnapshotPass): BusiestEndpoint | null {
  if (busiest === null) return null;
  const { address, port, ports, usable } = busiest;
  return { remote: formatEndpoint(addresses.valueOf(address), port), ports, usable };
}

function pinnedTuples(
  fold: SnapshotPass,
  ownerOf: (pid: number, atMs: number | null) => ConsumerIdentity | null,
): PinnedTuple[] {
  return fold.reopened.list(fold.pools[0] ?? null).map((tuple) => {
    const { address, port } = fold.destinations.endpoint(tuple.destination);
    const localAddress = fold.addresses.valueOf(tuple.localAddress);
    const owner = ownerOf(tuple.owner, tuple.lastMs) ?? soleOwner(fold, tuple.destination, tuple.lastMs);
    return {
      local: formatEndpoint(localAddress, tuple.localPort),
      localPort: tuple.localPort,
      remote: formatEndpoint(fold.addresses.valueOf(address), port),
      reopened: tuple.reopened,
      sightings: tuple.sightings,
      consumer: owner?.id ?? null,
      process: owner === null ? null : consumerName(owner),
      ref: { file: tuple.file, line: tuple.line, record: null, row: null },
    };
  });
}

/** A connection that is over before the next table has no row with an owner; who alone connects there does it. */
function soleOwner({ owners, consumers }: SnapshotPass, destination: number, atMs: number): ConsumerIdentity | null {
  const { ever, near } = owners.ownersOf(destination, atMs);
  const [only, ...others] = (near.size > 0 ? near : ever).keys();
  return only === undefined || others.length > 0 ? null : consumers.identity(only);
}

/** Ports in TIME_WAIT of each address family at its peak. */
function waitingOf(fold: SnapshotPass): Record<AddressFamily, number> {
  const waiting = (id: string): number => fold.peaks.get(id)?.timeWait ?? 0;
  return { ipv4: waiting('tcp-ipv4'), ipv6: waiting('tcp-ipv6') };
}

function outlivedOf(fold: SnapshotPass): HostFacts['timeWaitOutlived'] {
  const { ipv4, ipv6 } = fold.lifetimes;
  const tuples = ipv4.outlived + ipv6.outlived;
  const expired = ipv4.expired + ipv6.expired;
  const expiredShare = expired / Math.max(expired + tuples, 1);
  const waiting = fold.peak?.entry.timeWait ?? 0;
  return {
    tuples,
    longestSeconds: Math.max(ipv4.longestSeconds, ipv6.longestSeconds),
    expiredShare,
    neverExpires: tuples >= Math.max(waiting / 2, OUTLIVING_TUPLES) && expiredShare < EXPIRED_LIMIT,
  };
}
