import { isSameRange } from '../../../model/port.js';
import { isUnseen, LEDGER_VIEWS, portsOf, type LedgerView } from '../../../model/ledger-view.js';
import type { Pool, ReportedLedgerEntry } from '../../../model/report-ports.js';
import { barParts } from '../charts/bar.js';
import { clockError } from './clock-error.js';
import type { PageWords } from '../../../messages/language.js';
import type { HostContext } from './context.js';
import { isPartial } from './partial-table.js';
import { capped, type Figures } from './page-figures.js';
import { sourcesView } from './sources-view.js';

/** Rows that stand open on the page; all are one click away. */
const OPEN_ROWS = 6;
const PRIMARY_ROWS = 200;
const OTHER_ROWS = 40;

/** The pools, and every snapshot of each of them. */
export function ledgerView(context: HostContext) {
  const { host, pool } = context;
  return {
    pools: host.pools.filter((one) => !repeats(one, context)).map((one) => poolRow(one, context)),
    primary: pool === null || context.ledger.length === 0 ? [] : [primaryTable(context, pool)],
    others: host.pools.flatMap((other) => {
      const entries = host.ledger.filter((entry) => entry.poolId === other.id);
      return other === pool || entries.length === 0 || repeats(other, context)
        ? []
        : [otherTable(context, other, entries)];
    }),
    omitted: host.ledgerOmitted > 0 ? context.words.leftOut(host.ledgerOmitted) : '',
  };
}

/** True for one address family whose table would hold the figures of both families together, or nothing but zeros. */
function repeats(one: Pool, { host }: HostContext): boolean {
  const both = host.pools.find(
    ({ family, kind, transport }) => family === 'combined' && kind === one.kind && transport === one.transport,
  );
  if (both === undefined || one.family === 'combined') return false;
  if (!isSameRange(one, both) || one.rangeSource !== both.rangeSource) return false;
  const inUse = (id: string): number[] => host.ledger.filter(({ poolId }) => poolId === id).map((entry) => entry.inUse);
  const own = inUse(one.id);
  return own.every((ports) => ports === 0) || own.join() === inUse(both.id).join();
}

function poolName(pool: Pool, { words }: HostContext): string {
  return words.poolName(
    pool.transport.toUpperCase(),
    words.terms.families[pool.family],
    words.terms.poolKinds[pool.kind],
  );
}

function poolRow(pool: Pool, context: HostContext) {
  const { words, figures, clock } = context;
  const source = words.terms.rangeSources[pool.rangeSource];
  return {
    name: poolName(pool, context),
    range: figures.range(pool),
    count: words.portCount(pool.count),
    rangeSource: pool.rangeFamilyAssumed === true ? words.rangeFamilyAssumed(source) : source,
    assumed: pool.rangeSource === 'assumed-default' || pool.rangeFamilyAssumed === true,
    excluded:
      pool.excludedKnown === false && pool.excluded === 0 ? words.exclusionsNotCaptured : figures.number(pool.excluded),
    listeners: figures.number(pool.listeners),
    usable: figures.number(pool.usable),
    peak: figures.number(pool.peakInUse),
    share: figures.share(pool.peakUtilisation),
    bar: barParts([{ kind: 'used', value: pool.peakUtilisation ?? 0 }], 1),
    at: clock.at(pool.peakAt),
    naive: figures.number(pool.rowsCountedNaively),
    sources: sourcesView(pool, words),
  };
}

function table(context: HostContext, pool: Pool, entries: readonly ReportedLedgerEntry[], limit: number) {
  const { words } = context;
  const views = LEDGER_VIEWS.filter((view) => entries.some((entry) => portsOf(entry, view) > 0)).reverse();
  const { shown, more } = capped(entries, context.rows(limit), words);
  return {
    name: words.about(poolName(pool, context), context.name),
    columns: views.map((view) => ({ view, name: words.terms.classes[view] })),
    rows: shown.map((entry) => ledgerRow(context, entry, views)),
    more,
  };
}

/** The table of the pool that the verdict speaks of: the rows around the peak open, all of them one click away. */
function primaryTable(context: HostContext, pool: Pool) {
  const { name, columns, rows, more } = table(context, pool, context.ledger, PRIMARY_ROWS);
  const peak = Math.max(
    rows.findIndex((row) => row.peak),
    0,
  );
  const first = Math.min(Math.max(peak - OPEN_ROWS / 2, 0), Math.max(rows.length - OPEN_ROWS, 0));
  const allTitle = context.words.allRows(rows.length);
  return {
    label: name,
    columns,
    openRows: rows.slice(first, first + OPEN_ROWS),
    allRows: rows.length > OPEN_ROWS ? rows : [],
    allTitle,
    allLabel: context.words.about(allTitle, name),
    more,
  };
}

/** The table of another pool, closed. */
function otherTable(context: HostContext, pool: Pool, entries: readonly ReportedLedgerEntry[]) {
  const { name, columns, rows, more } = table(context, pool, entries, OTHER_ROWS);
  return { label: name, title: poolName(pool, context), columns, rows, more };
}

function ledgerRow(
  { words, figures, clock, peak }: HostContext,
  entry: ReportedLedgerEntry,
  views: readonly LedgerView[],
) {
  const partial = isPartial(entry);
  const count = (ports: number, unseen: boolean): string =>
    unseen && ports === 0 ? words.notListed : unseen ? words.atLeast(figures.number(ports)) : figures.number(ports);
  return {
    at: clock.at(entry.at),
    clockError: clockError(entry.clockErrorSeconds, words),
    fromOnset: fromOnset(entry, words, figures),
    place: `${entry.file}:${String(entry.line)}`,
    peak: entry === peak,
    inUse: partial ? words.atLeast(figures.number(entry.inUse)) : figures.number(entry.inUse),
    free: partial ? words.atMost(figures.number(entry.free)) : figures.number(entry.free),
    usable: figures.number(entry.usable),
    cells: views.map((view) => count(portsOf(entry, view), isUnseen(entry, view))),
    listening: count(entry.listening, entry.unseen.includes('listening')),
    naive: figures.number(entry.rowsCountedNaively),
    unseen: figures.series(entry.unseen.map((state) => words.terms.unseen[state])),
  };
}

/** Farther from every event than this the distance says nothing. */
const NEAR_ONSET_SECONDS = 3600;

function fromOnset({ secondsFromOnset: seconds }: ReportedLedgerEntry, words: PageWords, figures: Figures): string {
  return seconds === null || Math.abs(seconds) > NEAR_ONSET_SECONDS
    ? ''
    : words.fromOnset(figures.duration(Math.abs(seconds)), seconds < 0);
}
