import { describe, expect, it } from 'vitest';
import { bound, connections, hostOf, LISTENERS, netshRange, tcpCsv } from '../support/capture.js';

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
    expect(mend?.title.params).toEqual({ processes: ['svchost.exe (LeakSvc, PID 3900)'] });
  });
});
