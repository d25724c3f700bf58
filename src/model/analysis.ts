import type { Encoding } from './encodings.js';
import type { PortRange } from './port.js';
import type { ReportInput } from './report.js';
import type { Message } from './report-message.js';

/** What the caller may decide; everything else comes from the evidence. */
export interface AnalysisOptions {
  /** Share of the usable pool that the plan may fill, 0 < headroom <= 1. */
  readonly headroom: number;
  /** The dynamic TCP range, overriding what the capture says. */
  readonly range: PortRange | null;
  /** TIME_WAIT in seconds, overriding what the capture says. */
  readonly timeWaitSeconds: number | null;
  /** The host's zone: an offset (`+02:00`) or an IANA name. */
  readonly timezone: string | null;
  /** What the text files are written in, whatever is found out; a byte order mark is believed all the same. */
  readonly encoding?: Encoding;
  /** Report only this host. */
  readonly host: string | null;
  /** Leave out what lies before or after these instants (UTC milliseconds). */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** The same as the host's clock shows them, where they were given without a zone: each host's own tells what they mean. */
  readonly localWindow?: { readonly fromMs: number | null; readonly toMs: number | null };
  /** The moment of the report, from the caller: the core has no clock. */
  readonly generatedAtMs: number;
  /** Options of the command line and their values, as shown in the report; never a path. */
  readonly arguments: readonly string[];
}

/** 70 % of the pool: others warn at 70 % of the range (windows-exporter rules for Event 4266); ours is the same, on the usable pool. */
export const DEFAULT_HEADROOM = 0.7;

export interface Progress {
  readonly pass: 'survey' | 'fold';
  readonly file: string;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** The evidence has hosts, and not the one that was asked for. */
export class UnknownHostError extends Error {
  readonly host: string;
  /** Those it has. */
  readonly hosts: readonly string[];

  constructor(host: string, hosts: readonly string[]) {
    super(`no host ${host} in the input; found: ${hosts.join(', ')}`);
    this.name = 'UnknownHostError';
    this.host = host;
    this.hosts = hosts;
  }
}

/** A window was given without a zone, and nothing in the evidence tells that of the host. */
export class UnknownZoneError extends Error {
  readonly host: string;

  constructor(host: string) {
    super(`nothing tells the zone of ${host}`);
    this.name = 'UnknownZoneError';
    this.host = host;
  }
}

/** The input holds neither a usable snapshot nor a usable event: an error for the user, not a verdict. */
export class NothingUsableError extends Error {
  readonly inputs: readonly ReportInput[];
  /** What was read of a file and cannot be judged alone, by its name. */
  readonly holdings: ReadonlyMap<string, readonly Message[]>;

  constructor(inputs: readonly ReportInput[], message: string, holdings: NothingUsableError['holdings'] = new Map()) {
    super(message);
    this.name = 'NothingUsableError';
    this.inputs = inputs;
    this.holdings = holdings;
  }
}
