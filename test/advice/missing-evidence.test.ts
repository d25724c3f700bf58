import { describe, expect, it } from 'vitest';
import { missingEvidence } from '../../src/advice/missing-evidence.js';
import type { HostFacts } from '../../src/correlation/host-facts.js';
import type { MissingEvidence } from '../../src/model/report.js';
import {
  connections,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  regQuery,
  systemLog,
  TASKS,
  tcpCsv,
  udp,
} from '../support/capture.js';
import { factsOf } from '../support/host-facts.js';

const LIVE = connections('ESTABLISHED', 50_000, 20);
const ROWS = [...LISTENERS, ...LIVE, ...udp(51_000, 5)];
const TIMES = ['09:10:00', '09:10:30', '09:11:00'] as const;
const series = (times: readonly string[], rows = ROWS): string => times.map((time) => netstat(time, rows)).join('\r\n');

/** Everything that this program knows what to do with. */
const ALL = {
  'netstat.txt': series(TIMES.slice(0, 2)),
  'tcp.csv': tcpCsv(TIMES[2], [...LISTENERS, ...LIVE]),
  'System.xml': systemLog([]),
  'netsh.txt': netshRange(),
  'excluded.txt': netshExclusions([5985, 5985]),
  'tasklist.csv': TASKS,
  'reg.txt': regQuery({}),
};

async function facts(changed: Readonly<Record<string, string | null>> = {}): Promise<HostFacts> {
  const all: Readonly<Record<string, string | null>> = { ...ALL, ...changed };
  const files = Object.entries(all).flatMap(([name, text]) => (text === null ? [] : [[name, text]]));
  return factsOf(Object.fromEntries(files) as Record<string, string>);
}

const lacking = (missing: readonly MissingEvidence[]): string[] => missing.map(({ what }) => what.id);

async function lacks(
  changed: Readonly<Record<string, string | null>>,
  mechanism: 'none' | 'undetermined' = 'none',
): Promise<string[]> {
  return lacking(missingEvidence(await facts(changed), mechanism));
}

describe('the missing evidence', () => {
  it('is nothing where everything was collected', async () => {
    expect(await lacks({})).toEqual([]);
  });

  it('is a reason and at least one command for each thing, from the most decisive on', async () => {
    const missing = missingEvidence(
      await factsOf({ 'System.xml': systemLog([{ time: '09:14:38', id: 4227 }]) }),
      'undetermined',
    );
    expect(lacking(missing)).toEqual([
      'lacking.tables',
      'lacking.range',
      'lacking.exclusions',
      'lacking.registry',
      'lacking.udp',
    ]);
    for (const { what, why, collectWith } of missing) {
      expect(why.id).toBe(`${what.id}.why`);
      expect(collectWith.length).toBeGreaterThan(0);
    }
  });

  it('is a table of all states where every table was filtered, and not where one was not', async () => {
    const filtered = tcpCsv('09:10:00', connections('TIME_WAIT', 50_000, 20));
    const only = { 'netstat.txt': null, 'tcp.csv': filtered };
    expect(await lacks(only)).toEqual(['lacking.all-states', 'lacking.series', 'lacking.udp']);
    expect(await lacks({ 'filtered.csv': filtered })).toEqual([]);
  });

  it('is a table of Bound ports where no table could show them', async () => {
    expect(await lacks({ 'tcp.csv': null, 'netstat.txt': series(TIMES) })).toEqual(['lacking.bound']);
  });

  it('is a series of three dated tables, or a longer one where they were not enough', async () => {
    expect(await lacks({ 'netstat.txt': series([TIMES[0]]) })).toEqual(['lacking.series']);
    expect(await lacks({}, 'undetermined')).toEqual(['lacking.series']);
  });

  it('is a System log, or one that covers the tables', async () => {
    expect(await lacks({ 'System.xml': null })).toEqual(['lacking.log']);
    const late = [netstat('13:30:00', ROWS), netstat('13:31:00', ROWS)].join('\r\n');
    expect(await lacks({ 'netstat.txt': late })).toEqual(['lacking.log']);
  });

  it('is the range where nothing but the registry, or nothing, says it', async () => {
    expect(await lacks({ 'netsh.txt': null })).toEqual(['lacking.range']);
    expect(await lacks({ 'netsh.txt': null, 'reg.txt': regQuery({ MaxUserPort: 60_000 }) })).toEqual(['lacking.range']);
  });

  it('is the delay, and not where the key was captured without it', async () => {
    expect(await lacks({ 'reg.txt': null })).toEqual(['lacking.registry']);
    expect(await lacks({ 'reg.txt': regQuery({ TcpTimedWaitDelay: 30 }) })).toEqual([]);
    expect(await lacks({ 'reg.txt': regQuery({}, '\\Winsock') })).toEqual(['lacking.registry']);
  });

  it('is what else was left out: exclusions, processes, UDP', async () => {
    expect(await lacks({ 'excluded.txt': null })).toEqual(['lacking.exclusions']);
    expect(await lacks({ 'tasklist.csv': null })).toEqual(['lacking.processes']);
    const tcpOnly = series(TIMES.slice(0, 2), [...LISTENERS, ...LIVE]);
    expect(await lacks({ 'netstat.txt': tcpOnly })).toEqual(['lacking.udp']);
  });
});
