import { expect, it } from 'vitest';
import { netshRange, netstat, connections, LISTENERS, regQuery, reportOf } from '../../support/capture.js';

const table = netstat('09:15:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 3)]);

it('a range that a later file states differently is noted there, and the first one is used', async () => {
  const { inputs, hosts } = await reportOf({
    'a-netsh.txt': netshRange(49_152, 16_384),
    'b-netsh.txt': netshRange(10_000, 1000),
    'netstat.txt': table,
  });
  expect(inputs.map(({ file, problems }) => [file, problems.map(({ code }) => code)])).toEqual([
    ['a-netsh.txt', []],
    ['b-netsh.txt', ['conflicting-settings']],
    ['netstat.txt', []],
  ]);
  expect(hosts[0]?.pools[0]).toMatchObject({ start: 49_152, count: 16_384 });
});

it('the same value stated twice, and other values of the same key, are no conflict', async () => {
  const { inputs } = await reportOf({
    'a.txt': regQuery({ TcpTimedWaitDelay: 60 }),
    'b.txt': regQuery({ TcpTimedWaitDelay: 60, MaxUserPort: 65_534 }),
    'netstat.txt': table,
  });
  expect(inputs.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([]);
});
