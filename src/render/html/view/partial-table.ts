import { isUnseen, LEDGER_VIEWS, type LedgerView } from '../../../model/ledger-view.js';
import { LEDGER_CLASSES, type LedgerEntry } from '../../../model/report-ports.js';

/** True for a list that is not known to be the host's whole table: what it does not list may hold ports, and it counts "at least". */
export function isPartial(entry: LedgerEntry | null): boolean {
  return entry !== null && entry.scope !== 'whole';
}

/** The states of which a filtered list (`Get-NetTCPConnection -State TimeWait`) shows every row. */
export function listedViews(entry: LedgerEntry): readonly LedgerView[] {
  return LEDGER_VIEWS.filter((view) => view !== 'otherState' && view !== 'udp' && !isUnseen(entry, view));
}

/** True for a list of TIME_WAIT alone, whether or not all of it: Windows names no owner of what waits. */
export function listsTimeWaitOnly(entry: LedgerEntry): boolean {
  return isPartial(entry) && LEDGER_CLASSES.every((name) => name === 'timeWait' || entry[name] === 0);
}
