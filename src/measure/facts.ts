import type { HostEvidence } from '../capture/assemble/assemble.js';
import type { Estimate } from '../model/estimate.js';
import type { EventGroup } from '../model/event-group.js';
import type { Attribution } from '../model/report-holders.js';
import type { LedgerClass, LedgerEntry, TimeWaitFacts } from '../model/report-ports.js';
import type { Sourced } from '../model/report-message.js';
import type { SourceRef } from '../model/source-ref.js';
import type { ClassifiedEvents } from './events/classified-events.js';
import type { IncidentWindow } from './events/incident-windows.js';
import type { AttributedConsumer } from './owners/attributed-consumer.js';
import type { ConsumerIdentity } from './owners/consumer-index.js';
import { isExhausted, isNearlyFull } from './pools/fullness.js';
import type { PortPool } from './pools/port-pool.js';
import type { ConnectionRate } from './rate/connection-rate.js';
import type { ReplayOfArrivals } from './rate/replay-of-arrivals.js';
import type { TransientConnections } from './rate/transient-connections.js';
import type { TimeWaitExpiry } from './time-wait/time-wait-expiry.js';
import type { ConsumerTrend } from './trends/consumer-trends.js';

/** A consumer at the peak, with its name and its numbers. */
export interface ConsumerFacts {
  readonly identity: ConsumerIdentity;
  readonly attributed: AttributedConsumer;
  readonly ports: number;
  /** Its rows, those in TIME_WAIT among them. */
  readonly connections: number;
  /** Live and Bound ports that carry nobody else's connection. */
  readonly exclusivePorts: number;
  /** Of the connections opened within one TIME_WAIT before the fullest table; null where that cannot be told. */
  readonly shareOfOpenings: Estimate | null;
  readonly destinations: readonly { readonly remote: string; readonly ports: number; readonly connections: number }[];
  readonly perSecond: Estimate | null;
  readonly trends: readonly ConsumerTrend[];
}

export interface DestinationFacts extends Sourced {
  readonly remote: string;
  readonly address: string;
  readonly port: number;
  /** Loopback, or an address that connections of this host come from. */
  readonly isThisHost: boolean;
  /** In equal parts for every destination of a port. */
  readonly ports: number;
  /** Ports that carry a connection to it. */
  readonly reach: number;
  /** Connections. */
  readonly timeWait: number;
  readonly connected: number;
  /** Connections opened a second, null where nothing tells. */
  readonly perSecond: Estimate | null;
}

export interface NamedTrend extends ConsumerTrend {
  readonly identity: ConsumerIdentity;
}

/** A local port that comes again for the same far end, or that lies outside every range and was therefore chosen by a program. */
export interface PinnedTuple {
  readonly local: string;
  readonly localPort: number;
  readonly remote: string;
  /** In no range that Windows hands out, and nobody listens on it. */
  readonly isOutside: boolean;
  /** Far ends at the same remote port that it was seen with. */
  readonly remotes: number;
  /** Times that one pair of endpoints was closed and opened again. */
  readonly reopened: number;
  readonly sightings: number;
  /** Its owner's id, and the name of it as a sentence has it. */
  readonly consumer: number | null;
  readonly process: string | null;
  readonly ref: SourceRef;
}

/** One pool in the tables, one after the other. */
export interface PoolHistory {
  readonly pool: PortPool;
  readonly ledger: readonly LedgerEntry[];
  /** How many entries the ledger, which is thinned, leaves out. */
  readonly omitted: number;
  readonly peak: LedgerEntry | null;
}

/** The remote endpoint that came nearest to using up the auto-reuse range. */
export interface BusiestEndpoint {
  readonly remote: string;
  readonly ports: number;
  readonly usable: number;
}

/** The pools that ports come from, and who listens inside them. */
export interface PoolFacts {
  readonly pools: readonly PortPool[];
  /** The combined TCP pool. */
  readonly pool: PortPool;
  readonly udpPool: PortPool;
  /** In the order of `pools`. */
  readonly histories: readonly PoolHistory[];
  /** Null without an auto-reuse range, or a connection from it. */
  readonly busiestEndpoint: BusiestEndpoint | null;
  /** TCP ports seen listening, with the name of the owner where known, in port order. */
  readonly listeners: readonly { readonly port: number; readonly process: string | null; readonly ref: SourceRef }[];
}

