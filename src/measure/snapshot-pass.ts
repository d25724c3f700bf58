import type { HostEvidence } from '../capture/assemble/assemble.js';
import { TcpState, UNKNOWN, type Interner } from '../model/connection.js';
import { ADDRESS_FAMILIES, addressFamily } from '../model/endpoint.js';
import { smallest } from '../model/extremes.js';
import { isoTimeOrNull } from '../model/iso-time.js';
import type { LedgerEntry } from '../model/report.js';
import type { Snapshot } from '../model/snapshot.js';
import { classifyEvents } from './events/classified-events.js';
import { clientTuples, Destinations, type ClientTuples } from './tuples/client-tuples.js';
import { ConsumerIndex } from './owners/consumer-index.js';
import { ConsumerTrends } from './trends/consumer-trends.js';
import { DestinationOwners } from './owners/destination-owners.js';
import { effectiveOfFamily } from './time-wait/effective-time-wait.js';
import { FutureOwners } from './owners/future-owners.js';
import { LedgerSeries } from './pools/ledger-series.js';
import { loggedOpenings } from './owners/logged-openings.js';
import { TupleDeltas } from './tuples/tuple-deltas.js';
import { PastOwners } from './owners/past-owners.js';
import {
  emptyCounts,
  listeningPorts,
  tcpLedger,
  udpLedger,
  unseenClasses,
  type ListeningPorts,
  type PortLedger,
} from './pools/port-ledger.js';
import { holdsPort, type PortPool } from './pools/port-pool.js';
import { ReopenedTuples } from './tuples/reopened-tuples.js';
import { snapshotHoldings, type SnapshotHoldings } from './owners/snapshot-holdings.js';
import { PoolGrowth } from './rate/pool-growth.js';
import { TimeWaitLifetime } from './time-wait/time-wait-lifetime.js';
import { busiestDestination, type BusiestDestination } from './pools/towards-destination.js';
import { isExhausted, isReuseRare } from './pools/fullness.js';

/** A snapshot worth keeping in detail: the one with the most ports in use. */
export interface PeakSnapshot {
  readonly entry: LedgerEntry;
  readonly atMs: number | null;
  readonly clockErrorSeconds: number;
  readonly holdings: SnapshotHoldings;
  readonly serverSideTimeWait: number;
  /** TIME_WAIT tuples on its ports; two of them may share one. */
  readonly waitingTuples: number;
  /** Interned local addresses of its rows. */
  readonly localAddresses: ReadonlySet<number>;
  /** Consumers that had a tuple alive later which waits here without an owner, by tuple. */
  readonly laterOwners: ReadonlyMap<number, number>;
}

/** Goes through the snapshots of one host in time order and keeps what the correlation needs of them, never their rows. */
export class SnapshotPass {
  readonly pools: readonly PortPool[];
  readonly addresses: Interner;
  readonly destinations = new Destinations();
  readonly consumers: ConsumerIndex;
  readonly owners = new DestinationOwners();
  readonly lifetimes = { ipv4: new TimeWaitLifetime(), ipv6: new TimeWaitLifetime() } as const;
  readonly newTuples = new TupleDeltas();
  readonly trends = new ConsumerTrends();
  /** What each dated snapshot that shows TIME_WAIT adds to the one before, for the back-test and the ramp. */
  readonly steps = new PoolGrowth();
  readonly reopened: ReopenedTuples;
  readonly ledgers: ReadonlyMap<string, LedgerSeries>;
  readonly peaks = new Map<string, LedgerEntry>();
  peak: PeakSnapshot | null = null;
  snapshots = 0;
  /** TCP ports seen listening with their owner, from the latest snapshot that shows them. */
  readonly listenerOwners = new Map<number, { pid: number; file: string; line: number; atMs: number | null }>();
  /** Kinds of ledger class that at least one snapshot could show. */
  readonly everShown = new Set<string>();
  /** The remote endpoint that came nearest to using up the auto-reuse range; null without such a range, or a connection from it. */
  busiest: BusiestDestination | null = null;
  readonly #memory = new PastOwners();
  #later = new FutureOwners(null, null);
  /** The first event that says no dynamic TCP port was left. */
  readonly #ranOutMs: number;
  readonly #host: HostEvidence;

  constructor(host: HostEvidence, pools: readonly PortPool[], addresses: Interner, keepNear: readonly number[]) {
    this.#host = host;
    this.#ranOutMs = smallest(classifyEvents(host.events).tcpExhausted.map(({ fromMs }) => fromMs));
    this.pools = pools;
    this.addresses = addresses;
    this.consumers = new ConsumerIndex(host.processes);
    this.reopened = new ReopenedTuples(pools);
    this.ledgers = new Map(pools.map((pool) => [pool.id, new LedgerSeries(keepNear)]));
  }

