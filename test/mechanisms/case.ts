import type { AnalysisOptions } from '../../src/model/analysis.js';
import type { Outcome } from '../../src/model/report-judgement.js';
import {
  hostOf,
  LISTENERS,
  netstat,
  systemLog,
  TASKS,
  tcpCsv,
  type LogLine,
  type TableRow,
} from '../support/capture.js';

/** One capture and what one hypothesis must make of it. */
export interface HypothesisCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options?: Partial<AnalysisOptions>;
  readonly outcome: Outcome;
  /** Message ids, in order. */
  readonly for: readonly string[];
  readonly against: readonly string[];
  readonly missing: readonly string[];
}

/** 50000 to 50999: a pool in which every threshold is a round number of ports. No listener of the cases lies in it. */
export const SMALL_RANGE = { start: 50_000, count: 1000 } as const;
export const FIRST_PORT: number = SMALL_RANGE.start;

/** Tables by time of day in one `netstat.txt`, each with the usual listeners, and a log unless it is left out. */
export function dumps(tables: Readonly<Record<string, readonly TableRow[]>>, log?: readonly LogLine[]) {
  const text = Object.entries(tables).map(([time, rows]) => netstat(time, [...LISTENERS, ...rows]));
  return { 'netstat.txt': text.join('\r\n'), ...side(log) };
}

/** The same as CSVs, which show Bound ports. */
export function csvs(tables: Readonly<Record<string, readonly TableRow[]>>, log?: readonly LogLine[]) {
  const files = Object.entries(tables).map(([time, rows]) => [
    `tcp-${time.replaceAll(':', '')}.csv`,
    tcpCsv(time, [...LISTENERS, ...rows]),
  ]);
  return { ...(Object.fromEntries(files) as Record<string, string>), ...side(log) };
}

function side(log: readonly LogLine[] | undefined): Record<string, string> {
  return log === undefined ? { 'tasklist.csv': TASKS } : { 'tasklist.csv': TASKS, 'System.xml': systemLog(log) };
}

/** What the hypothesis came to, in the shape of the case. */
export async function judged(id: string, { files, options }: HypothesisCase) {
  const host = await hostOf(files, { range: SMALL_RANGE, ...options });
  const result = host.hypotheses.find((hypothesis) => hypothesis.id === id);
  if (result === undefined) throw new Error(`no hypothesis ${id}`);
  return {
    outcome: result.outcome,
    for: result.for.map(({ message }) => message.id),
    against: result.against.map(({ message }) => message.id),
    missing: result.missing.map(({ id: message }) => message),
  };
}
