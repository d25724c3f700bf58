/**
 * TCP states in the numbering of MIB_TCP_STATE (MS-RRASM 2.2.1.1.11); Bound (100) as Get-NetTCPConnection prints it;
 * Other is a state word nobody knows, kept and counted as holding its port.
 */
export const TcpState = {
  None: 0,
  Closed: 1,
  Listen: 2,
  SynSent: 3,
  SynReceived: 4,
  Established: 5,
  FinWait1: 6,
  FinWait2: 7,
  CloseWait: 8,
  Closing: 9,
  LastAck: 10,
  TimeWait: 11,
  DeleteTcb: 12,
  Bound: 100,
  Other: 255,
} as const;
export type TcpState = (typeof TcpState)[keyof typeof TcpState];

export type Transport = 'tcp' | 'udp';

/** What a row prints where no number can be had: a port name (`https`), `*`, or a missing PID column. */
export const UNKNOWN = -1;

/** One row of a port table as a parser hands it on. The object is reused: copy what you keep. */
export interface ConnectionRow {
  transport: Transport;
  /** `TcpState.None` for UDP. */
  state: TcpState;
  /** The word as written where it is not known (`state` is then `Other`), else null. */
  unknownState: string | null;
  /** Without brackets; an IPv6 zone is cut off (`fe80::1`, not `fe80::1%11`). */
  localAddress: string;
  localPort: number;
  /** Empty and UNKNOWN for `*:*`. */
  remoteAddress: string;
  /** UNKNOWN where the file prints a service name. */
  remotePort: number;
  /** UNKNOWN where the file has no PID column. */
  pid: number;
  /** Where it names the owner all the same, see `ownerText`; else empty. */
  owner: string;
  /** Time in state in milliseconds (`netstat -i`), NaN where not printed. */
  ageMs: number;
  /** Index into the sink's stamps (see RecordSink.stamp), UNKNOWN where not printed. */
  created: number;
  /** 1-based line of the row's first character. */
  line: number;
}

/** Strings seen once, numbered in order of appearance. */
export class Interner {
  readonly #index = new Map<string, number>();
  readonly #values: string[] = [];

  idOf(value: string): number {
    const known = this.#index.get(value);
    if (known !== undefined) return known;
    const id = this.#values.length;
    this.#index.set(value, id);
    this.#values.push(value);
    return id;
  }

  find(value: string): number | undefined {
    return this.#index.get(value);
  }

  valueOf(id: number): string {
    return this.#values[id] ?? '';
  }

  get size(): number {
    return this.#values.length;
  }
}