  observe(snapshot: Snapshot): void {
    this.snapshots += 1;
    const shows = rowsShown(snapshot);
    let udpPorts: Map<number, number> | null = null;
    if (shows.udp) {
      const pool = this.pools.find(({ transport }) => transport === 'udp');
      if (pool !== undefined) {
        this.#addUdp(snapshot, pool);
        if (!snapshot.cannotShow.includes('owner')) udpPorts = this.#udpPortsByConsumer(snapshot, pool);
      }
    }
    if (shows.tcp) this.#addTcp(snapshot, udpPorts);
    else if (snapshot.atMs !== null && snapshot.isDated)
      this.trends.addTable(snapshot.atMs, new Map(), udpPorts, [], false);
  }

  #addTcp(snapshot: Snapshot, udpPorts: ReadonlyMap<number, number> | null): void {
    const { atMs, rows } = snapshot;
    const listeners = listeningPorts(rows, this.#host.listeners);
    const unseen = unseenClasses(snapshot, listeners);
    for (const name of Object.keys(emptyCounts())) if (!unseen.some((word) => word === name)) this.everShown.add(name);
    if (listeners.fromSnapshot) this.#noteListeners(snapshot);
    for (const pool of this.pools) {
      if (pool.transport !== 'tcp') continue;
      const ledger = tcpLedger(pool, snapshot, listeners);
      const entry: LedgerEntry = {
        at: isoTimeOrNull(atMs),
        clockErrorSeconds: atMs === null ? null : snapshot.clockErrorSeconds,
        file: snapshot.file,
        line: snapshot.line,
        poolId: pool.id,
        transport: 'tcp',
        family: pool.family,
        usable: ledger.usable,
        inUse: ledger.inUse,
        free: ledger.usable - ledger.inUse,
        ...ledger.counts,
        udp: 0,
        listening: ledger.listening,
        directionUnknown: 0,
        rowsCountedNaively: ledger.rowsCountedNaively,
        unseen: [...unseen],
      };
      if (pool.kind === 'auto-reuse') this.busiest = busiestDestination(snapshot, ledger, this.busiest);
      if (pool === this.pools[0]) this.#correlate(snapshot, ledger, entry, listeners, udpPorts);
      this.#note(pool.id, atMs, entry);
    }
  }

