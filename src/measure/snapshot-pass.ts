import type { HostEvidence } from '../capture/assemble/assemble.js';
import { isPlaced } from '../model/event-group.js';
import { UNKNOWN, type Transport } from '../model/connection.js';
import { ADDRESS_FAMILIES, addressFamily, type AddressFamily } from '../model/endpoint.js';
import { smallest } from '../model/extremes.js';
import { LONGEST_LEGAL_DELAY_MS } from '../model/legal-delay.js';
import { LEDGER_CLASSES, type LedgerClass, type LedgerEntry } from '../model/report-ports.js';
import type { Snapshot, TableScope } from '../model/snapshot.js';
import { classifyEvents } from './events/classified-events.js';
import { FullMoments } from './events/full-moments.js';
import { clientTuples, Destinations, type ClientTuples } from './tuples/client-tuples.js';
import { ConsumerIndex } from './owners/consumer-index.js';
import { ConsumerTrends } from './trends/consumer-trends.js';
import { DestinationOwners } from './owners/destination-owners.js';
import { effectiveOfFamily } from './time-wait/effective-time-wait.js';
import { FutureOwners } from './owners/future-owners.js';
import type { PoolHistory } from './facts.js';
import type { HostMeasures, NumberedNames, PeakSnapshot } from './host-measures.js';
import { noteListeners, type ListenerOwner } from './owners/listener-owners.js';
import { joinUnnamedProcesses, passingProcesses } from './owners/unnamed-processes.js';
import { tcpEntry, udpEntry } from './pools/ledger-entry.js';
import { LedgerSeries } from './pools/ledger-series.js';
import { loggedOpenings } from './owners/logged-openings.js';
import { TupleDeltas } from './tuples/tuple-deltas.js';
import { PastOwners } from './owners/past-owners.js';
import { listeningPorts, tcpLedger, type ListeningPorts, type PortLedger } from './pools/port-ledger.js';
import { holdsPort, type PortPool } from './pools/port-pool.js';
import { PortReuse } from './tuples/port-reuse.js';
import type { PortHold } from './owners/port-holders.js';
import { tableScope } from './pools/table-scope.js';
import { transportsShown } from './pools/transports-shown.js';
import { incomparableClasses, unseenClasses } from './pools/unseen-classes.js';
import { PinnedPorts } from './tuples/pinned-ports.js';
import { ReopenedTuples } from './tuples/reopened-tuples.js';
import { snapshotHoldings, type SnapshotHoldings } from './owners/snapshot-holdings.js';
import { PoolGrowth } from './rate/pool-growth.js';
import { NO_UDP, udpPortsByConsumer, type ShownUdp } from './owners/udp-ports.js';
import { TimeWaitLifetime } from './time-wait/time-wait-lifetime.js';
import { busiestDestination, type BusiestDestination } from './pools/towards-destination.js';
import { isExhausted, isReuseRare } from './pools/fullness.js';

/** Goes through the snapshots of one host in time order and keeps what the correlation needs of them, never their rows. */
export class SnapshotPass {
  readonly #pools: readonly PortPool[];
  readonly #primary: PortPool;
  readonly #addresses: NumberedNames['addresses'];
  readonly #destinations = new Destinations();
  readonly #consumers: ConsumerIndex;
  readonly #owners = new DestinationOwners();
  readonly #lifetimes = { ipv4: new TimeWaitLifetime(), ipv6: new TimeWaitLifetime() } as const;
  readonly #portReuse = new PortReuse();
  readonly #newTuples = new TupleDeltas();
  readonly #trends = new ConsumerTrends();
  #udpHolders: ShownUdp['ports'] = null;
  readonly #steps = new PoolGrowth();
  readonly #reopened: ReopenedTuples;
  readonly #pinned: PinnedPorts;
  readonly #ledgers: ReadonlyMap<string, LedgerSeries>;
  readonly #peaks = new Map<string, LedgerEntry>();
  #peak: PeakSnapshot | null = null;
  #snapshots = 0;
  readonly #listenerOwners = new Map<number, ListenerOwner>();
  readonly #everShown = new Set<LedgerClass>();
  #busiest: BusiestDestination | null = null;
  readonly #memory = new PastOwners();
  #later = new FutureOwners(null, null);
  /** The first event that says no dynamic TCP port was left. */
  readonly #ranOutMs: number;
  readonly #fullMoments: Readonly<Record<Transport, FullMoments>>;
  readonly #host: HostEvidence;

