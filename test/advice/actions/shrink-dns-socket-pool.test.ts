import { describe, expect, it } from 'vitest';
import { hostOf, LISTENERS, netstat, systemLog, tasklist, type TableRow } from '../../support/capture.js';

/** So many UDP ports of PID 1424 from 49152 on, and 5,500 of another above them. */
const hostWith = (image: string, count: number) => {
  const udp = (start: number, ports: number, pid: number): TableRow[] =>
    Array.from({ length: ports }, (_, index) => ({
      transport: 'UDP',
      local: `0.0.0.0:${String(start + index)}`,
      remote: '*:*',
      state: '',
      pid,
    }));
  return hostOf({
    'netstat.txt': netstat('09:14:40', [...LISTENERS, ...udp(49_152, count, 1424), ...udp(49_152 + count, 5_500, 900)]),
    'System.xml': systemLog([{ time: '09:14:38', id: 4266 }]),
    'tasklist.csv': tasklist({ 1424: image }),
  });
};

describe('the socket pool of a DNS server', () => {
  it('is made smaller where it takes most of the UDP ports, and its process is not ended', async () => {
    const { recommendation, consumers, verdict } = await hostWith('dns.exe', 10_000);
    const [first, ...others] = recommendation.actions;
    expect(first?.id).toBe('shrink-dns-socket-pool');
    expect(first?.apply.powershell).toContain('dnscmd /Config /SocketPoolSize 2500');
    expect(first?.rollback[0]).toBe('dnscmd /Config /SocketPoolSize 10000');
    expect(others.map(({ id }) => id)).not.toContain('stop-the-leak');
    expect(consumers[0]).toMatchObject({ process: 'dns.exe', ports: { low: 10_000 }, exclusivePorts: 10_000 });
    expect(verdict.summary.text).toContain('most of them by dns.exe (PID 1424)');
  });

  it('is none where it holds more than such a pool may, or is another program', async () => {
    for (const host of [await hostWith('dns.exe', 10_001), await hostWith('agent.exe', 10_000)]) {
      expect(host.recommendation.actions[0]?.id).toBe('stop-the-leak');
    }
  });
});
