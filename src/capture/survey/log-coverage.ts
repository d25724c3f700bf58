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
}

interface Running {
  readonly host: string;
  readonly channel: string;
  fromMs: number;
  toMs: number;
  events: number;
  readonly records: RecordRuns;
}

/**
 * Follows the headers of one file. Record numbers of one channel count up by one; a hole means that records were filtered out or
 * that the log was cut, so "no event" proves nothing there. The order of the lines says nothing.
 */
export class LogCoverageTracker {
  readonly #byLog = new Map<string, Running>();

  coverHeader({ host, channel, atMs, recordId }: EventHeader): void {
    if (Number.isNaN(atMs)) return;
    const key = `${host}|${channel}`;
    let log = this.#byLog.get(key);
    if (log === undefined) {
      log = { host, channel, fromMs: atMs, toMs: atMs, events: 0, records: new RecordRuns() };
      this.#byLog.set(key, log);
    }
    log.events += 1;
    log.fromMs = Math.min(log.fromMs, atMs);
    log.toMs = Math.max(log.toMs, atMs);
    if (recordId >= 0) log.records.addRun({ firstRecord: recordId, lastRecord: recordId, fromMs: atMs, toMs: atMs });
  }

  list(): LogCoverage[] {
    return [...this.#byLog.values()].map(({ records, ...log }) => {
      const runs = records.list();
      return { ...log, gaps: gapsBetween(runs).slice(0, MAX_RECORD_GAPS), runs };
    });
  }
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
