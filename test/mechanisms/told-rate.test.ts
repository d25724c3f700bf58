import { describe, expect, it } from 'vitest';
import { connections, hostOf, LISTENERS, netstat, systemLog, tasklist } from '../support/capture.js';

const REMOTE = '10.20.7.31:1433';

/** A full pool towards one endpoint, of which the processes have so many live connections each. */
async function sentence(live: Readonly<Record<number, number>>) {
  let next = 49_152;
  const rows = Object.entries(live).flatMap(([pid, count]) => {
    const own = connections('ESTABLISHED', next, count, { remote: REMOTE, pid: Number(pid) });
    next += count;
    return own;
  });
  const host = await hostOf(
    {
      'netstat.txt': netstat('09:14:40', [
        ...LISTENERS,
        ...rows,
        ...connections('TIME_WAIT', next, 65_536 - next, { remote: REMOTE, pid: 0 }),
      ]),
      'System.xml': systemLog([{ time: '09:14:38', id: 4227 }]),
      'tasklist.csv': tasklist({ 5068: 'w3wp.exe', 6068: 'ReportWriter.exe' }),
    },
    { timeWaitSeconds: 120 },
  );
  const { summary } = host.verdict;
  return { host, summary };
}

describe('the rate in the sentence of churn', () => {
  it('is that of the program at fault where it alone is met towards the endpoint', async () => {
    const { host, summary } = await sentence({ 5068: 40 });
    const [program] = host.consumers;
    expect(program?.connectionsPerSecond?.low).toBeGreaterThan(100);
    expect(summary.params).toMatchObject({ mostly: false, rate: { low: program?.connectionsPerSecond?.low } });
    expect(summary.text).toContain('w3wp.exe (PID 5068) opened at least');
  });

  it('is that of the endpoint where nobody is met there', async () => {
    const { host, summary } = await sentence({});
    const [endpoint] = host.destinations;
    expect(summary.params).toMatchObject({ processes: [], mostly: false, rate: endpoint?.connectionsPerSecond });
    expect(summary.text).toContain(`${REMOTE} were opened, by whom this evidence cannot tell, and each`);
  });

  it('is that of the endpoint where the rows in TIME_WAIT may be of several, which rows met alive do not order', async () => {
    const { host, summary } = await sentence({ 5068: 40, 6068: 4 });
    const [endpoint] = host.destinations;
    expect(summary.params).toMatchObject({ processes: [], mostly: false, rate: endpoint?.connectionsPerSecond });
    expect(summary.text).toContain(
      'were opened, by whom this evidence cannot tell (perhaps w3wp.exe (PID 5068) or ReportWriter.exe (PID 6068)), and each',
    );
    expect(host.consumers.map(({ process, atFault }) => [process, atFault])).toEqual([
      ['w3wp.exe', 'unknown'],
      ['ReportWriter.exe', 'unknown'],
    ]);
  });

  it('leaves out whose rows met alive are less than a hundredth of the other’s', async () => {
    const { summary } = await sentence({ 5068: 400, 6068: 3 });
    expect(summary.params).toMatchObject({ mostly: true });
    expect(summary.text).toContain('were opened, most of them probably by w3wp.exe (PID 5068), and each');
  });
});

describe('churn of nobody to many endpoints', () => {
  it('names none of them, but how many they are', async () => {
    const host = await hostOf(
      {
        'netstat.txt': netstat('09:14:40', [
          ...LISTENERS,
          ...Array.from({ length: 64 }, (_, index) =>
            connections('TIME_WAIT', 49_152 + index * 256, 256, {
              remote: `203.0.113.${String(index + 1)}:443`,
              pid: 0,
            }),
          ).flat(),
        ]),
        'System.xml': systemLog([{ time: '09:14:38', id: 4227 }]),
      },
      { timeWaitSeconds: 120 },
    );
    const { mechanism, summary } = host.verdict;
    expect(mechanism).toBe('time-wait-churn');
    expect(summary.params).toMatchObject({ processes: [], destination: null, destinations: 64 });
    expect(summary.text).toContain(
      'connections a second to 64 remote endpoints were opened, by whom this evidence cannot tell',
    );
  });
});
