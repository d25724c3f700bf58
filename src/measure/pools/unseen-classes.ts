import { TcpState } from '../../model/connection.js';
import type { ConnectionTable } from '../../model/connection-table.js';
import { LEDGER_CLASSES, type LedgerClass, type LedgerEntry } from '../../model/report-ports.js';
import type { Snapshot, TableScope } from '../../model/snapshot.js';
import { className, type ListeningPorts } from './port-ledger.js';
import { isFilteredByText } from './text-filtered-table.js';

/**
 * What a snapshot cannot show: where rows of a class may be missing from it, its count is "at least". A list that is not known to be
 * whole rules nothing out.
 */
export function unseenClasses(snapshot: Snapshot, scope: TableScope): LedgerEntry['unseen'] {
  const unseen: LedgerEntry['unseen'] = unlisted(snapshot, scope);
  if (snapshot.cannotShow.includes('owner')) unseen.push('owner');
  return unseen;
}

function unlisted({ cannotShow, keeps }: Snapshot, scope: TableScope): LedgerEntry['unseen'] {
  const ofFormat = (['bound', 'listening'] as const).filter((what) => cannotShow.includes(what));
  switch (scope) {
    case 'whole':
      return ofFormat;
    case 'not-known':
      return [...LEDGER_CLASSES, 'listening'];
    case 'filtered': {
      const kept = new Set((keeps ?? []).filter((state) => state !== TcpState.Listen).map(className));
      const classes = LEDGER_CLASSES.filter((name) => !kept.has(name) || (name === 'bound' && ofFormat.includes(name)));
      return keeps?.includes(TcpState.Listen) === true ? classes : [...classes, 'listening'];
    }
  }
}

/**
 * The classes that tables which list the same can be compared by, from one to the next: whatever is missing from one is missing from
 * the other. Every Windows host listens on something: a table without one listener lists the states of which it has rows, unless it
 * was filtered by a text, whatever that left.
 */
export function incomparableClasses(snapshot: Snapshot, listeners: ListeningPorts): LedgerEntry['unseen'] {
  const hides = (what: Snapshot['cannotShow'][number]): boolean => snapshot.cannotShow.includes(what);
  const owner = hides('owner') ? (['owner'] as const) : [];
  if (hides('tail')) return [...LEDGER_CLASSES, 'listening', ...owner];
  if (listeners.fromSnapshot || hides('listening')) return [...(hides('bound') ? (['bound'] as const) : []), ...owner];
  const shown = isFilteredByText(snapshot.rows) ? new Set<LedgerClass>() : classesIn(snapshot.rows);
  return [...LEDGER_CLASSES.filter((name) => name !== 'otherState' && !shown.has(name)), 'listening', ...owner];
}

function classesIn(rows: ConnectionTable): ReadonlySet<LedgerClass> {
  const shown = new Set<LedgerClass>();
  for (let index = 0; index < rows.length; index += 1) {
    if (rows.udp[index] === 0) shown.add(className(rows.state[index] ?? 0));
  }
  return shown;
}