  constructor(
    host: HostEvidence,
    pools: readonly PortPool[],
    addresses: NumberedNames['addresses'],
    keepNear: readonly number[],
  ) {
    this.#host = host;
    const { tcpExhausted, udpExhausted } = classifyEvents(host.events.filter(isPlaced));
    this.#ranOutMs = smallest(tcpExhausted.map(({ fromMs }) => fromMs));
    this.#fullMoments = { tcp: new FullMoments(tcpExhausted), udp: new FullMoments(udpExhausted) };
    const [primary] = pools;
    if (primary === undefined) throw new Error('a host has a TCP pool');
    this.#pools = pools;
    this.#primary = primary;
    this.#addresses = addresses;
    this.#consumers = new ConsumerIndex(host.processes, addresses);
    this.#reopened = new ReopenedTuples(pools);
    this.#pinned = new PinnedPorts(pools);
    this.#ledgers = new Map(pools.map((pool) => [pool.id, new LedgerSeries(keepNear)]));
  }

  /** `scope`: of the table that the snapshot is a part of, where it is one. */
  observe(snapshot: Snapshot, scope = tableScope(snapshot)): void {
    this.#snapshots += 1;
    const shows = transportsShown(snapshot);
    const pool = shows.udp ? this.#pools.find(({ transport }) => transport === 'udp') : undefined;
    const udp = pool === undefined ? NO_UDP : this.#addUdp(snapshot, scope, pool);
    if (shows.tcp) this.#addTcp(snapshot, scope, udp);
    else this.#followTrends(snapshot, udp, null);
  }