/** What the tables show, one after the other. */
export interface TableFacts {
  readonly snapshots: number;
  /** Snapshots with a TCP table among them; `ledger` may hold fewer, it is thinned. */
  readonly tcpTables: number;
  readonly ledger: readonly LedgerEntry[];
  readonly udpLedger: readonly LedgerEntry[];
  /** Classes that at least one snapshot could show. */
  readonly everShown: ReadonlySet<LedgerClass>;
  readonly trends: readonly NamedTrend[];
  readonly pinned: readonly PinnedTuple[];
  /** Share of live client connections that were still alive in the next snapshot, null where too few were followed. */
  readonly stayingShare: number | null;
}

/** The fullest table, who held its ports and towards where. */
export interface UdpHolder {
  readonly identity: ConsumerIdentity;
  readonly ports: number;
  readonly ref: SourceRef;
}

export interface PeakFacts {
  readonly peak: LedgerEntry | null;
  readonly peakMs: number | null;
  readonly peakClockErrorSeconds: number;
  readonly udpPeak: LedgerEntry | null;
  /** Who held UDP ports in the fullest table of them, those with most first; nobody where it has no owners. */
  readonly udpHolders: readonly UdpHolder[];
  readonly consumers: readonly ConsumerFacts[];
  readonly attribution: Attribution;
  /** Connected or Bound ports without an owner in the fullest table. */
  readonly withoutOwner: number;
  readonly destinations: readonly DestinationFacts[];
}

/** How long TIME_WAIT lasts. */
export interface DelayFacts {
  readonly timeWaitDelay: TimeWaitFacts;
  readonly timeWaitExpiry: TimeWaitExpiry;
}

/** How fast connections come and go. */
export interface RateFacts {
  readonly demand: ConnectionRate;
  readonly transient: TransientConnections;
  /** Share of the connections seen to end that this host closed, at most; null where too few were, or TIME_WAIT is not shown. */
  readonly endedInTimeWait: number | null;
  readonly replay: ReplayOfArrivals | null;
}

/** What the logs say. */
export interface LogFacts {
  readonly events: ClassifiedEvents;
  readonly onsets: readonly EventGroup[];
  /** Those of TCP: a datagram without a port says nothing of connections. */
  readonly tcpOnsets: readonly EventGroup[];
  /** Whether a System log holds every record from the first dated snapshot to the last. */
  readonly logCoversSnapshots: boolean;
  /** Seconds from the last record of the System log to the newest table, where TIME_WAIT in that table does not look back so far; else null. */
  readonly logSilentSeconds: number | null;
  /** Whether a System log was given that no query had left most kinds of event out of. */
  readonly hasSystemLog: boolean;
  /**
   * Whether what the System log does not hold did not happen: it covers the tables, or, without a table, misses no record between its first
   * and its last.
   */
  readonly logExcludesEvents: boolean;
  /** Whether one was given that a query had: what it lacks may have been logged. */
  readonly logIsFiltered: boolean;
}

/** Numbers that two readers would share: what mechanisms judge and advice plans with, told by what is measured together. */
export interface HostFacts extends PoolFacts, TableFacts, PeakFacts, DelayFacts, RateFacts, LogFacts {
  readonly host: string;
  readonly evidence: HostEvidence;
  /** Every consumer seen anywhere in the capture. */
  readonly identities: readonly ConsumerIdentity[];
  readonly windows: readonly IncidentWindow[];
}

/** A TCP pool without ports, or one all but full on a host whose log says that connections were refused. */
export function ranOut({ peak, events }: HostFacts): boolean {
  return isExhausted(peak) || (isNearlyFull(peak) && events.collisions.length + events.tcpExhausted.length > 0);
}

/** They were listed, or a table leaves none that could have been excluded. */
export function areExclusionsKnown({ pool, ledger }: HostFacts): boolean {
  return pool.exclusionsCaptured || ledger.some((entry) => leavesNoneExcluded(pool, entry));
}

/** Every port of the range was taken or listened on. */
export function leavesNoneExcluded({ range }: PortPool, { inUse, listening }: LedgerEntry): boolean {
  return inUse + listening >= range.count;
}

/** Ports ran out: a log says that connections were refused, or a table shows the pool without ports. */
export function isInIncident(facts: HostFacts): boolean {
  return facts.windows.length > 0 || ranOut(facts);
}
