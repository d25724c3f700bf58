import type { Transport } from './connection.js';
import type { AddressFamily } from './endpoint.js';
import type { Estimate } from './estimate.js';
import type { IsoTime, Message, Sourced } from './report-message.js';
import type { TableScope } from './snapshot.js';

/** The ports of the report: pools, the ledger of every table, TIME_WAIT and the rate of connections. */

export type PoolFamily = 'combined' | AddressFamily;

export interface Pool extends Sourced {
  id: string;
  transport: Transport;
  family: PoolFamily;
  kind: 'dynamic' | 'auto-reuse';
  start: number;
  count: number;
  rangeSource: 'netsh' | 'Get-NetTCPSetting' | 'registry' | 'assumed-default' | 'option';
  /** What netsh printed names no family: that the range is this one's too is assumed. Absent in older reports. */
  rangeFamilyAssumed?: boolean;
  /** 0 too where no list of them was captured: see `excludedKnown`. */
  excluded: number;
  /** Whether the excluded ranges were captured, or every port of the range was seen taken. Absent in older reports. */
  excludedKnown?: boolean;
  listeners: number;
  usable: number;
  /** null when no snapshot shows this pool. */
  peakInUse: number | null;
  peakAt: IsoTime | null;
  peakUtilisation: number | null;
  rowsCountedNaively: number | null;
  /** Of an auto-reuse pool, whose ports serve each endpoint once: the endpoint nearest to having used them all up. */
  busiestDestination?: { remote: string; ports: number; saturation: number } | null;
}

export const LEDGER_CLASSES = [
  'established',
  'synSent',
  'synReceived',
  'finWait1',
  'finWait2',
  'closing',
  'lastAck',
  'closeWait',
  'otherState',
  'timeWait',
  'bound',
] as const;

/** In order of precedence: a port in use belongs to the first class that applies. */
export type LedgerClass = (typeof LEDGER_CLASSES)[number];

export interface LedgerEntry extends Record<LedgerClass, number> {
  at: IsoTime | null;
  /** How far `at` may be off; null when it is unknown. */
  clockErrorSeconds: number | null;
  file: string;
  line: number;
  poolId: string;
  transport: Transport;
  family: PoolFamily;
  usable: number;
  /** The sum of the classes (for UDP: `udp`). */
  inUse: number;
  free: number;
  udp: number;
  /** Listeners inside the range; not part of inUse. */
  listening: number;
  /** TIME_WAIT counted in `timeWait` whose direction cannot be known. */
  directionUnknown: number;
  rowsCountedNaively: number;
  /** How much of the host's table it is counted from: unless that was whole, the counts are "at least". */
  scope: TableScope;
  /** What this snapshot cannot show: the classes of which rows may be missing. */
  unseen: (LedgerClass | 'listening' | 'owner')[];
}

/** A ledger entry as reported, beside the events. */
export interface ReportedLedgerEntry extends LedgerEntry {
  /** To the nearest onset event, positive when taken after it; null without a time or without onsets. */
  secondsFromOnset: number | null;
}

export interface TimeWaitFacts extends Sourced {
  configuredSeconds: number | null;
  effective: Estimate & { readonly source: 'measured' | 'registry' | 'option' | 'assumed' };
  /** What the sockets themselves show of each address family; `low: 0` where only an upper bound is known, null where nothing is. */
  families: readonly { readonly family: AddressFamily; readonly measured: Estimate | null }[];
  pendingRestart: boolean;
}

export const DEMAND_METHODS = [
  'time-wait-plateau',
  'new-tuples',
  'creation-times',
  'log-events',
  'ramp',
  'syn-sent',
] as const;

export type DemandMethod = (typeof DEMAND_METHODS)[number];

export interface Demand {
  connectionsPerSecond: Estimate | null;
  observedClosesPerSecond: Estimate | null;
  meanLifetimeSeconds: Estimate | null;
  methods: { id: DemandMethod; perSecond: Estimate }[];
  /** True when the pool was full: what was seen is "at least". */
  censored: boolean;
  /** The two methods furthest apart, where their intervals do not meet. */
  disagreement: Message | null;
}
