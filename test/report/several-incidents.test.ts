import { describe, expect, it } from 'vitest';
import { bound, connections, hostOf, LISTENERS, netstat, systemLog, TASKS } from '../support/capture.js';

/** A leak of PID 3120 fills the pool at four; once it has ended, at eleven, something closes as many connections as there are ports. */
const LEAK_THEN_CHURN = {
  ...Object.fromEntries(
    [4000, 8000, 12_000, 16_370].map((held, index) => [
      `leak-${String(index)}.txt`,
      netstat(`0${String(index + 1)}:00:00`, [...LISTENERS, ...bound(49_152, held)]),
    ]),
  ),
  'between.txt': netstat('06:00:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]),
  'churn.txt': netstat('11:00:05', [
    ...LISTENERS,
    ...connections('ESTABLISHED', 49_152, 60, { pid: 4312 }),
    ...connections('TIME_WAIT', 49_212, 16_310),
  ]),
  'System.xml': systemLog([
    { time: '04:00:05', id: 4231 },
    { time: '11:00:00', id: 4227 },
  ]),
  'tasklist.csv': TASKS,
};

describe('two incidents with a cause each', () => {
  it('rule out neither cause, name both culprits, and have a remedy for both', async () => {
    const host = await hostOf(LEAK_THEN_CHURN);
    expect(host.incidents.map(({ mechanism }) => mechanism)).toEqual(['bound-leak', 'time-wait-churn']);
    const outcomes = host.hypotheses.filter(({ outcome }) => outcome === 'confirmed').map(({ id }) => id);
    expect(outcomes.sort()).toEqual(['bound-leak', 'time-wait-churn']);
    const other = host.hypotheses.find(({ id }) => id !== host.verdict.mechanism && outcomes.includes(id));
    expect(other?.for.map(({ message }) => message.id)).toEqual(['other.incident']);
    expect(other?.for[0]?.sources.length).toBeGreaterThan(0);
    const culprits = new Set(host.incidents.flatMap(({ atFault }) => atFault));
    expect(culprits.size).toBe(2);
    expect(host.consumers.filter(({ atFault }) => atFault === 'yes')).toHaveLength(2);
    const ids = host.recommendation.actions.map(({ id }) => id);
    expect(ids).toContain('stop-the-leak');
    expect(ids).toContain('reuse-connections');
  });
});

describe('a pool that connections fill three hours after the only refused one', () => {
  it('makes the clocks doubtful, and the verdict less than sure', async () => {
    const full = [
      ...LISTENERS,
      ...connections('ESTABLISHED', 49_152, 60, { pid: 4312 }),
      ...connections('TIME_WAIT', 49_212, 16_310),
    ];
    const at = async (time: string) =>
      await hostOf({
        'netstat.txt': netstat(time, full),
        'System.xml': systemLog([{ time: '06:00:00', id: 4227 }]),
        'tasklist.csv': TASKS,
      });
    const apart = await at('09:07:00');
    expect(apart.verdict).toMatchObject({ mechanism: 'time-wait-churn', confidence: 'medium' });
    expect(apart.otherExplanations.map(({ message }) => message.id)).toContain('other.clocks-apart');
    const together = await at('06:00:20');
    expect(together.verdict).toMatchObject({ mechanism: 'time-wait-churn', confidence: 'high' });
    expect(together.otherExplanations.map(({ message }) => message.id)).not.toContain('other.clocks-apart');
  });
});
