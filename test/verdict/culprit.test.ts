import { describe, expect, it } from 'vitest';
import {
  bound,
  connections,
  hostOf,
  LISTENERS,
  netshRange,
  netstat,
  systemLog,
  TASKS,
  tcpCsv,
  udp,
} from '../support/capture.js';

const SERVICES = [
  '"Image Name","PID","Services"',
  '"System","4","N/A"',
  '"svchost.exe","716","RpcEptMapper,RpcSs"',
  '"svchost.exe","3900","LeakSvc"',
  '"svchost.exe","4100","GoodSvc"',
  '',
].join('\r\n');

describe('two processes of one image', () => {
  it('are told apart by their services: only the one that leaks is at fault, and is named so', async () => {
    const tables = [1000, 6000, 11_000, 15_900].map((leaked, index): [string, string] => {
      const rows = [...bound(49_152, leaked, 3900), ...connections('ESTABLISHED', 65_100, 200, { pid: 4100 })];
      return [`${String(index)}.csv`, tcpCsv(`0${String(index + 4)}:00:00`, [...LISTENERS, ...rows])];
    });
    const host = await hostOf({ ...Object.fromEntries(tables), 'tasklist.csv': SERVICES, 'netsh.txt': netshRange() });
    expect(host.verdict.mechanism).toBe('bound-leak');
    expect(host.verdict.summary.params['processes']).toEqual(['svchost.exe (LeakSvc, PID 3900)']);
    expect(host.consumers.map(({ services, pids, atFault }) => ({ services, pids, atFault }))).toEqual([
      { services: ['LeakSvc'], pids: [3900], atFault: 'yes' },
      { services: ['GoodSvc'], pids: [4100], atFault: 'no' },
    ]);
    const [mend] = host.recommendation.actions;
    expect(mend?.title.params).toMatchObject({ processes: ['svchost.exe (LeakSvc, PID 3900)'] });
  });
});

describe('a leak that goes on under another PID after a restart', () => {
  const tables = (before: number, after: number): [string, string][] =>
    [
      [5000, before],
      [10_000, before],
      [15_900, before],
      [2000, after],
      [5000, after],
      [8000, after],
    ].map(([held = 0, pid = 0], index) => [
      `${String(index)}.csv`,
      tcpCsv(`0${String(index + 3)}:00:00`, [...LISTENERS, ...bound(49_152, held, pid)]),
    ]);
  const culprits = async (before: number, after: number): Promise<unknown> => {
    const files = Object.fromEntries(tables(before, after));
    const { verdict } = await hostOf({ ...files, 'tasklist.csv': TASKS, 'netsh.txt': netshRange() });
    return verdict.summary.params['processes'];
  };

  it('is that of the process that filled the pool, and of the one alive, whichever of them a list names', async () => {
    expect(await culprits(9999, 3120)).toEqual(['PID 9999', 'FabrikamAgent.exe (PID 3120)']);
    expect(await culprits(3120, 9999)).toEqual(['FabrikamAgent.exe (PID 3120)', 'PID 9999']);
  });

  it('fills the pool in an incident of the one before the restart only', async () => {
    const files = Object.fromEntries(tables(9999, 3120));
    const log = { 'System.xml': systemLog([{ time: '05:10:00', id: 4231 }]) };
    const host = await hostOf({ ...files, ...log, 'tasklist.csv': TASKS, 'netsh.txt': netshRange() });
    expect(host.incidents[0]?.atFault).toEqual(['PID 9999']);
    expect(host.consumers.find(({ pids }) => pids.includes(9999))).toMatchObject({ atFault: 'yes' });
  });
});

describe('the holders of a full UDP pool', () => {
  it('come first, with their ports of that pool and how these went', async () => {
    const tables = [1000, 8000, 15_000, 16_300].map((held, index): [string, string] => {
      const rows = [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20), ...udp(49_152, held)];
      return [`netstat-${String(index)}.txt`, netstat(`0${String(index + 4)}:00:00`, rows)];
    });
    const host = await hostOf({ ...Object.fromEntries(tables), 'tasklist.csv': TASKS });
    expect(host.verdict.mechanism).toBe('udp-exhaustion');
    const held = host.consumers.map(({ process, atFault, ports, trends }) => ({ process, atFault, ports, trends }));
    expect(held[0]).toMatchObject({
      process: 'dns.exe',
      atFault: 'yes',
      ports: { low: 16_300, best: 16_300, high: 16_300 },
    });
    expect(held[0]?.trends).toMatchObject([{ class: 'udp', first: 1000, last: 16_300, snapshots: 4, restarts: 0 }]);
    expect(held[1]).toMatchObject({ process: 'Contoso.Sync.exe', atFault: 'no', ports: { best: 20 } });
  });
});
