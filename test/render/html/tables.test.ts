import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/messages/languages.js';
import type { HostReport } from '../../../src/model/report.js';
import { consumersView, destinationsView } from '../../../src/render/html/view/consumers-view.js';
import { hostContext } from '../../../src/render/html/view/context.js';
import { pageContext } from '../../../src/render/html/view/page-context.js';
import { capped } from '../../../src/render/html/view/page-figures.js';
import { methodView } from '../../../src/render/html/view/findings-view.js';
import { timelineView } from '../../../src/render/html/view/timeline-view.js';
import { ledgerView } from '../../../src/render/html/view/ledger-table.js';
import {
  connections,
  hostOf,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  OPTIONS,
} from '../../support/capture.js';
import { report } from '../../report/samples/build.js';
import { churnHost } from '../../report/samples/churn-host.js';
import { healthyHost } from '../../report/samples/healthy-host.js';

const page = pageContext(languageOf('en'));
const contextOf = (host: HostReport) => hostContext(host, 0, report([host]), page);

describe('the tables of the page', () => {
  it('hold the first five destinations open and the others one click away', () => {
    const { open, further, furtherTitle } = destinationsView(contextOf(healthyHost()));
    expect([open.length, further.map(({ remote }) => remote), furtherTitle]).toEqual([
      5,
      ['198.51.100.25:443'],
      '1 more',
    ]);
  });

  it('leave out an address family that repeats the pool of both, or holds nothing', () => {
    const shown = (ipv6: (inUse: number) => number): string[] => {
      const host = churnHost();
      for (const entry of host.ledger.filter(({ poolId }) => poolId === 'tcp-ipv6')) entry.inUse = ipv6(entry.inUse);
      const { pools, others } = ledgerView(contextOf(host));
      return [...pools.map(({ name }) => name), ...others.map(({ title }) => title)];
    };
    const both = 'TCP, IPv4 and IPv6 together, dynamic range';
    expect(shown(() => 12)).toEqual([both, 'TCP, IPv6, dynamic range', 'TCP, IPv6, dynamic range']);
    expect(shown(() => 0)).toEqual([both]);
    const host = churnHost();
    const combined = host.ledger.filter(({ poolId }) => poolId === 'tcp');
    host.ledger = [...combined, ...combined.map((entry) => ({ ...entry, poolId: 'tcp-ipv6' }))];
    expect(ledgerView(contextOf(host)).pools.map(({ name }) => name)).toEqual([both]);
  });

  it('say what stopping a process frees only where it has a part in the incident and may be stopped', () => {
    const host = churnHost();
    const [first] = host.consumers;
    if (first === undefined) throw new Error('the churn sample has consumers');
    const one = { ...first, process: 'Contoso.Sync.exe', pids: [4312], services: [], exclusivePorts: 21 };
    const freed = (changed: Partial<typeof first>): string | undefined => {
      host.consumers = [{ ...one, ...changed }];
      return consumersView(contextOf(host)).rows[0]?.freed;
    };
    const told = '21 free at once if stopped';
    expect((['yes', 'contributing', 'no', 'unknown'] as const).map((atFault) => freed({ atFault }))).toEqual([
      told,
      told,
      '',
      '',
    ]);
    expect(freed({ atFault: 'yes', exclusivePorts: 0 })).toBe('');
    expect(freed({ atFault: 'yes', process: 'System', pids: [4] })).toBe('');
    expect(freed({ atFault: 'yes', process: 'lsass.exe' })).toBe('');
    expect(freed({ atFault: 'yes', process: 'svchost.exe', services: ['RpcSs'] })).toBe('');
    expect(freed({ atFault: 'yes', process: 'svchost.exe', services: ['Dnscache'] })).toBe(told);
  });

  it('print rates below one a second, and a process that has only a PID, without noise', () => {
    const host = churnHost();
    const [first] = host.consumers;
    if (first === undefined) throw new Error('the churn sample has consumers');
    const rates = [
      { low: 0.2, best: null, high: 0.6 },
      { low: 0.2, best: null, high: null },
      { low: 1, best: null, high: null },
      { low: 0.2, best: null, high: 1 },
      null,
    ];
    host.consumers = rates.map((connectionsPerSecond) => ({ ...first, connectionsPerSecond }));
    host.consumers.push({ ...first, process: 'PID 10524', pids: [10524] });
    const { rows } = consumersView(contextOf(host));
    expect(rows.slice(0, 5).map(({ rate }) => rate)).toEqual(['< 1', '–', 'at least 1', '0.2–1', '–']);
    expect([rows[0]?.pids, rows[5]?.pids]).toEqual(['4312', '']);
  });

  it('say what is in the JSON report and what only in the evidence', () => {
    expect([
      capped([1, 2, 3], 2, page.words).more,
      capped([1], 2, page.words, 2).more,
      capped([1, 2, 3], 2, page.words, 2).more,
    ]).toEqual([
      '1 more is in the JSON report.',
      '2 more are only in the evidence.',
      '1 more is in the JSON report; 2 are only in the evidence.',
    ]);
  });

  it('put the process at fault first, though it holds no port of the pool', () => {
    const host = churnHost();
    const [culprit, ...others] = host.consumers;
    if (culprit === undefined) throw new Error('the churn sample has consumers');
    host.consumers = [...others, { ...culprit, ports: { low: 0, best: 0, high: 0 }, shareOfUsable: 0 }];
    const { rows } = consumersView(contextOf(host));
    expect(rows.map(({ process }) => process)).toEqual(['Contoso.Sync.exe', 'w3wp.exe', 'lsass.exe']);
    expect([rows[0]?.ports, rows[0]?.share]).toEqual(['none of this pool', '']);
  });

  it('leave out a rate of at least nothing', () => {
    const host = churnHost();
    host.demand.methods = [
      { id: 'new-tuples', perSecond: { low: 0.04, best: null, high: null } },
      { id: 'ramp', perSecond: { low: 0.05, best: null, high: null } },
    ];
    expect(methodView(contextOf(host)).demand).toHaveLength(1);
  });

  it('print one share for the peak of a pool and for the picture of it', async () => {
    const host = await hostOf({
      'netstat.txt': netstat('10:00:00', [...LISTENERS, ...connections('ESTABLISHED', 49_152, 57)]),
    });
    const context = contextOf(host);
    // 57 of 16,384 are 0.348 %: rounded to 0.35 % first they would be 0.4 %.
    expect(ledgerView(context).pools[0]?.share).toBe('0.3 %');
    expect(timelineView(context).pool[0]?.description).toContain('(0.3 %)');
  });

  it('print no number of excluded ports where nobody captured them', async () => {
    const excluded = async (files: Readonly<Record<string, string>>, ports = 50): Promise<(string | undefined)[]> => {
      const rows = [...LISTENERS, ...connections('ESTABLISHED', 50_000, ports)];
      const range = { 'netstat.txt': netstat('10:00:00', rows), 'netsh.txt': netshRange(50_000, 255) };
      const { pools } = ledgerView(contextOf(await hostOf({ ...range, ...files }, { ...OPTIONS, range: null })));
      return pools.map((pool) => pool.excluded);
    };
    expect(await excluded({})).toEqual(['not captured', 'not captured']);
    expect(await excluded({ 'excluded.txt': netshExclusions() })).toEqual(['0', 'not captured']);
    expect(await excluded({ 'excluded.txt': netshExclusions([50_090, 50_099]) })).toEqual(['10', 'not captured']);
    // A range of which every port is taken has none excluded.
    expect(await excluded({}, 255)).toEqual(['0', 'not captured']);
  });

  it('say that netsh named no family where the advice says that the range of IPv6 is assumed', async () => {
    const v6 = { local: '[fd00::12]', remote: '[fd00::31]:1433' };
    const rows = [...connections('ESTABLISHED', 49_152, 9), ...connections('ESTABLISHED', 50_000, 5, v6)];
    const { pools } = ledgerView(
      contextOf(
        await hostOf(
          { 'netstat.txt': netstat('10:00:00', [...LISTENERS, ...rows]), 'netsh.txt': netshRange() },
          { ...OPTIONS, range: null },
        ),
      ),
    );
    expect(pools.map(({ name, rangeSource, assumed }) => [name.slice(0, 9), rangeSource, assumed])).toEqual([
      ['TCP, IPv4', 'as netsh prints it', false],
      ['TCP, IPv4', 'as netsh prints it', false],
      ['TCP, IPv6', 'as netsh prints it, naming no family: assumed to hold for this one too', true],
      ['UDP, IPv4', 'assumed: the Windows default', true],
    ]);
  });
});
