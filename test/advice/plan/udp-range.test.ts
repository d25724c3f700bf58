import { describe, expect, it } from 'vitest';
import type { HostReport } from '../../../src/model/report.js';
import {
  connections,
  hostOf,
  LISTENERS,
  netshRange,
  netstat,
  systemLog,
  TASKS,
  udp,
  type TableRow,
} from '../../support/capture.js';

/** A host with a UDP range and UDP ports held by these rows, and Event 4266 two seconds before the table. */
function host(start: number, count: number, rows: readonly TableRow[]): Promise<HostReport> {
  const tcp = [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)];
  return hostOf({
    'netstat.txt': netstat('09:14:40', [...tcp, ...rows]),
    'System.xml': systemLog([{ time: '09:14:38', id: 4266 }]),
    'netsh.txt': netshRange() + netshRange(start, count, 'udp'),
    'tasklist.csv': TASKS,
  });
}

/** Ports shared out among twenty processes: nobody has most of them. */
const shared = (start: number, count: number): TableRow[] =>
  Array.from({ length: 20 }, (_, at) => udp(start + at * (count / 20), count / 20, 5000 + at)).flat();

const ranges = ({ recommendation }: HostReport): unknown[] =>
  recommendation.dynamicPortRanges
    .filter(({ transport }) => transport === 'udp')
    .map(({ family, recommended, change, reason }) => [family, recommended.start, change, reason.params['why']]);

describe('the UDP range', () => {
  it('goes back to the default where it is smaller, for both address families and with a way back', async () => {
    const report = await host(50_000, 1000, shared(50_000, 1000));
    expect(report.verdict.mechanism).toBe('udp-exhaustion');
    expect(ranges(report)).toEqual([
      ['ipv4', 49_152, true, 'change'],
      ['ipv6', 49_152, true, 'change'],
    ]);
    expect(report.recommendation.actions.map(({ id }) => id)).toEqual(['change-udp-port-range']);
    const [action] = report.recommendation.actions;
    expect(action?.apply.cmd).toEqual([
      'netsh int ipv4 show dynamicport udp',
      'netsh int ipv6 show dynamicport udp',
      'netsh int ipv4 set dynamicport udp start=49152 num=16384',
      'netsh int ipv6 set dynamicport udp start=49152 num=16384',
    ]);
    expect(action?.rollback).toEqual([
      'netsh int ipv4 set dynamicport udp start=50000 num=1000',
      'netsh int ipv6 set dynamicport udp start=50000 num=1000',
    ]);
    expect(action?.risks.map(({ id }) => id)).toEqual([
      'action.range.risk-firewall',
      'action.udp-range.risk-fixed',
      'action.range.risk-assumed-ipv6',
      'action.range.risk-wrong',
    ]);
  });

  it('is doubled where many programs fill the default', async () => {
    const report = await host(49_152, 16_384, shared(49_152, 16_380).concat(udp(65_532, 4, 1424)));
    expect(ranges(report)).toEqual([
      ['ipv4', 32_768, true, 'change'],
      ['ipv6', 32_768, true, 'change'],
    ]);
  });

  it('stays where one program holds most of it: a wider one only postpones the end', async () => {
    const report = await host(49_152, 16_384, udp(49_152, 16_384, 3120));
    expect(ranges(report)).toEqual([
      ['ipv4', 49_152, false, 'no'],
      ['ipv6', 49_152, false, 'no'],
    ]);
    expect(report.recommendation.actions.map(({ id }) => id)).toEqual(['stop-the-leak', 'mend-the-leak']);
  });

  it('stays where nobody is known to hold it, and where UDP did not run out', async () => {
    expect(ranges(await host(49_152, 16_384, [])).map((range) => (range as unknown[])[3])).toEqual([
      'cannot-tell',
      'cannot-tell',
    ]);
    const healthy = await hostOf({ 'netstat.txt': netstat('09:14:40', LISTENERS), 'netsh.txt': netshRange() });
    const [, , ipv4] = healthy.recommendation.dynamicPortRanges;
    expect(ipv4?.reason.text).toContain('nothing here asks for a change. The Windows default is assumed');
  });
});
