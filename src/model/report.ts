import type { Format, ProblemCode } from './format.js';
import type { Recommendation, ReportSetting } from './report-advice.js';
import type { Consumer, Attribution, Destination } from './report-holders.js';
import type { Verdict, Incident, HypothesisResult } from './report-judgement.js';
import type { IsoTime, Message, Sourced, Evidence } from './report-message.js';
import type { Pool, ReportedLedgerEntry, TimeWaitFacts, Demand } from './report-ports.js';

/** Raised on a breaking change of any name below. The names are a contract: other programs read them. */
export const SCHEMA_VERSION = 2;

export type EventRole = 'onset' | 'symptom' | 'boot' | 'change' | 'recovery' | 'look-alike' | 'context';

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

export interface ReportEvent extends Sourced {
  at: IsoTime;
  provider: string;
  id: number;
  role: EventRole;
  count: number;
  /** By how many seconds `at` may be off; only where a text tells the event. */
  clockErrorSeconds?: number;
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
  /** Names that the same machine had earlier in its logs, the oldest first. */
  formerNames: string[];
  /** Where the name is from: `folder` is the folder that was named on the command line, and assumed; `option` is `--host`. */
  nameFrom: 'evidence' | 'folder' | 'option' | 'nothing';
  /** What is to be known of the name, and of port tables that name no host. */
  naming: Evidence[];
  /** Offset of the host's clock in minutes, null where nothing tells it; times of the page are shown in it. */
  utcOffsetMinutes: number | null;
  verdict: Verdict;
  incidents: Incident[];
  hypotheses: HypothesisResult[];
  /** Where nothing was wrong, or nothing could be told: what the signs were that the reader may have come with. */
  answers: Evidence[];
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
