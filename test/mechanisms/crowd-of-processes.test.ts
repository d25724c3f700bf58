import { describe, expect, it } from 'vitest';
import { connections, hostOf, LISTENERS, netstat, tasklist } from '../support/capture.js';

/** A pool full of live connections of so many processes of one image, in equal parts. */
function hostOfProcesses(count: number) {
  const each = Math.floor(16_000 / count);
  const pids = Array.from({ length: count }, (_, index) => 7_000 + index * 4);
  const rows = pids.flatMap((pid, index) =>
    connections('ESTABLISHED', 49_152 + index * each, each, { remote: '203.0.113.20:443', pid }),
  );
  return hostOf({
    'netstat.txt': netstat('09:14:40', [...LISTENERS, ...rows]),
    'tasklist.csv': tasklist(Object.fromEntries(pids.map((pid) => [pid, 'msedge.exe']))),
  });
}

describe('many processes of one image that fill a pool with live connections', () => {
  it('are a crowd, and no program at fault', async () => {
    const { verdict, consumers, recommendation } = await hostOfProcesses(40);
    expect(verdict.mechanism).toBe('connection-saturation');
    expect(verdict.summary.text).toContain('most of them of 40 processes of msedge.exe, each with a small part');
    expect(consumers.filter(({ atFault }) => atFault === 'yes')).toEqual([]);
    const [first] = recommendation.actions;
    expect(first?.title.text).toBe('Spread the users of msedge.exe over more hosts, or give this one more addresses');
  });

  it('are one program where they are few', async () => {
    const { verdict, consumers } = await hostOfProcesses(4);
    expect(verdict.summary.params['crowd']).toBeUndefined();
    expect(consumers[0]).toMatchObject({ process: 'msedge.exe', atFault: 'yes' });
  });
});