  #addUdp(snapshot: Snapshot, scope: TableScope, pool: PortPool): ShownUdp {
    const entry = udpEntry(snapshot, pool, scope);
    this.#note(pool.id, snapshot.atMs, entry);
    const hasOwners = !snapshot.cannotShow.includes('owner');
    const ports = hasOwners ? udpPortsByConsumer(snapshot, pool, this.#consumers) : null;
    if (this.#peaks.get(pool.id) === entry) this.#udpHolders = ports;
    return { entry, ports };
  }

  /** A table without a time tells of no trend. */
  #followTrends({ atMs, isDated }: Snapshot, udp: ShownUdp, tcp: ShownTcp | null): void {
    if (atMs === null || !isDated) return;
    this.#trends.addTable({
      atMs,
      holdings: tcp?.holdings.holdings ?? new Map(),
      destinations: tcp?.holdings.destinations ?? new Map(),
      udpPorts: udp.ports,
      unseen: tcp?.unlisted ?? [],
      showsTcp: tcp !== null,
      tcp: this.#fullMoments.tcp.stateAt(atMs, tcp?.entry ?? null),
      udp: this.#fullMoments.udp.stateAt(atMs, udp.entry),
    });
  }

  /** Once every snapshot has been observed. */
  finish(): HostMeasures {
    const udp = this.#pools.find(({ transport }) => transport === 'udp');
    if (udp === undefined) throw new Error('a host has a UDP pool');
    joinUnnamedProcesses(this.#owners, this.#consumers);
    return {
      names: { addresses: this.#addresses, destinations: this.#destinations, consumers: this.#consumers },
      pools: {
        primary: this.#primary,
        udp,
        histories: this.#pools.map((pool) => this.#historyOf(pool)),
        busiest: this.#busiest,
        listenerOwners: this.#listenerOwners,
      },
      tables: {
        snapshots: this.#snapshots,
        everShown: this.#everShown,
        trends: this.#trends.list(),
        reopened: this.#reopened.list(this.#primary),
        pinned: this.#pinned.list(),
      },
      holders: {
        peak: this.#peak,
        owners: this.#owners,
        udp: this.#udpHolders,
        passing: passingProcesses(this.#owners, this.#consumers),
        isHighPort: (destination) => this.#isHighPort(destination),
      },
      delays: this.#lifetimes,
      rates: {
        steps: this.#steps.list(),
        intervals: this.#newTuples.intervals(),
        stayingShare: this.#newTuples.stayingShare(),
      },
    };
  }

  #historyOf(pool: PortPool): PoolHistory {
    const series = this.#ledgers.get(pool.id);
    const peak = this.#peaks.get(pool.id) ?? null;
    return { pool, ledger: series?.list() ?? [], omitted: series?.omitted ?? 0, peak };
  }

  #addTcp(snapshot: Snapshot, scope: TableScope, udp: ShownUdp): void {
    const { atMs, rows } = snapshot;
    const listeners = listeningPorts(rows, this.#host.listeners);
    const unseen = unseenClasses(snapshot, scope);
    for (const name of LEDGER_CLASSES) if (!unseen.includes(name)) this.#everShown.add(name);
    if (listeners.fromSnapshot) noteListeners(snapshot, this.#listenerOwners);
    this.#pinned.watchTable(snapshot, listeners);
    for (const pool of this.#pools) {
      if (pool.transport !== 'tcp') continue;
      const ledger = tcpLedger(pool, snapshot, listeners);
      const entry = tcpEntry(snapshot, ledger, scope);
      if (pool.kind === 'auto-reuse') this.#busiest = busiestDestination(snapshot, ledger, this.#busiest);
      if (pool === this.#primary) this.#correlate(snapshot, ledger, entry, listeners, udp);
      this.#note(pool.id, atMs, entry);
    }
  }

  #correlate(
    snapshot: Snapshot,
    ledger: PortLedger,
    entry: LedgerEntry,
    listeners: ListeningPorts,
    udp: ShownUdp,
  ): void {
    const { atMs } = snapshot;
    const unlisted = incomparableClasses(snapshot, listeners);
    const tuples = clientTuples(snapshot, ledger, this.#destinations);
    const shortestMs = this.#shortestTimeWaitMs();
    const openings = loggedOpenings(snapshot, tuples, this.#host.loggedConnections, shortestMs);
    const holdings = snapshotHoldings(snapshot, ledger, tuples, this.#consumers, this.#memory, openings, shortestMs);
    this.#owners.remember(holdings.destinations, atMs);
    entry.directionUnknown = this.#directionUnknown(holdings);
    if (atMs !== null && snapshot.isDated) {
      const listed = { ...entry, unseen: unlisted };
      const opened = this.#newTuples.compareTuples(tuples, atMs, listed, openings, snapshot.clockErrorSeconds);
      if (!unlisted.includes('timeWait')) {
        this.#measureLifetime(snapshot, atMs, tuples, entry);
        const { timeWait: waiting, inUse, usable } = entry;
        this.#steps.addStep({ atMs, opened, waiting, inUse, usable, exhausted: isExhausted(entry) });
      }
      if (!unlisted.includes('established') && !unlisted.includes('owner')) {
        this.#owners.followTable(snapshot, tuples, atMs, this.#consumers);
      }
      if (isReuseRare(entry))
        this.#reopened.watchTuples(snapshot, atMs, listeners.ports, this.#destinations, this.#longestTimeWaitMs());
    }
    this.#followTrends(snapshot, udp, { entry, unlisted, holdings });
    this.#memory.remember(tuples, atMs, this.#consumers);
    this.#later.watchForOwners(tuples, atMs, this.#consumers);
    if (this.#peak === null || entry.inUse > this.#peak.entry.inUse) {
      this.#later = new FutureOwners(isReuseRare(entry) ? holdings : null, atMs);
      this.#peak = this.#peakOf(snapshot, ledger, entry, holdings, tuples);
    }
  }

  #peakOf(
    { rows, atMs, clockErrorSeconds }: Snapshot,
    { serverSideTimeWait }: PortLedger,
    entry: LedgerEntry,
    holdings: SnapshotHoldings,
    tuples: ClientTuples,
  ): PeakSnapshot {
    const waitingTuples = tuples.isTimeWait.reduce((sum, waits) => sum + waits, 0);
    const localAddresses = new Set(rows.localAddress.subarray(0, rows.length));
    const laterOwners = this.#later.owners;
    return { entry, atMs, clockErrorSeconds, holdings, serverSideTimeWait, waitingTuples, localAddresses, laterOwners };
  }

  /** As far as the settings and the snapshots before this one tell. */
  #shortestTimeWaitMs(): number {
    const measured = { ipv4: this.#lifetimes.ipv4.bounds(), ipv6: this.#lifetimes.ipv6.bounds() };
    const input = { option: null, settings: this.#host.settings, measured };
    return Math.min(...ADDRESS_FAMILIES.map((family) => effectiveOfFamily(input, family).low)) * 1000;
  }

  /** As far as the snapshots before this one have measured it. */
  #longestTimeWaitMs(): Record<AddressFamily, number> {
    const longest = (family: AddressFamily): number =>
      Math.min((this.#lifetimes[family].bounds().high ?? Infinity) * 1000, LONGEST_LEGAL_DELAY_MS);
    return { ipv4: longest('ipv4'), ipv6: longest('ipv6') };
  }

  /** Follows TIME_WAIT per address family. */
  #measureLifetime(snapshot: Snapshot, atMs: number, tuples: ClientTuples, entry: LedgerEntry): void {
    // What seems free may be Bound where that is not shown, and is not free once the ports have run out.
    const ranOut = entry.unseen.includes('bound') && atMs + snapshot.clockErrorSeconds * 1000 >= this.#ranOutMs;
    const chances = this.#portReuse.compareTables(tuples, atMs, ranOut ? 0 : entry.free);
    const { rows } = snapshot;
    for (const family of ADDRESS_FAMILIES) {
      this.#lifetimes[family].measureTable(tuples, atMs, rows.ageMs, chances, (index) => {
        const address = rows.addresses.valueOf(rows.localAddress[tuples.row[index] ?? 0] ?? 0);
        return addressFamily(address) === family;
      });
    }
  }

  #note(poolId: string, atMs: number | null, entry: LedgerEntry): void {
    this.#ledgers.get(poolId)?.addEntry(atMs, entry);
    const peak = this.#peaks.get(poolId);
    if (peak === undefined || entry.inUse > peak.inUse) this.#peaks.set(poolId, entry);
  }

  /**
   * TIME_WAIT between two high ports with no listener or owner ever seen: it may be the far end's connection to a server that has
   * gone, which would cost no dynamic port.
   */
  #directionUnknown({ destinations, shared }: SnapshotHoldings): number {
    const unknown = new Set<number | null>();
    let ports = 0;
    for (const { destination, unresolvedKeys } of destinations.values()) {
      if (!this.#isHighPort(destination) || this.#owners.ownersOf(destination, null).ever.size > 0) continue;
      unknown.add(destination);
      ports += unresolvedKeys.length;
    }
    const isUnknown = ({ consumer, destination }: PortHold): boolean => consumer === null && unknown.has(destination);
    return ports + shared.filter(({ holds }) => holds.every(isUnknown)).length;
  }

  #isHighPort(destination: number): boolean {
    const { port } = this.#destinations.endpoint(destination);
    return port !== UNKNOWN && (holdsPort(this.#primary, port) || port >= 49_152) && !this.#host.listeners.has(port);
  }
}

/** What a table shows of the TCP pool. */
interface ShownTcp {
  readonly entry: LedgerEntry;
  readonly unlisted: LedgerEntry['unseen'];
  readonly holdings: SnapshotHoldings;
}
