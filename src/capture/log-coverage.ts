import type { EventHeader } from '../parsers/parser.js';

const MAX_GAPS = 50;

/** The time a log file covers for one host, and the holes in its record numbers. */
export interface LogCoverage {
  readonly host: string;
  readonly channel: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly events: number;
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number; readonly missingRecords: number }[];
}

interface Running {
  host: string;
  channel: string;
  fromMs: number;
  toMs: number;
  events: number;
  previousRecord: number;
  previousMs: number;
  gaps: { fromMs: number; toMs: number; missingRecords: number }[];
}

/**
 * Follows the headers of one file. Record numbers of one channel count up by one; a jump means that records were filtered out or
 * that the log was cut, so "no event" proves nothing there. A file filtered to a few ids shows a gap nearly everywhere.
 */
export class LogCoverageTracker {
  readonly #byLog = new Map<string, Running>();

  add(header: EventHeader): void {
    if (Number.isNaN(header.atMs)) return;
    const key = `${header.host}|${header.channel}`;
    const log = this.#byLog.get(key);
    if (log === undefined) {
      this.#byLog.set(key, {
        host: header.host,
        channel: header.channel,
        fromMs: header.atMs,
        toMs: header.atMs,
        events: 1,
        previousRecord: header.recordId,
        previousMs: header.atMs,
        gaps: [],
      });
      return;
    }
    log.events += 1;
    log.fromMs = Math.min(log.fromMs, header.atMs);
    log.toMs = Math.max(log.toMs, header.atMs);
    const step = Math.abs(header.recordId - log.previousRecord);
    if (header.recordId >= 0 && log.previousRecord >= 0 && step > 1 && log.gaps.length < MAX_GAPS) {
      log.gaps.push({
        fromMs: Math.min(header.atMs, log.previousMs),
        toMs: Math.max(header.atMs, log.previousMs),
        missingRecords: step - 1,
      });
    }
    log.previousRecord = header.recordId;
    log.previousMs = header.atMs;
  }

  list(): LogCoverage[] {
    return [...this.#byLog.values()];
  }
}
