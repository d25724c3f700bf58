import type { LogCoverage } from '../survey/log-coverage.js';
import { RecordRuns, type RecordRun } from '../survey/record-runs.js';

/** One log of a host, put together from every file that holds a part of it. */
export interface HostLog {
  readonly channel: string;
  /** Stretches without a missing record, in the order of their record numbers. */
  readonly whole: readonly RecordRun[];
  /** Made by a query that left most kinds of event out: what it lacks may have been logged. */
  readonly isFiltered: boolean;
}

/** A log is exported a while before or after the last dump: half an hour of silence at its end still counts as covered. */
const LOG_TAIL_MS = 30 * 60_000;
/** Exports cut by time have a hole or two between them, a filter leaves one beside every few records. */
const FEWEST_HOLES_OF_A_FILTER = 3;
const RECORDS_PER_HOLE_OF_A_FILTER = 10;

/** The logs of one host by channel: exports that overlap or follow one another are one log. */
export function hostLogs(coverage: readonly LogCoverage[]): HostLog[] {
  const channels = new Map<string, RecordRuns>();
  for (const { channel, runs } of coverage) {
    const records = channels.get(channel) ?? new RecordRuns();
    for (const run of runs) records.addRun(run);
    channels.set(channel, records);
  }
  return [...channels].map(([channel, records]) => {
    const whole = records.list();
    const holes = whole.length - 1;
    const count = whole.reduce((total, run) => total + run.lastRecord - run.firstRecord + 1, 0);
    return {
      channel,
      whole,
      isFiltered: holes >= FEWEST_HOLES_OF_A_FILTER && holes * RECORDS_PER_HOLE_OF_A_FILTER >= count,
    };
  });
}

/** True for the channel that Tcpip writes to; old exports leave its name out. */
export function isSystemChannel(channel: string): boolean {
  return channel === '' || channel.toLowerCase() === 'system';
}

/** True when no record between its first and its last is missing. */
export function isWithoutHole({ whole }: HostLog): boolean {
  return whole.length === 1;
}

/** True when the log holds every record from one moment to the other. */
export function isWholeBetween({ whole }: HostLog, fromMs: number, toMs: number): boolean {
  return whole.some((run, index) => {
    const tail = index === whole.length - 1 ? LOG_TAIL_MS : 0;
    return run.fromMs <= fromMs && run.toMs + tail >= toMs;
  });
}
