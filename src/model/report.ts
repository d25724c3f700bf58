import type { Transport } from './connection.js';
import type { AddressFamily } from './endpoint.js';
import type { Estimate } from './estimate.js';
import type { Format, ProblemCode } from './format.js';

/** Raised on a breaking change of any name below. The names are a contract: other programs read them. */
export const SCHEMA_VERSION = 2;

export const MECHANISMS = [
  'time-wait-churn',
  'endpoint-collision',
  'bound-leak',
  'close-wait-leak',
  'established-leak',
  'connection-saturation',
  'syn-sent-pileup',
  'undersized-range',
  'stuck-time-wait',
  'udp-exhaustion',
] as const;
export type Mechanism = (typeof MECHANISMS)[number];
export type VerdictMechanism = Mechanism | 'undetermined' | 'none';

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const OUTCOMES = ['confirmed', 'likely', 'ruled-out', 'cannot-tell', 'not-applicable', 'errored'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const SETTINGS_HELP = ['not-needed', 'yes', 'buys-time', 'no', 'cannot-tell'] as const;
export type SettingsHelp = (typeof SETTINGS_HELP)[number];

export type EventRole = 'onset' | 'symptom' | 'boot' | 'change' | 'recovery' | 'look-alike' | 'context';
/** Of the host, but for `program`: the change is one of the program, which has to be started again. */
export type Restart = 'no' | 'yes' | 'unverified' | 'program';
export type PoolFamily = 'combined' | AddressFamily;

/** Times are ISO 8601 in UTC with `Z`. */
export type IsoTime = string;

/** A parameter of a message: plain data, so that any language can be made from it again. */
export type MessageParam = string | number | boolean | null | readonly string[] | Estimate;

export interface Message {
  id: string;
  params: Readonly<Record<string, MessageParam>>;
  /** The sentence it was saved with, in a report that was read back. */
  text?: string;
}

export interface Source {
  file: string;
  line: number | null;
  /** EventRecordID. */
  record: number | null;
  /** The raw text, cut at 200 characters. */
  row: string;
}

export interface Sourced {
  /** At most five, in file and line order. */
  sources: Source[];
  sourceCount: number;
}

export interface Evidence extends Sourced {
  message: Message;
}

export interface ReportProblem extends Sourced {
  code: ProblemCode;
  count: number;
  message: Message;
}

export interface ReportInput {
  file: string;
  format: Format;
  dialect: string | null;
  language: string | null;
  encoding: string;
  bytes: number;
  sha256: string;
  hosts: string[];
  records: number;
  skipped: number;
  from: IsoTime | null;
  to: IsoTime | null;
  timeSource: 'in-file' | 'file-name' | 'modified-time' | 'unknown';
  clockErrorSeconds: number | null;
  duplicateOf: string | null;
  problems: ReportProblem[];
}

export interface Verdict {
  mechanism: VerdictMechanism;
  confidence: Confidence;
  exhaustion: 'shown' | 'refuted' | 'cannot-tell';
  summary: Message;
  /** Index into `incidents`, null when there is none. */
  incident: number | null;
  /** The pool it speaks of. */
  poolId: string;
  /** Which ports of it the mechanism is about, `range` where it is how many there are; null without a mechanism. */
  ports: PortsAtIssue | null;
  /** A process takes ports and never gives them back. */
  isLeak: boolean;
  /** The rate of connections is what fills the pool, so that it says what a setting carries. */
  filledByRate: boolean;
}

export interface Incident {
  from: IsoTime;
  to: IsoTime | null;
  mechanism: VerdictMechanism;
  contributing: Mechanism[];
  confidence: Confidence;
  /** The verdict's sentence for this incident alone. */
  summary: Message;
  /** Processes at fault in it, named as in `summary`. */
  atFault: string[];
  onsets: number;
  /** What shows that it was over: a snapshot with free ports, or a restart; null where nothing does. */
  endedBy: 'free-ports' | 'restart' | null;
}

export interface HypothesisResult {
  id: Mechanism;
  outcome: Outcome;
  for: Evidence[];
  against: Evidence[];
  missing: Message[];
}

export type ConsumerBasis = 'owned' | 'same-tuple' | 'log-event' | 'sole-owner-of-destination' | 'weighted-candidates';

export const TREND_CLASSES = ['bound', 'closeWait', 'established', 'synSent', 'timeWait', 'udp'] as const;
export type TrendClass = (typeof TREND_CLASSES)[number];
export const TREND_SHAPES = ['growth', 'plateau', 'burst', 'varying', 'unknown'] as const;
export type TrendShape = (typeof TREND_SHAPES)[number];

/** How the ports of one class went, within the life of the processes that held them. */
export interface ReportTrend {
  class: TrendClass;
  /** null with fewer than three snapshots that show the class. */
  portsPerHour: Estimate | null;
  shape: TrendShape;
  first: number;
  last: number;
  peak: number;
  snapshots: number;
  /** How often the ports went with their process and began anew with the next. */
  restarts: number;
}

export interface Consumer extends Sourced {
  process: string;
  pids: number[];
  services: string[];
  users: string[];
  commandLine: string | null;
  startedAt: IsoTime | null;
  atFault: 'yes' | 'no' | 'unknown';
  ports: Estimate;
  shareOfUsable: number;
  basis: ConsumerBasis;
  destinations: { remote: string; ports: number }[];
  connectionsPerSecond: Estimate | null;
  /** The trend of the class that changes fastest. */
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
  ports: number;
  timeWait: number;
  connected: number;
  /** Opened towards it in the busiest stretch; null where nothing tells, or in a long list for the smallest. */
  connectionsPerSecond: Estimate | null;
  /** Ports held towards this one remote endpoint, as a share of the usable pool. */
  saturation: number;
}

export interface Pool extends Sourced {
  id: string;
  transport: Transport;
  family: PoolFamily;
  kind: 'dynamic' | 'auto-reuse';
  start: number;
  count: number;
  rangeSource: 'netsh' | 'Get-NetTCPSetting' | 'registry' | 'assumed-default' | 'option';
  excluded: number;
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

/** Which ports of a pool a mechanism is about: of a class, those of UDP, or the size of the range itself. */
export const PORTS_AT_ISSUE = [...LEDGER_CLASSES, 'udp', 'range'] as const;
export type PortsAtIssue = (typeof PORTS_AT_ISSUE)[number];

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
  /** What this kind of snapshot cannot show. */
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

export const DEMAND_METHODS = ['time-wait-plateau', 'new-tuples', 'creation-times', 'log-events', 'ramp'] as const;
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

export interface RangeAdvice {
  transport: Transport;
  family: AddressFamily;
  current: { start: number; count: number };
  recommended: { start: number; count: number };
  change: boolean;
  reason: Message;
}

export interface Action {
  id: string;
  title: Message;
  why: Message;
  when: 'now' | 'next-restart';
  restartRequired: Restart;
  apply: { cmd: string[]; powershell: string[]; reg: string[] | null };
  verify: string[];
  rollback: string[];
  risks: Message[];
}

export interface WhatIf {
  timeWaitSeconds: number;
  start: number;
  count: number;
  sustainsConnectionsPerSecond: number;
  peakUtilisation: number | null;
  exhausts: boolean | null;
}

export interface Recommendation {
  settingsHelp: SettingsHelp;
  tcpTimedWaitDelay: {
    configured: number | null;
    /** null = leave as it is. */
    recommended: number | null;
    change: boolean;
    restartRequired: Restart;
    reason: Message;
  };
  maxUserPort: {
    configured: number | null;
    /** The registry spelling of the range, for those who must use it instead of netsh; null = leave as it is. */
    recommended: number | null;
    change: boolean;
    standsFor: { start: number; count: number } | null;
    applied: 'instead-of-netsh' | 'not-applied' | 'remove-leftover';
    restartRequired: Restart;
    reason: Message;
  };
  dynamicPortRanges: RangeAdvice[];
  /** Only where the host has an auto-reuse range. */
  autoReusePortRange?: {
    current: { start: number; count: number };
    recommended: { start: number; count: number };
    change: boolean;
    restartRequired: Restart;
    reason: Message;
  };
  exclusions: { remove: [number, number][]; reason: Message };
  predicted: {
    peakPorts: Estimate | null;
    usable: number | null;
    sustainsConnectionsPerSecond: number | null;
    /** From the newest table on, with the soonest and the latest end; `high: null` where it may never be. */
    secondsToExhaustion: Estimate | null;
  };
  /** The arithmetic, one line a step, with the numbers put in. */
  arithmetic: Message[];
  actions: Action[];
  whatIf: WhatIf[];
  backTest: {
    snapshots: number;
    medianErrorPorts: number;
    /** TIME_WAIT ports seen in those snapshots, the median. */
    observedPorts: number;
    onsetErrorSeconds: number | null;
  } | null;
}

export const SETTING_FINDINGS = [
  'ok',
  'unverified',
  'no-effect',
  'misspelt',
  'out-of-range',
  'wrong-key',
  'wrong-base',
  'corrupt',
  'leftover',
] as const;
export type SettingFinding = (typeof SETTING_FINDINGS)[number];

export interface ReportSetting extends Sourced {
  name: string;
  value: number | string | null;
  finding: SettingFinding;
  message: Message;
}

export interface ReportEvent extends Sourced {
  at: IsoTime;
  provider: string;
  id: number;
  role: EventRole;
  count: number;
  message: Message;
}

export interface Coverage {
  file: string;
  from: IsoTime;
  to: IsoTime;
  events: number;
  gaps: { from: IsoTime; to: IsoTime; missingRecords: number }[];
}

export interface MissingEvidence {
  what: Message;
  why: Message;
  /** Gone once the trouble is over, or there to be collected at any time. */
  when: 'while-it-happens' | 'any-time';
  /** One command each, for Command Prompt and PowerShell alike. */
  collectWith: string[];
  /** Those of `collectWith` that only PowerShell runs. */
  powershellOnly: string[];
}

/** What a host is called that no evidence names. */
export const UNKNOWN_HOST = 'unknown';

export interface HostReport {
  host: string;
  /** Offset of the host's clock in minutes, null where nothing tells it; times of the page are shown in it. */
  utcOffsetMinutes: number | null;
  verdict: Verdict;
  incidents: Incident[];
  hypotheses: HypothesisResult[];
  /** What else can look like this, or bears on it; named, never counted as proof. */
  otherExplanations: Evidence[];
  consumers: Consumer[];
  consumersOmitted: number;
  attribution: Attribution;
  destinations: Destination[];
  destinationsOmitted: number;
  pools: Pool[];
  ledger: ReportedLedgerEntry[];
  ledgerOmitted: number;
  timeWait: TimeWaitFacts;
  demand: Demand;
  recommendation: Recommendation;
  settings: ReportSetting[];
  events: ReportEvent[];
  eventsOmitted: number;
  coverage: Coverage[];
  missingEvidence: MissingEvidence[];
}

/** What the analysis found; sentences are made of it when it is rendered. */
export interface Report {
  schemaVersion: typeof SCHEMA_VERSION;
  tool: { name: 'portmortem'; version: string };
  generatedAt: IsoTime;
  options: {
    language: string;
    headroom: number;
    timezone: string | null;
    redacted: boolean;
    /** Options of the command line and their values; never paths. */
    arguments: string[];
  };
  inputs: ReportInput[];
  hosts: HostReport[];
}

/** The same with the sentence of every message inside, in `options.language`. */
export type Phrased<Part> = Part extends Message
  ? Part & { text: string }
  : { [Name in keyof Part]: Phrased<Part[Name]> };

/** A report as it is saved: what `report.json` holds and the schema describes. */
export type ReportDocument = Phrased<Report>;
