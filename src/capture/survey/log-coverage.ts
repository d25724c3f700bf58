import { largest, smallest } from '../../model/extremes.js';
import type { EventHeader } from '../../parsers/parser.js';
import { RecordRuns, type RecordRun } from './record-runs.js';

const MAX_RECORD_GAPS = 50;

/** The time a log file covers for one host, and the holes in its record numbers. */
export interface LogCoverage {
  readonly host: string;
  readonly channel: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly events: number;
  /** The earliest holes, at most fifty. */
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number; readonly missingRecords: number }[];
  /** Empty where the export numbers no records. */
  readonly runs: readonly RecordRun[];
  readonly signs: NameSigns;
}

/** From the first to the last of some events (UTC milliseconds). */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the log tells of the name of its host; null where it holds no such event. */
export interface NameSigns {
  /** EventLog 6011 and 6012: the name of the machine was changed. */
  readonly renames: Span | null;
  /** The system started: EventLog 6005, 6008 and 6009, Kernel-General 12, Kernel-Power 41. */
  readonly starts: Span | null;
  /** It shut down: EventLog 6006, Kernel-General 13. */
  readonly stops: Span | null;
  /** The host is a node of a cluster. */
  readonly isClusterNode: boolean;
}

interface Running {
  readonly host: string;
  readonly channel: string;
  fromMs: number;
  toMs: number;
  events: number;
  readonly records: RecordRuns;
  readonly signs: { renames: Span | null; starts: Span | null; stops: Span | null; isClusterNode: boolean };
}

/**
 * Follows the headers of one file. Record numbers of one channel count up by one; a hole means that records were filtered out or
 * that the log was cut, so "no event" proves nothing there. The order of the lines says nothing.
 */
export class LogCoverageTracker {
  readonly #byLog = new Map<string, Running>();

  coverHeader({ provider, id, host, channel, atMs, recordId }: EventHeader): void {
    if (Number.isNaN(atMs)) return;
    const key = `${host}|${channel}`;
    let log = this.#byLog.get(key);
    if (log === undefined) {
      const signs = { renames: null, starts: null, stops: null, isClusterNode: false };
      log = { host, channel, fromMs: atMs, toMs: atMs, events: 0, records: new RecordRuns(), signs };
      this.#byLog.set(key, log);
    }
    log.events += 1;
    log.fromMs = Math.min(log.fromMs, atMs);
    log.toMs = Math.max(log.toMs, atMs);
    if (recordId >= 0) log.records.addRun({ firstRecord: recordId, lastRecord: recordId, fromMs: atMs, toMs: atMs });
    const sign = nameSign(provider, id);
    if (sign === 'isClusterNode') log.signs.isClusterNode = true;
    else if (sign !== null) log.signs[sign] = spanOf(log.signs[sign], { fromMs: atMs, toMs: atMs });
  }

  list(): LogCoverage[] {
    return [...this.#byLog.values()].map(({ records, ...log }) => {
      const runs = records.list();
      return { ...log, gaps: gapsBetween(runs).slice(0, MAX_RECORD_GAPS), runs };
    });
  }
}

/**
 * The logs of one file in which the same machine goes by several names, as one: the parts of its log are one log, whatever the
 * machine was called.
 */
export function joinedCoverage(parts: readonly [LogCoverage, ...LogCoverage[]]): LogCoverage {
  const [first, ...others] = parts;
  if (others.length === 0) return first;
  const records = new RecordRuns();
  for (const { runs } of parts) for (const run of runs) records.addRun(run);
  const runs = records.list();
  return {
    ...first,
    fromMs: smallest(parts.map(({ fromMs }) => fromMs)),
    toMs: largest(parts.map(({ toMs }) => toMs)),
    events: parts.reduce((sum, { events }) => sum + events, 0),
    gaps: gapsBetween(runs).slice(0, MAX_RECORD_GAPS),
    runs,
    signs: {
      renames: parts.reduce<Span | null>((all, { signs }) => spanOf(all, signs.renames), null),
      starts: parts.reduce<Span | null>((all, { signs }) => spanOf(all, signs.starts), null),
      stops: parts.reduce<Span | null>((all, { signs }) => spanOf(all, signs.stops), null),
      isClusterNode: parts.some(({ signs }) => signs.isClusterNode),
    },
  };
}

/** What each event tells of the name of its host, by provider in lower case. */
const SIGNS: Readonly<Record<string, Readonly<Record<number, keyof NameSigns>>>> = {
  eventlog: { 6005: 'starts', 6006: 'stops', 6008: 'starts', 6009: 'starts', 6011: 'renames', 6012: 'renames' },
  'microsoft-windows-kernel-general': { 12: 'starts', 13: 'stops' },
  'microsoft-windows-kernel-power': { 41: 'starts' },
};
/** Only nodes of a cluster run the service; its name until Windows Server 2003 is the second. */
const CLUSTER_PROVIDERS: readonly string[] = ['microsoft-windows-failoverclustering', 'clussvc'];
/** Of those providers' names: every event of a log comes by here, and most are told from these by it. */
const lengths = new Set([...Object.keys(SIGNS), ...CLUSTER_PROVIDERS].map(({ length }) => length));

function nameSign(provider: string, id: number): keyof NameSigns | null {
  if (!lengths.has(provider.length)) return null;
  const name = provider.toLowerCase();
  if (CLUSTER_PROVIDERS.includes(name)) return 'isClusterNode';
  return SIGNS[name]?.[id] ?? null;
}

function spanOf(a: Span | null, b: Span | null): Span | null {
  if (a === null || b === null) return a ?? b;
  return { fromMs: Math.min(a.fromMs, b.fromMs), toMs: Math.max(a.toMs, b.toMs) };
}

function gapsBetween(runs: readonly RecordRun[]): LogCoverage['gaps'] {
  return runs.slice(1).map((run, index) => {
    const before = runs[index] ?? run;
    return {
      fromMs: Math.min(before.toMs, run.fromMs),
      toMs: Math.max(before.toMs, run.fromMs),
      missingRecords: run.firstRecord - before.lastRecord - 1,
    };
  });
}
