import { UNKNOWN_HOST, type HostReport, type Report } from '../../../model/report.js';
import type { LedgerEntry, Pool, ReportedLedgerEntry } from '../../../model/report-ports.js';
import { localTime, type LocalTime } from './local-time.js';
import type { PageContext } from './page-context.js';

/** What every part of one host's section needs. */
export interface HostContext extends PageContext {
  readonly host: HostReport;
  /** Prefix of the section's anchors: `host-1`. */
  readonly id: string;
  /** The host's name as the page prints it. */
  readonly name: string;
  /** True when the report has more than one host. */
  readonly several: boolean;
  readonly clock: LocalTime;
  /** The pool the verdict speaks of, or the combined dynamic TCP pool. Null when there is none. */
  readonly pool: Pool | null;
  /** That pool's snapshots in report order. */
  readonly ledger: readonly ReportedLedgerEntry[];
  /** The fullest of them. */
  readonly peak: LedgerEntry | null;
  /** Rows that a table may have; less when many hosts share the page. */
  readonly rows: (limit: number) => number;
  /** Share of the usable pool that the plan may fill. */
  readonly headroom: number;
}

/** The context of one host of the report. */
export function hostContext(host: HostReport, index: number, report: Report, page: PageContext): HostContext {
  const { words } = page;
  const pool = primaryPool(host);
  const ledger = host.ledger.filter((entry) => entry.poolId === pool?.id);
  return {
    ...page,
    host,
    id: `host-${String(index + 1)}`,
    name: host.host === UNKNOWN_HOST ? words.unknownHost : host.host,
    several: report.hosts.length !== 1,
    clock: localTime(host.utcOffsetMinutes, page),
    pool,
    ledger,
    peak: ledger.reduce<LedgerEntry | null>(
      (best, entry) => (best === null || entry.inUse > best.inUse ? entry : best),
      null,
    ),
    headroom: report.options.headroom,
    rows: (limit) => Math.max(5, Math.floor(limit / Math.max(1, report.hosts.length / 2))),
  };
}

function primaryPool(host: HostReport): Pool | null {
  const named = host.pools.find(({ id }) => id === host.verdict.poolId);
  if (named !== undefined) return named;
  const dynamic = host.pools.filter((pool) => pool.kind === 'dynamic' && pool.transport === 'tcp');
  return dynamic.find((pool) => pool.family === 'combined') ?? dynamic[0] ?? host.pools[0] ?? null;
}
