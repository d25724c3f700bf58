import type { Estimate } from './estimate.js';
import type { IsoTime, Sourced } from './report-message.js';

/** Who held the ports, and towards where. */

export type ConsumerBasis =
  'owned' | 'name-only' | 'same-tuple' | 'log-event' | 'sole-owner-of-destination' | 'weighted-candidates';

export const TREND_CLASSES = ['bound', 'closeWait', 'established', 'synSent', 'timeWait', 'udp'] as const;

export type TrendClass = (typeof TREND_CLASSES)[number];

export const TREND_SHAPES = ['growth', 'plateau', 'burst', 'varying', 'unknown'] as const;

export type TrendShape = (typeof TREND_SHAPES)[number];

/** How the ports of one class went, within the life of the processes that held them. */
export interface ReportTrend {
  class: TrendClass;
  /** null with fewer than three snapshots that show the class, or where the pool was full in each; `high: null` as above. */
  portsPerHour: Estimate | null;
  shape: TrendShape;
  first: number;
  last: number;
  peak: number;
  snapshots: number;
  /** How often the ports went with their process and began anew with the next. */
  restarts: number;
}

/** `contributing`: not the cause of the incident, and a large part of what it took to fill the pool. */
export const FAULTS = ['yes', 'contributing', 'no', 'unknown'] as const;

export interface Consumer extends Sourced {
  process: string;
  pids: number[];
  services: string[];
  users: string[];
  commandLine: string | null;
  startedAt: IsoTime | null;
  atFault: (typeof FAULTS)[number];
  ports: Estimate;
  shareOfUsable: number;
  basis: ConsumerBasis;
  /** Rows it held in the fullest snapshot, those in TIME_WAIT among them; null in a report of version 1. */
  connections: number | null;
  /** Live and Bound ports without a connection of anybody else: what stopping it would free at once; null in a report of version 1. */
  exclusivePorts: number | null;
  /** Of the connections opened within one TIME_WAIT before the fullest snapshot; null where that cannot be told. */
  shareOfOpenings: Estimate | null;
  /** `ports` splits a port between its holders and destinations; `connections` counts it under each. */
  destinations: { remote: string; ports: number; connections: number | null }[];
  connectionsPerSecond: Estimate | null;
  /** Ports that it takes and keeps; `high: null` where that was only seen into a full pool, null where it is not known to. */
  trendPortsPerHour: Estimate | null;
  /** One for each class that it held in more than one snapshot. */
  trends?: ReportTrend[];
}

export interface Attribution {
  clientTimeWait: number;
  exact: number;
  soleOwner: number;
  candidates: number;
  destinationOnly: number;
  directionUnknown: number;
  unknown: number;
  serverSide: number;
  /** (exact + soleOwner) / clientTimeWait, null when there is no client TIME_WAIT. */
  coverage: number | null;
}

export interface Destination extends Sourced {
  remote: string;
  /** IANA name of the remote port where one is known. */
  service: string | null;
  /** The process listening there when the far end is this host itself, null elsewhere or where no owner was listed. */
  servedBy: string | null;
  /** A port that carries connections to several destinations counts in equal parts for each. */
  ports: number;
  /** Connections to it, in TIME_WAIT or not; null in a report of version 1. */
  connections: number | null;
  timeWait: number;
  connected: number;
  /** Opened towards it in the busiest stretch; null where nothing tells, or in a long list for the smallest. */
  connectionsPerSecond: Estimate | null;
  /** Ports held towards this one remote endpoint, as a share of the usable pool. */
  saturation: number;
}
