import { DAY_MS } from '../../model/durations.js';
import type { EventGroup } from '../../model/event-group.js';
import { DEFECT_UPTIME_WITH_OFFLOAD_SECONDS, LEGAL_DELAY_SECONDS } from '../../model/legal-delay.js';
import type { LoggedSpan } from '../clock/date-order.js';
import { isDated, type PlannedSnapshot, type Placing } from './planned-snapshots.js';

/** So many ports in TIME_WAIT or SYN_SENT are not taken again, all of them and no other, by chance. */
const VOLATILE_ROWS_NEEDED = 20;
/** SYN_SENT goes within two minutes by any setting, TIME_WAIT within the longest legal delay. */
const LONGEST_LIFE_MS = LEGAL_DELAY_SECONDS.high * 1000;
/** Two tables of one host share its zone, known or not: an hour of summer time and the minute of a file's name are left. */
const ERROR_BETWEEN_TABLES_MS = 3_660_000;
/** Updates restart a Windows host once a month; after that nothing has the same ports and PIDs. */
const LONGEST_STANDSTILL_MS = 31 * DAY_MS;

/** The tables, each once; what is left out as a copy is said of its file. */
export function withoutCopies(
  planned: readonly PlannedSnapshot[],
  placing: ReadonlyMap<string, Placing>,
  events: ReadonlyMap<string, readonly EventGroup[]>,
): PlannedSnapshot[] {
  const copies = copiedTables(planned, placing, events);
  for (const { file, survey } of copies) file.problems.addProblem('copied-table', survey.line, '');
  return planned.filter((table) => !copies.has(table));
}

/**
 * Of tables in time order those that are copies of another one under a wrong time: they have its very rows, so many of them in
 * TIME_WAIT or SYN_SENT, at a time when these were gone; or the very bytes of its file, a month or more away. Of the two the one beside
 * the log is the table, else the earlier. An idle host and a leak that has stopped do have tables that are alike.
 */
function copiedTables(
  planned: readonly PlannedSnapshot[],
  placing: ReadonlyMap<string, Placing>,
  events: ReadonlyMap<string, readonly EventGroup[]>,
): Set<PlannedSnapshot> {
  const copies = new Set<PlannedSnapshot>();
  const kept = new Map<string, PlannedSnapshot>();
  for (const table of planned) {
    if (!isDated(table)) continue;
    const key = `${table.host}|${table.survey.hash.toString()}`;
    const known = kept.get(key);
    if (known === undefined) {
      kept.set(key, table);
      continue;
    }
    if (!isCopy(known, table, wasUpForSoLong(events.get(table.host) ?? []))) continue;
    const logged = placing.get(table.host)?.logged ?? null;
    const isBesideLog = distance(table, logged) < distance(known, logged);
    copies.add(isBesideLog ? known : table);
    if (isBesideLog) kept.set(key, table);
  }
  return copies;
}

function isCopy(earlier: PlannedSnapshot, later: PlannedSnapshot, mayBeStuck: boolean): boolean {
  const error = Math.min((earlier.clockErrorSeconds + later.clockErrorSeconds) * 1000, ERROR_BETWEEN_TABLES_MS);
  const apart = (later.atMs ?? 0) - (earlier.atMs ?? 0) - error;
  if (earlier.file.sha256 === later.file.sha256 && apart > LONGEST_STANDSTILL_MS) return true;
  return !mayBeStuck && later.survey.volatileRows >= VOLATILE_ROWS_NEEDED && apart > LONGEST_LIFE_MS;
}

/** How far a table lies outside its host's logs; 0 inside, and without a log. */
function distance({ atMs }: PlannedSnapshot, logged: LoggedSpan | null): number {
  return logged === null || atMs === null ? 0 : Math.max(logged.fromMs - atMs, atMs - logged.toMs, 0);
}

/** EventLog 6013 says that the host was up for so long that TIME_WAIT may never expire: there alike tables are the evidence. */
function wasUpForSoLong(events: readonly EventGroup[]): boolean {
  return events.some(
    ({ id, provider, sample }) =>
      id === 6013 &&
      provider.toLowerCase() === 'eventlog' &&
      sample.data.some(({ value }) => /^\d{1,10}$/.test(value) && Number(value) >= DEFECT_UPTIME_WITH_OFFLOAD_SECONDS),
  );
}
