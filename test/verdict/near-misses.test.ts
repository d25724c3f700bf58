import { describe, expect, it } from 'vitest';
import {
  connections,
  hostOf,
  LISTENERS,
  netshRange,
  netstat,
  systemLog,
  TASKS,
  type TableRow,
} from '../support/capture.js';

const QUIET = [
  { time: '01:00:00', id: 7036, provider: 'Service Control Manager' },
  { time: '20:00:00', id: 7036, provider: 'Service Control Manager' },
];
const verdictOf = async (rows: readonly TableRow[], events: Parameters<typeof systemLog>[0]) =>
  (
    await hostOf({
      'netstat.txt': netstat('09:14:40', [...LISTENERS, ...rows]),
      'System.xml': systemLog(events),
      'netsh.txt': netshRange(),
      'tasklist.csv': TASKS,
    })
  ).verdict;
const EXHAUSTED = [{ time: '09:14:38', id: 4231 }];

describe('a verdict without a mechanism', () => {
  it('is none below nine tenths of the pool where a log covers the time, and says that there is no headroom', async () => {
    const waiting = connections('TIME_WAIT', 49_152, 13_900);
    const pressed = await verdictOf(waiting, QUIET);
    expect([pressed.mechanism, pressed.summary.params['pressed']]).toEqual(['none', true]);
    expect(pressed.summary.text).toContain('has no headroom');
    const { mechanism, summary } = await verdictOf(connections('TIME_WAIT', 49_152, 1_000), QUIET);
    expect([mechanism, summary.params['pressed']]).toEqual(['none', false]);
  });

  it.each(['FIN_WAIT_2', 'LAST_ACK'])('names %s and who holds it', async (state) => {
    const { mechanism, summary } = await verdictOf(connections(state, 49_152, 16_300), EXHAUSTED);
    expect([mechanism, summary.id]).toEqual(['undetermined', 'verdict.closing-crowd']);
    expect(summary.text).toContain(`ports stand in ${state}, most of them of Contoso.Sync.exe (PID 4312)`);
  });

  it('says that what ran out is not in a whole table that is far from full', async () => {
    const few = await verdictOf(connections('ESTABLISHED', 49_152, 900), EXHAUSTED);
    expect([few.mechanism, few.summary.id]).toEqual(['undetermined', 'verdict.exhausted-elsewhere']);
    expect(few.summary.params).toMatchObject({ inUse: 900, seconds: 2, hidden: true });
    const half = await verdictOf(connections('ESTABLISHED', 49_152, 9_000), EXHAUSTED);
    expect(half.summary.id).toBe('verdict.undetermined');
  });
});
