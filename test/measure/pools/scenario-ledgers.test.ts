import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../../src/model/iso-time.js';
import { LEDGER_CLASSES, type LedgerEntry } from '../../../src/model/report-ports.js';
import { scenarioNames, scenarioReport } from '../../support/scenarios.js';

/** Ports by class, with `usable`, `inUse`, `free` and `listening`; a class that never occurred may be missing. */
type Counts = Readonly<Record<string, number>>;

/** What the simulated host knew of itself when a snapshot was taken. */
interface TrueSnapshot {
  readonly at: string;
  readonly file: string;
  readonly ledger: Counts;
  /** The ledger as far as this kind of snapshot shows it; null where it is filtered to one state. */
  readonly shown: Counts | null;
  readonly udp: Counts;
}

function truthOf(scenario: string): readonly TrueSnapshot[] {
  const text = readFileSync(`fixtures/scenarios/${scenario}/truth.json`, 'utf8');
  const truth = JSON.parse(text) as { snapshots: TrueSnapshot[] };
  return truth.snapshots;
}

async function ledgersOf(scenario: string, poolId: string): Promise<LedgerEntry[]> {
  const { hosts } = await scenarioReport(scenario);
  return hosts.flatMap(({ ledger }) => ledger.filter((entry) => entry.poolId === poolId));
}

/** The classes an entry shows, with the balance where it shows all of them. */
function countsOf(entry: LedgerEntry): Counts {
  const classes = LEDGER_CLASSES.filter((name) => !entry.unseen.includes(name)).map((name): [string, number] => [
    name,
    entry[name],
  ]);
  const { usable, inUse, free, listening } = entry;
  const balance = entry.unseen.includes('listening') ? {} : { usable, inUse, free, listening };
  return { ...balance, ...Object.fromEntries(classes) };
}

/** The same classes of the truth. */
function trueCounts(entry: LedgerEntry, { ledger, shown }: TrueSnapshot): Counts {
  const truth = shown ?? ledger;
  return Object.fromEntries(Object.keys(countsOf(entry)).map((name) => [name, truth[name] ?? 0]));
}

describe.each(scenarioNames())('every ledger of %s', (scenario) => {
  it('has the moment of its snapshot, and every class that it shows equals the truth to the port', async () => {
    const truth = truthOf(scenario);
    const entries = await ledgersOf(scenario, 'tcp');
    expect(entries.map(({ at, file }) => ({ at, file }))).toEqual(
      truth.map(({ at, file }) => ({ at: isoTime(Date.parse(at)), file })),
    );
    const expected = entries.flatMap((entry, index) => {
      const snapshot = truth[index];
      return snapshot === undefined ? [] : [trueCounts(entry, snapshot)];
    });
    expect(entries.map(countsOf)).toEqual(expected);
  });

  it('of UDP, where UDP was captured, equals the truth to the port', async () => {
    const truth = truthOf(scenario);
    for (const entry of await ledgersOf(scenario, 'udp')) {
      const snapshot = truth.find(({ at }) => isoTime(Date.parse(at)) === entry.at);
      const { usable, inUse, free } = entry;
      expect({ at: entry.at, usable, inUse, free }).toEqual({ at: entry.at, ...snapshot?.udp });
    }
  });
});
