import { MECHANISMS } from '../../src/model/report-judgement.js';
import { SCHEMA_VERSION, type HostReport, type Report } from '../../src/model/report.js';
import type { Message } from '../../src/model/report-message.js';

export function words(text: string): Message {
  return { id: 'test', params: {}, text };
}

/** A small, valid report of one host on which nothing is wrong. */
export function aHost(changes: Partial<HostReport> = {}): HostReport {
  const range = { start: 49152, count: 16384 };
  return {
    host: 'RDSH01',
    formerNames: [],
    nameFrom: 'evidence',
    naming: [],
    utcOffsetMinutes: 60,
    verdict: {
      mechanism: 'none',
      confidence: 'medium',
      exhaustion: 'refuted',
      summary: words('Nothing ran out.'),
      incident: null,
      poolId: 'tcp',
      ports: null,
      isLeak: false,
      filledByRate: false,
    },
    incidents: [],
    answers: [],
    otherExplanations: [],
    hypotheses: MECHANISMS.map((id) => ({ id, outcome: 'ruled-out', for: [], against: [], missing: [] })),
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
      sources: [],
      sourceCount: 0,
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
        reason: words('Not needed.'),
      },
      maxUserPort: {
        configured: null,
        recommended: null,
        change: false,
        standsFor: null,
        applied: 'not-applied',
        restartRequired: 'unverified',
        reason: words('Not needed.'),
      },
      dynamicPortRanges: [
        {
          transport: 'tcp',
          family: 'ipv4',
          current: range,
          recommended: range,
          needed: null,
          upTo: null,
          change: false,
          reason: words('Wide enough.'),
        },
      ],
      exclusions: { remove: [], reason: words('None.') },
      predicted: { peakPorts: null, usable: null, sustainsConnectionsPerSecond: null, secondsToExhaustion: null },
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
    ...changes,
  };
}

export function aReport(changes: Partial<Report> = {}): Report {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'portmortem', version: '0.1.0' },
    generatedAt: '2026-03-03T08:00:00Z',
    options: { language: 'en', headroom: 0.7, timezone: null, redacted: false, arguments: [] },
    inputs: [
      {
        file: 'netstat.txt',
        format: 'netstat',
        dialect: '-ano',
        language: 'en',
        encoding: 'utf-8',
        bytes: 1400,
        sha256: '0'.repeat(64),
        hosts: ['RDSH01'],
        records: 20,
        skipped: 1,
        from: null,
        to: null,
        timeSource: 'unknown',
        clockErrorSeconds: null,
        duplicateOf: null,
        problems: [{ code: 'bad-port', count: 1, message: words('1 row skipped.'), sources: [], sourceCount: 0 }],
      },
    ],
    hosts: [aHost()],
    ...changes,
  };
}
