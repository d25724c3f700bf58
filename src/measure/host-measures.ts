import type { ConsumerTrend } from './trends/consumer-trends.js';
import type { ConsumerIndex } from './owners/consumer-index.js';
import type { DestinationOwners } from './owners/destination-owners.js';
import type { ListenerOwner } from './owners/listener-owners.js';
import type { SnapshotHoldings } from './owners/snapshot-holdings.js';
import type { UdpHolding } from './owners/udp-ports.js';
import type { PoolHistory } from './facts.js';
import type { PortPool } from './pools/port-pool.js';
import type { BusiestDestination } from './pools/towards-destination.js';
import type { GrowthStep } from './rate/pool-growth.js';
import type { TimeWaitLifetime } from './time-wait/time-wait-lifetime.js';
import type { Destinations } from './tuples/client-tuples.js';
import type { PinnedPort } from './tuples/pinned-ports.js';
import type { ReopenedTuple } from './tuples/reopened-tuples.js';
import type { TableInterval } from './tuples/table-interval.js';
import type { Interner } from '../model/connection.js';
import type { AddressFamily } from '../model/endpoint.js';
import type { LedgerClass, LedgerEntry } from '../model/report-ports.js';

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

/** What the numbers of addresses, destinations and consumers stand for. */
export interface NumberedNames {
  readonly addresses: Pick<Interner, 'valueOf'>;
  readonly destinations: Pick<Destinations, 'endpoint'>;
  readonly consumers: Pick<ConsumerIndex, 'idOf' | 'identity' | 'joined' | 'size'>;
}

/** Who held ports, in the fullest snapshot of the first pool and over all of them. */
export interface HolderMeasures {
  readonly peak: PeakSnapshot | null;
  readonly owners: Pick<DestinationOwners, 'ownersOf' | 'paceOf'>;
  /** Of the fullest UDP table; null where it shows none. */
  readonly udp: ReadonlyMap<number, UdpHolding> | null;
  /** Met once, and perhaps started for a single call: see `passingProcesses`. */
  readonly passing: ReadonlySet<number>;
  /** True when a destination's port could itself be somebody's dynamic port, and is no listener of this host. */
  readonly isHighPort: (destination: number) => boolean;
}

/** What one pass over the snapshots of a host has measured, told by what is measured together; nothing of it changes any more. */
export interface HostMeasures {
  readonly names: NumberedNames;
  readonly pools: {
    readonly primary: PortPool;
    readonly udp: PortPool;
    readonly histories: readonly PoolHistory[];
    /** The remote endpoint that came nearest to using up the auto-reuse range; null without such a range, or a connection from it. */
    readonly busiest: BusiestDestination | null;
    /** TCP ports seen listening with their owner, from the latest snapshot that shows them. */
    readonly listenerOwners: ReadonlyMap<number, ListenerOwner>;
  };
  readonly tables: {
    readonly snapshots: number;
    /** Classes that at least one snapshot could show. */
    readonly everShown: ReadonlySet<LedgerClass>;
    readonly trends: readonly ConsumerTrend[];
    readonly reopened: readonly ReopenedTuple[];
    readonly pinned: readonly PinnedPort[];
  };
  readonly holders: HolderMeasures;
  readonly delays: Readonly<
    Record<
      AddressFamily,
      Pick<TimeWaitLifetime, 'bounds' | 'outlived' | 'expired' | 'longestSeconds' | 'reopenedInGaps'>
    >
  >;
  readonly rates: {
    /** What each dated snapshot that shows TIME_WAIT adds to the one before. */
    readonly steps: readonly GrowthStep[];
    readonly intervals: readonly TableInterval[];
    readonly stayingShare: number | null;
  };
}
