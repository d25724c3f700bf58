import { isUnseen, LEDGER_VIEWS, type LedgerView } from '../../../model/ledger-view.js';
import type { LedgerEntry } from '../../../model/report-ports.js';

/**
 * The states that a filtered port table lists, null for a table that lists all. A table without listeners was filtered
 * (`Get-NetTCPConnection -State TimeWait`, `netstat` without `-a`): what it does not list may hold ports.
 */
export function listedViews(entry: LedgerEntry): readonly LedgerView[] | null {
  if (!entry.unseen.includes('listening')) return null;
  return LEDGER_VIEWS.filter((view) => view !== 'otherState' && view !== 'udp' && !isUnseen(entry, view));
}