  #correlate(
    snapshot: Snapshot,
    ledger: PortLedger,
    entry: LedgerEntry,
    listeners: ListeningPorts,
    udpPorts: ReadonlyMap<number, number> | null,
  ): void {
    const { atMs } = snapshot;
    const tuples = clientTuples(snapshot, ledger, this.destinations);
    const shortestMs = this.#shortestTimeWaitMs();
    const openings = loggedOpenings(snapshot, tuples, this.#host.loggedConnections, shortestMs);
    const holdings = snapshotHoldings(snapshot, ledger, tuples, this.consumers, this.#memory, openings, shortestMs);
    this.owners.remember(holdings.destinations, atMs);
    entry.directionUnknown = this.#directionUnknown(holdings, ledger.pool);
    if (atMs !== null && snapshot.isDated) {
      const opened = this.newTuples.compareTuples(tuples, atMs, entry, openings, snapshot.clockErrorSeconds);
      if (!entry.unseen.includes('timeWait')) {
        this.#measureLifetime(snapshot, atMs, tuples, entry);
        const { timeWait: waiting, inUse, usable } = entry;
        this.steps.addStep({ atMs, opened, waiting, inUse, usable, exhausted: isExhausted(entry) });
      }
      if (!entry.unseen.includes('established') && !entry.unseen.includes('owner')) {
        this.owners.turnover.followTable(snapshot, tuples, atMs, this.consumers);
      }
      this.trends.addTable(atMs, holdings.holdings, udpPorts, entry.unseen, true, holdings.destinations);
      if (isReuseRare(entry)) this.reopened.watchTuples(snapshot, atMs, listeners.ports, this.destinations);
    }
    this.#memory.remember(tuples, atMs, this.consumers);
    this.#later.watchForOwners(tuples, atMs, this.consumers);
    if (this.peak === null || entry.inUse > this.peak.entry.inUse) {
      this.#later = new FutureOwners(isReuseRare(entry) ? holdings : null, atMs);
      this.peak = {
        entry,
        atMs,
        clockErrorSeconds: snapshot.clockErrorSeconds,
        holdings,
        serverSideTimeWait: ledger.serverSideTimeWait,
        waitingTuples: tuples.isTimeWait.reduce((sum, waits) => sum + waits, 0),
        localAddresses: new Set(snapshot.rows.localAddress.subarray(0, snapshot.rows.length)),
        laterOwners: this.#later.owners,
      };
    }
  }

  /** As far as the settings and the snapshots before this one tell. */
  #shortestTimeWaitMs(): number {
    const measured = { ipv4: this.lifetimes.ipv4.bounds(), ipv6: this.lifetimes.ipv6.bounds() };
    const input = { option: null, settings: this.#host.settings, measured };
    return Math.min(...ADDRESS_FAMILIES.map((family) => effectiveOfFamily(input, family).low)) * 1000;
  }

  /** Follows TIME_WAIT per address family. */
  #measureLifetime(snapshot: Snapshot, atMs: number, tuples: ClientTuples, entry: LedgerEntry): void {
    // What seems free may be Bound where that is not shown, and is not free once the ports have run out.
    const ranOut = entry.unseen.includes('bound') && atMs + snapshot.clockErrorSeconds * 1000 >= this.#ranOutMs;
    const { rows } = snapshot;
    for (const family of ADDRESS_FAMILIES) {
      this.lifetimes[family].measureTable(tuples, atMs, rows.ageMs, ranOut ? 0 : entry.free, (index) => {
        const address = rows.addresses.valueOf(rows.localAddress[tuples.row[index] ?? 0] ?? 0);
        return addressFamily(address) === family;
      });
    }
  }

  #addUdp(snapshot: Snapshot, pool: PortPool): void {
    const { inUse, usable, rowsCountedNaively } = udpLedger(pool, snapshot.rows);
    this.#note(pool.id, snapshot.atMs, {
      at: isoTimeOrNull(snapshot.atMs),
      clockErrorSeconds: snapshot.atMs === null ? null : snapshot.clockErrorSeconds,
      file: snapshot.file,
      line: snapshot.line,
      poolId: pool.id,
      transport: 'udp',
      family: pool.family,
      usable,
      inUse,
      free: usable - inUse,
      ...emptyCounts(),
      udp: inUse,
      listening: 0,
      directionUnknown: 0,
      rowsCountedNaively,
      unseen: snapshot.cannotShow.includes('owner') ? ['owner'] : [],
    });
  }

  #note(poolId: string, atMs: number | null, entry: LedgerEntry): void {
    this.ledgers.get(poolId)?.addEntry(atMs, entry);
    const peak = this.peaks.get(poolId);
    if (peak === undefined || entry.inUse > peak.inUse) this.peaks.set(poolId, entry);
  }

  /**
   * TIME_WAIT between two high ports with no listener or owner ever seen: it may be the far end's connection to a server that has
   * gone, which would cost no dynamic port.
   */
  #directionUnknown(holdings: SnapshotHoldings, pool: PortPool): number {
    let ports = 0;
    for (const { destination, unresolved } of holdings.destinations.values()) {
      if (unresolved === 0 || !this.isHighPort(destination, pool)) continue;
      if (this.owners.ownersOf(destination, null).ever.size === 0) ports += unresolved;
    }
    return ports;
  }

  /** True when a destination's port could itself be somebody's dynamic port, and is no listener of this host. */
  isHighPort(destination: number, pool: PortPool): boolean {
    const { port } = this.destinations.endpoint(destination);
    return port !== UNKNOWN && (holdsPort(pool, port) || port >= 49_152) && !this.#host.listeners.has(port);
  }

  #noteListeners(snapshot: Snapshot): void {
    const { rows } = snapshot;
    for (let index = 0; index < rows.length; index += 1) {
      if (rows.udp[index] === 1 || rows.state[index] !== TcpState.Listen) continue;
      this.listenerOwners.set(rows.localPort[index] ?? 0, {
        pid: rows.pid[index] ?? UNKNOWN,
        file: snapshot.file,
        line: rows.line[index] ?? snapshot.line,
        atMs: snapshot.atMs,
      });
    }
  }

  #udpPortsByConsumer(snapshot: Snapshot, pool: PortPool): Map<number, number> {
    const { rows, atMs } = snapshot;
    const ports = new Map<number, number>();
    const seen = new Set<number>();
    for (let index = 0; index < rows.length; index += 1) {
      const port = rows.localPort[index] ?? 0;
      if (rows.udp[index] !== 1 || !holdsPort(pool, port) || seen.has(port)) continue;
      seen.add(port);
      const consumer = this.consumers.idOf(rows.pid[index] ?? UNKNOWN, atMs);
      if (consumer !== null) ports.set(consumer, (ports.get(consumer) ?? 0) + 1);
    }
    return ports;
  }
}

function rowsShown(snapshot: Snapshot): { tcp: boolean; udp: boolean } {
  const { rows } = snapshot;
  let tcp = false;
  let udp = false;
  for (let index = 0; index < rows.length && !(tcp && udp); index += 1) {
    if (rows.udp[index] === 1) udp = true;
    else tcp = true;
  }
  return { tcp, udp };
}
