import type { RateCurve } from './rate-curve.js';

/** What stands on the simulated host and what happens to it. Times are seconds since `host.startMs`, which is UTC. */
export interface Scenario {
  readonly host: HostSpec;
  readonly seconds: number;
  readonly clients: readonly ClientSpec[];
  readonly listeners: readonly ListenerSpec[];
  readonly udp?: readonly UdpSpec[];
  readonly reboots?: readonly { readonly atSeconds: number; readonly downSeconds: number }[];
  /** Moments at which the whole port table is copied. */
  readonly snapshotSeconds: readonly number[];
  readonly log?: LogSpec;
}

export interface HostSpec {
  readonly name: string;
  readonly ipv4: string;
  readonly ipv6?: string;
  readonly startMs: number;
  /** Last boot before the simulation, as negative seconds. */
  readonly bootSeconds: number;
  readonly range: DynamicRange;
  readonly udpRange?: DynamicRange;
  /** `AutoReusePortRange*`; the feature is off when absent. */
  readonly autoReuse?: DynamicRange;
  /** `InitialRto` and `MaxSynRetransmissions`; an attempt that nobody answers lasts 21 s when absent. */
  readonly attempts?: { readonly initialRtoMs: number; readonly retransmissions: number };
  /** First and last port of each excluded block, both transports apart. */
  readonly exclusions?: readonly (readonly [first: number, last: number])[];
  readonly udpExclusions?: readonly (readonly [first: number, last: number])[];
  /** What the stack really does, whatever the registry says. */
  readonly timeWaitSeconds: { readonly ipv4: number; readonly ipv6: number };
  /** In which order free ports are handed out; in rolling sequence when absent. No source says which one Windows keeps to. */
  readonly portOrder?: PortOrder;
  /** The defect of Server 2008 SP2: a port in CLOSING is handed out like a free one, and the connect fails with 4227. */
  readonly handsOutClosingPorts?: boolean;
  /** Strings of EventLog 6009; Windows Server 2019 when absent. */
  readonly version?: readonly string[];
  /** The 497-day defect: from this moment no TIME_WAIT ends any more. */
  readonly timeWaitStuckFromSeconds?: number;
}

export type PortOrder = 'rolling' | 'random' | 'most-recently-freed';

export interface DynamicRange {
  readonly start: number;
  readonly count: number;
}

export interface LogSpec {
  /** Seconds during which a second Tcpip event of the same id is not written. */
  readonly throttleSeconds: number;
  /** One written event silences every id of the provider, not only its own. */
  readonly perProvider?: boolean;
  /** Every opening is noted, as Sysmon or the audit of the Filtering Platform would. */
  readonly openings?: boolean;
}

export interface ProcessSpec {
  readonly image: string;
  readonly services?: readonly string[];
  readonly user?: string;
  /** Fixed for the first life; chosen by the seed when absent. */
  readonly pid?: number;
  /** Negative: it ran before the simulation began, which is the default. */
  readonly startedSeconds?: number;
  readonly endsSeconds?: number;
  /** Ends and starts again at once, with a new PID. */
  readonly restartsSeconds?: readonly number[];
  /** A new process for every connection (a script called again and again). */
  readonly perCall?: boolean;
  /** Several processes of the same image; arrivals fall on one of them by chance. */
  readonly instances?: number;
}

export type Lifetime =
  | { readonly kind: 'constant'; readonly seconds: number }
  | { readonly kind: 'exponential'; readonly meanSeconds: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'lognormal'; readonly medianSeconds: number; readonly sigma: number };

export interface Destination {
  readonly address: string;
  readonly port: number;
  readonly weight?: number;
}

/** How a connection ends, seen from this host. */
export type Ending =
  /** This host closes first and keeps TIME_WAIT. */
  | 'we-close'
  | 'peer-closes'
  | 'reset'
  /** Established for ever. */
  | 'never'
  /** The peer closes after the lifetime, the process never does. */
  | 'close-wait-for-ever'
  /** This host closes its half and the peer never does: the port stays in FIN_WAIT_2. */
  | 'fin-wait-2-for-ever'
  /** The peer has closed, this host too, and the last acknowledgement never comes: the port stays in LAST_ACK. */
  | 'last-ack-for-ever'
  /** Both ends close at once and the last acknowledgement never comes: the port stays in CLOSING. */
  | 'closing-for-ever'
  /** The SYN is never answered; the port is held for 21 seconds. */
  | 'no-answer'
  /** A bind without a connect, held for ever. */
  | 'bound-for-ever';

export interface ClientSpec {
  /** Names the random streams of this client. */
  readonly name: string;
  readonly process: ProcessSpec;
  readonly rate: RateCurve;
  /** Evenly spaced instead of by chance. */
  readonly regular?: boolean;
  /** Connections that already stand at second 0 (their creation lies before it). */
  readonly standing?: number;
  readonly lifetime: Lifetime;
  readonly destinations: readonly Destination[];
  /**
   * `implicit-connect` never binds, `reuse-unicastport` binds with SO_REUSE_UNICASTPORT: both take ports of the auto-reuse range
   * where there is one. `bind-first` always takes them from the dynamic range. A number is a pinned source port.
   */
  readonly allocation: 'implicit-connect' | 'bind-first' | 'reuse-unicastport' | number;
  readonly ending: Ending;
  /** Time in FIN_WAIT_2 before TIME_WAIT (we close) or in CLOSE_WAIT before the end (peer closes). */
  readonly closingSeconds?: number;
  /** A live connection is also listed as a Bound row in Get-NetTCPConnection and `netstat -q`. */
  readonly twin?: 'same-family' | 'other-family';
  /** The event that a failed connect of this client leaves in the System log. */
  readonly symptom?: SymptomSpec;
}

export interface SymptomSpec {
  readonly kind: 'netlogon-5719' | 'group-policy-1129' | 'dns-client-1014';
  readonly throttleSeconds: number;
}

export interface ListenerSpec {
  readonly process: ProcessSpec;
  readonly port: number;
  /** `both` lists the socket twice, as `0.0.0.0` and `::`. */
  readonly address: 'both' | (string & {});
  readonly accepts?: {
    readonly rate: RateCurve;
    readonly lifetime: Lifetime;
    readonly ending: 'we-close' | 'peer-closes' | 'never' | 'close-wait-for-ever';
    readonly remotes: readonly string[];
    readonly standing?: number;
  };
}

export interface UdpSpec {
  readonly name: string;
  readonly process: ProcessSpec;
  readonly address: string;
  /** A fixed port, or one from the dynamic range for every socket. */
  readonly port: number | 'dynamic';
  readonly standing?: number;
  readonly rate?: RateCurve;
  /** Sockets never close when absent. */
  readonly lifetime?: Lifetime;
  readonly remote?: Destination;
  readonly symptom?: SymptomSpec;
}
