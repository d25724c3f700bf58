import {
  MECHANISMS,
  type HypothesisResult,
  type Mechanism,
  type Outcome,
} from '../../../src/model/report-judgement.js';
import {
  SCHEMA_VERSION,
  type HostReport,
  type Report,
  type ReportEvent,
  type ReportInput,
} from '../../../src/model/report.js';
import type { ReportedLedgerEntry, Pool } from '../../../src/model/report-ports.js';
import type { Message, Source, Sourced } from '../../../src/model/report-message.js';

/** A message whose sentence is given: the page prints `text` and nothing else of it. */
export function message(text: string, id = 'sample'): Message {
  return { id, params: {}, text };
}

export function source(file: string, line: number, row: string, record: number | null = null): Source {
  return { file, line, record, row };
}

export function from(...sources: Source[]): Sourced {
  return { sources, sourceCount: sources.length };
}

const START = Date.UTC(2026, 2, 2, 8, 40, 0);

/** ISO time, seconds after 2 March 2026 08:40 UTC. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

export const tcpPool: Pool = {
  id: 'tcp',
  transport: 'tcp',
  family: 'combined',
  kind: 'dynamic',
  start: 49152,
  count: 16384,
  rangeSource: 'netsh',
  excluded: 0,
  listeners: 5,
  usable: 16379,
  peakInUse: null,
  peakAt: null,
  peakUtilisation: null,
  rowsCountedNaively: null,
  ...from(source('netsh.txt', 4, 'Start Port      : 49152')),
};

export function snapshot(counts: Partial<ReportedLedgerEntry>): ReportedLedgerEntry {
  const classes = {
    established: 0,
    synSent: 0,
    synReceived: 0,
    finWait1: 0,
    finWait2: 0,
    closing: 0,
    lastAck: 0,
    closeWait: 0,
    otherState: 0,
    timeWait: 0,
    bound: 0,
    udp: 0,
    ...counts,
  };
  const inUse =
    classes.established +
    classes.synSent +
    classes.synReceived +
    classes.finWait1 +
    classes.finWait2 +
    classes.closing +
    classes.lastAck +
    classes.closeWait +
    classes.otherState +
    classes.timeWait +
    classes.bound +
    classes.udp;
  const usable = counts.usable ?? 16379;
  return {
    secondsFromOnset: null,
    at: null,
    file: 'netstat.txt',
    line: 1,
    poolId: 'tcp',
    transport: 'tcp',
    family: 'combined',
    free: usable - inUse,
    clockErrorSeconds: 1,
    listening: 5,
    directionUnknown: 0,
    rowsCountedNaively: inUse + 42,
    scope: 'whole',
    unseen: [],
    ...classes,
    inUse,
    usable,
  };
}

export function hypotheses(
  found: Partial<Record<Mechanism, Partial<HypothesisResult>>>,
  otherwise: Outcome,
): HypothesisResult[] {
  return MECHANISMS.map((id) => ({ id, outcome: otherwise, for: [], against: [], missing: [], ...found[id] }));
}

/** A host about which nothing is known; samples fill in what their story needs. */
export function host(parts: Partial<HostReport>): HostReport {
  return {
    host: 'APP02',
    formerNames: [],
    nameFrom: 'evidence',
    naming: [],
    utcOffsetMinutes: 60,
    verdict: {
      mechanism: 'none',
      confidence: 'medium',
      exhaustion: 'refuted',
      summary: message('The dynamic ports of APP02 did not run out in the time that the capture covers.'),
      incident: null,
      poolId: 'tcp',
      ports: null,
      isLeak: false,
      filledByRate: false,
    },
    incidents: [],
    answers: [],
    otherExplanations: [],
    hypotheses: hypotheses({}, 'not-applicable'),
    consumers: [],
    consumersOmitted: 0,
    attribution: {
      clientTimeWait: 0,
      exact: 0,
      soleOwner: 0,
      candidates: 0,
      destinationOnly: 0,
      directionUnknown: 0,
      unknown: 0,
      serverSide: 0,
      coverage: null,
    },
    destinations: [],
    destinationsOmitted: 0,
    pools: [],
    ledger: [],
    ledgerOmitted: 0,
    timeWait: {
      configuredSeconds: null,
      effective: { low: 120, best: null, high: 240, source: 'assumed' },
      families: [],
      pendingRestart: false,
      ...from(),
    },
    demand: {
      connectionsPerSecond: null,
      observedClosesPerSecond: null,
      meanLifetimeSeconds: null,
      methods: [],
      censored: false,
      disagreement: null,
    },
    recommendation: {
      settingsHelp: 'not-needed',
      tcpTimedWaitDelay: {
        configured: null,
        recommended: null,
        change: false,
        restartRequired: 'yes',
        reason: message('TIME_WAIT does not fill the pool.'),
      },
      maxUserPort: {
        configured: null,
        recommended: null,
        change: false,
        standsFor: null,
        applied: 'not-applied',
        restartRequired: 'unverified',
        reason: message('The range is set with netsh; both together would contradict each other.'),
      },
      dynamicPortRanges: [
        {
          transport: 'tcp',
          family: 'ipv4',
          current: { start: 49152, count: 16384 },
          recommended: { start: 49152, count: 16384 },
          needed: null,
          upTo: null,
          change: false,
          reason: message('The pool was far from full.'),
        },
      ],
      exclusions: { remove: [], reason: message('No range is excluded.') },
      predicted: { peakPorts: null, usable: 16379, sustainsConnectionsPerSecond: null, secondsToExhaustion: null },
      arithmetic: [],
      actions: [],
      whatIf: [],
      backTest: null,
    },
    settings: [],
    events: [],
    eventsOmitted: 0,
    coverage: [],
    missingEvidence: [],
    ...parts,
  };
}

export function report(hosts: HostReport[], inputs: ReportInput[] = [input({})]): Report {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'portmortem', version: '0.1.0' },
    generatedAt: '2026-03-04T07:12:00Z',
    options: { language: 'en', headroom: 0.7, timezone: null, redacted: false, arguments: ['--timezone', '+00:00'] },
    inputs,
    hosts,
  };
}

export function input(parts: Partial<ReportInput>): ReportInput {
  return {
    file: 'netstat.txt',
    format: 'netstat',
    dialect: '-ano',
    language: 'en',
    encoding: 'utf-8',
    bytes: 1_213_450,
    sha256: '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',
    hosts: ['RDSH01'],
    records: 16410,
    skipped: 0,
    from: at(0),
    to: at(2520),
    timeSource: 'in-file',
    clockErrorSeconds: 1,
    duplicateOf: null,
    problems: [],
    ...parts,
  };
}

export function event(seconds: number, parts: Partial<ReportEvent>): ReportEvent {
  return {
    at: at(seconds),
    provider: 'Tcpip',
    id: 4227,
    role: 'onset',
    count: 1,
    message: message(
      'A connection failed because its local endpoint had just been used towards the same remote endpoint.',
    ),
    ...from(
      source(
        'System.xml',
        120 + Math.abs(seconds),
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Tcpip'/><EventID Qualifiers='32768'>4227</EventID>",
        14990,
      ),
    ),
    ...parts,
  };
}

/** What a range is and should become, for TCP over IPv4. */
export function range(start: number, count: number, newStart: number, newCount: number) {
  return {
    transport: 'tcp',
    family: 'ipv4',
    current: { start, count },
    recommended: { start: newStart, count: newCount },
  } as const;
}
