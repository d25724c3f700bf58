import type { HostReport } from '../../src/index.js';
import { LEDGER_CLASSES } from '../../src/model/report-ports.js';
import type { LabelledHost } from '../simulator/incident.js';

/**
 * The largest difference in ports between the report's ledgers and the port tables as they were, of any class of any pool of any
 * table: `0`, `–` where no table shows a pool, or `missing` where the report has no entry for one that does.
 */
export function ledgerErrors(host: HostReport, { pools }: LabelledHost, misses: string[]): string {
  let worst = -1;
  let missing = false;
  for (const moment of pools) {
    // By place in the file: a host whose clock nobody knows has its tables at other times than they were taken.
    const entries = host.ledger.filter(({ poolId, file }) => poolId === moment.poolId && file === moment.file);
    const entry = entries.sort((x, y) => x.line - y.line)[moment.place];
    const where = `ledger ${moment.poolId} ${moment.file} ${moment.at}`;
    if (entry === undefined) {
      missing = true;
      misses.push(`${where}: missing`);
      continue;
    }
    const differences = [
      ...(['usable', 'inUse', 'free', 'listening'] as const).map((name) => [name, entry[name], moment[name]] as const),
      ...LEDGER_CLASSES.map((name) => [name, entry[name], moment.classes[name] ?? 0] as const),
    ].filter(([, found, true_]) => found !== true_);
    for (const [name, found, true_] of differences) {
      worst = Math.max(worst, Math.abs(found - true_));
      misses.push(`${where}: ${name} ${String(found)} for ${String(true_)}`);
    }
    worst = Math.max(worst, 0);
  }
  return missing ? 'missing' : worst < 0 ? '–' : String(worst);
}
