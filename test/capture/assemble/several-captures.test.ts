import { describe, expect, it } from 'vitest';
import { bound, connections, LISTENERS, netstat, reportOf, tcpCsv } from '../../support/capture.js';

const MORE = [5985, 8080, 47_001].map((port) => ({
  transport: 'TCP' as const,
  state: 'LISTENING',
  local: `0.0.0.0:${String(port)}`,
  remote: '0.0.0.0:0',
  pid: 4,
}));
const ROWS = [...LISTENERS, ...MORE, ...connections('ESTABLISHED', 50_000, 100)];

async function read(files: Readonly<Record<string, string>>) {
  const report = await reportOf(files);
  const [host] = report.hosts;
  const inUse = (host?.ledger ?? []).filter(({ poolId }) => poolId === 'tcp').map((entry) => entry.inUse);
  return { inUse, problems: report.inputs.flatMap((input) => input.problems.map(({ code }) => code)) };
}

describe('captures that were appended to one file without a time between', () => {
  it('are left out where nothing sets them apart, and this is said', async () => {
    const [header = '', ...rows] = tcpCsv('09:14:40', ROWS).trimEnd().split('\r\n');
    const later = tcpCsv('09:14:40', [...LISTENERS, ...MORE, ...connections('ESTABLISHED', 51_000, 100)]);
    const without = (line: string): string => line.split(',').slice(1).join(',');
    const lines = [header, ...rows, ...later.trimEnd().split('\r\n').slice(1)].map(without);
    const whole = netstat('09:20:00', [...LISTENERS, ...bound(52_000, 7)]);
    const { inUse, problems } = await read({ 'tcp.csv': lines.join('\r\n'), 'netstat.txt': whole });
    expect(inUse).toEqual([7]);
    expect(problems).toContain('several-captures');
  });

  it('of netstat are set apart by its first listener', async () => {
    const dumps = [ROWS, [...LISTENERS, ...connections('ESTABLISHED', 51_000, 40)]];
    const text = dumps.map((rows) =>
      netstat('09:14:40', rows)
        .split('\r\n')
        .filter((line) => /TCP|UDP/.test(line))
        .join('\r\n'),
    );
    const { inUse } = await read({ 'netstat.txt': text.join('\r\n') });
    expect(inUse.toSorted((a, b) => a - b)).toEqual([40, 100]);
  });
});

describe('a table of which many rows could not be read', () => {
  it.each([
    [9, false],
    [10, true],
  ])('with %i rows lost of 100: not known to be whole is %s', async (lost, isPart) => {
    const rows = netstat('09:14:40', ROWS).split('\r\n');
    let count = 0;
    const text = rows.map((line) =>
      line.includes(':500') && count++ < lost ? line.replace(/:500\d\d/, ':99999') : line,
    );
    const report = await reportOf({ 'netstat.txt': text.join('\r\n') });
    expect(report.hosts[0]?.ledger[0]?.unseen.includes('established')).toBe(isPart);
  });
});
