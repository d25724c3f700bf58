import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../../src/model/iso-time.js';
import type { LedgerEntry } from '../../../src/model/report-ports.js';
import { reportOf } from '../../support/capture.js';

const captures = process.env['PORTMORTEM_CAPTURES'];

/** Counted from the text of one CSV: no quote or comma stands inside a value of these files. */
function countedByHand(csv: string): Record<string, number> {
  const rows = csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/\r$/, '').slice(1, -1).split('","'))
    .map((fields) => ({ state: fields[3] ?? '', port: Number(fields[6]) }))
    .filter(({ port }) => port >= 49_152);
  const listening = new Set(rows.filter(({ state }) => state === 'Listen').map(({ port }) => port));
  const order = ['Established', 'SynSent', 'FinWait1', 'FinWait2', 'LastAck', 'CloseWait', 'TimeWait', 'Bound'];
  const classOf = new Map<number, number>();
  for (const { state, port } of rows) {
    if (listening.has(port)) continue;
    if (!order.includes(state)) throw new Error(`a state that this count leaves out: ${state}`);
    classOf.set(port, Math.min(order.indexOf(state), classOf.get(port) ?? order.length));
  }
  const counts = order.map((state, rank) => [state, [...classOf.values()].filter((held) => held === rank).length]);
  return {
    ...(Object.fromEntries(counts) as Record<string, number>),
    listening: listening.size,
    inUse: classOf.size,
    usable: 16_384 - listening.size,
    rows: rows.length,
  };
}

function countedByLedger(entry: LedgerEntry): Record<string, number> {
  return {
    Established: entry.established,
    SynSent: entry.synSent,
    FinWait1: entry.finWait1,
    FinWait2: entry.finWait2,
    LastAck: entry.lastAck,
    CloseWait: entry.closeWait,
    TimeWait: entry.timeWait,
    Bound: entry.bound,
    listening: entry.listening,
    inUse: entry.inUse,
    usable: entry.usable,
    rows: entry.rowsCountedNaively,
  };
}

describe.skipIf(captures === undefined)('a real server for a day, 103 exports of Get-NetTCPConnection', () => {
  it('has every ledger equal to a count by hand, at the moment its file names', async () => {
    const folder = join(captures ?? '', 'tcp-connection-csv', 'qlik');
    const names = readdirSync(folder).filter((name) => name.includes('_TcpConnections_'));
    const files = Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    const { hosts } = await reportOf(files, { timezone: null });
    const ledger = hosts.flatMap((host) => host.ledger.filter(({ poolId }) => poolId === 'tcp'));
    expect(ledger).toHaveLength(103);
    const moment = (name: string): string => {
      const [, day, time] = /_(\d{8})T(\d{6})\+0200/.exec(name) ?? [];
      const iso = `${String(day).replace(/(....)(..)/, '$1-$2-')}T${String(time).replace(/(..)(..)/, '$1:$2:')}+02:00`;
      return isoTime(Date.parse(iso));
    };
    expect(ledger.map((entry) => ({ at: entry.at, file: entry.file, ...countedByLedger(entry) }))).toEqual(
      Object.entries(files).map(([name, csv]) => ({ at: moment(name), file: name, ...countedByHand(csv) })),
    );
  });
});
