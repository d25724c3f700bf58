import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../src/messages/languages.js';
import type { LedgerClass } from '../../../../src/model/report-ports.js';
import { hostContext } from '../../../../src/render/html/view/context.js';
import { pageContext } from '../../../../src/render/html/view/page-context.js';
import { timelineView } from '../../../../src/render/html/view/timeline-view.js';
import { churnHost } from '../../../report/samples/churn-host.js';
import { report } from '../../../report/samples/build.js';

const BARE = { bound: 0, timeWait: 0 };

/** What the picture says of states that tables leave out; each table with its ports in TIME_WAIT and Bound. */
function notes(...tables: readonly (typeof BARE & { readonly unseen: readonly LedgerClass[] })[]): string[] {
  const host = churnHost();
  const [entry] = host.ledger;
  if (entry === undefined) throw new Error('the churn sample has tables');
  host.ledger = tables.map((table) => ({ ...entry, ...table, unseen: [...table.unseen] }));
  const context = hostContext(host, 0, report([host]), pageContext(languageOf('en')));
  return timelineView(context).notes.filter((note) => /missing|lists/.test(note));
}

describe('the picture of the pool says of states that tables leave out', () => {
  it('whether it is the one table, none of them, or some', () => {
    const without = { ...BARE, unseen: ['bound'] } as const;
    const withBound = { ...BARE, unseen: [] };
    expect(notes(withBound)).toEqual([]);
    expect(notes(without)).toEqual(['The snapshot does not show Bound; such ports would be missing here.']);
    expect(notes(without, without)).toEqual(['None of the snapshots shows Bound; such ports would be missing here.']);
    expect(notes(without, withBound)).toEqual([
      'Not every snapshot shows Bound; where one does not, such ports would be missing here.',
    ]);
  });

  it('never that a state is not shown of which ports are listed', () => {
    expect(notes({ ...BARE, timeWait: 201, unseen: ['bound', 'timeWait'] })).toEqual([
      'The snapshot does not show Bound; such ports would be missing here.',
      'Of TIME_WAIT there may be more ports than a snapshot lists.',
    ]);
  });
});
