import { describe, expect, it } from 'vitest';
import { otherExplanations } from '../../src/verdict/other-explanations.js';
import type { VerdictMechanism } from '../../src/model/report-judgement.js';
import { connections, LISTENERS, netshExclusions, netstat, systemLog, type LogLine } from '../support/capture.js';
import { factsOf } from '../support/host-facts.js';

const TABLE = netstat('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]);
const ONSET: LogLine = { time: '09:14:38', id: 4227 };
const EXHAUSTED: LogLine = { time: '09:14:38', id: 4231 };

/** The explanations by message id, each with its parameters and how many lines it stands on. */
async function explained(
  log: readonly LogLine[],
  files: Readonly<Record<string, string>> = { 'netstat.txt': TABLE },
  mechanism: VerdictMechanism = 'time-wait-churn',
): Promise<Record<string, unknown>> {
  const facts = await factsOf({ ...files, 'System.xml': systemLog(log) });
  const entries = otherExplanations(facts, mechanism).map(({ message, sourceCount }) => [
    message.id,
    { ...message.params, sourceCount },
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

const started = (version: string): LogLine => ({
  time: '01:00:00',
  id: 6009,
  provider: 'EventLog',
  data: [version, '9600', '', 'Multiprocessor Free'],
});
const change = (time: string): LogLine => ({ time, id: 7045, provider: 'Service Control Manager' });

describe('another explanation', () => {
  it('is none where nothing bears on the trouble', async () => {
    expect(await explained([ONSET])).toEqual({});
  });

  it.each(['none', 'undetermined'] as const)(
    'is a port translation on the way and an empty kernel pool nobody logged, where the verdict is %s',
    async (mechanism) => {
      expect(await explained([], { 'netstat.txt': TABLE }, mechanism)).toEqual({
        'other.snat': { sourceCount: 0 },
        'other.kernel-pool-unseen': { logged: true, sourceCount: 0 },
        ...(mechanism === 'none' ? { 'other.between-tables': { sourceCount: 0 } } : {}),
      });
    },
  );

  it('is an empty kernel pool, which answers with the same error 10055', async () => {
    const empty = (time: string, id: number): LogLine => ({ time, id, provider: 'Srv' });
    const found = await explained([ONSET, empty('09:10:00', 2019), empty('09:11:00', 2020), empty('09:11:01', 2020)]);
    expect(found).toEqual({ 'other.kernel-pool': { count: 3, sourceCount: 3 } });
  });

  it('is what Server 2008 writes for a port in state Closing, beside a 4227 and not beside a 4231', async () => {
    expect(Object.keys(await explained([started('6.00.'), ONSET]))).toEqual([
      'other.closing-defect',
      'other.blind-tools',
    ]);
    expect(Object.keys(await explained([started('6.00.'), EXHAUSTED]))).toEqual(['other.blind-tools']);
    expect(Object.keys(await explained([started('6.01.'), ONSET]))).toEqual(['other.blind-tools']);
  });

  it('says how many ports a table of Server 2008 shows in state Closing', async () => {
    const table = netstat('09:14:40', [...LISTENERS, ...connections('CLOSING', 50_000, 12)]);
    const found = await explained([started('6.00.'), ONSET], { 'netstat.txt': table });
    expect(found['other.closing-defect']).toEqual({ ports: 12, sourceCount: 1 });
    const none = await explained([started('6.00.'), ONSET]);
    expect(none['other.closing-defect']).toEqual({ ports: 0, sourceCount: 1 });
  });

  it.each([
    ['6.00.', '6.0'],
    ['6.01.', '6.1'],
    ['6.02.', '6.2'],
    ['6.03.', '6.3'],
    ['6.03', '6.3'],
    ['10.00.', null],
    ['5.02.', null],
    ['Windows', null],
  ])('is a table that shows too few ports, on Windows “%s”: %s', async (version, name) => {
    const found = await explained([started(version), EXHAUSTED]);
    expect(found).toEqual(name === null ? {} : { 'other.blind-tools': { version: name, sourceCount: 1 } });
  });

  it('goes by the latest start, and by no table where there is none', async () => {
    const later = { ...started('10.00.'), time: '02:00:00' };
    expect(await explained([started('6.03.'), later, EXHAUSTED])).toEqual({});
    expect(await explained([started('6.03.'), EXHAUSTED], {})).toEqual({});
  });

  it('is the ports excluded from the range, and not those excluded elsewhere', async () => {
    const excluded = (first: number, last: number) => ({
      'netstat.txt': TABLE,
      'excluded.txt': netshExclusions([first, last]),
    });
    expect(await explained([ONSET], excluded(50_100, 50_199))).toMatchObject({ 'other.exclusions': { ports: 100 } });
    expect(await explained([ONSET], excluded(5985, 5985))).toEqual({});
  });

  it('is a change within the hour before the first failure', async () => {
    const told = { 'other.changes': { count: 1, named: [], sourceCount: 1 } };
    expect(await explained([change('08:14:38'), ONSET])).toEqual(told);
    expect(await explained([change('08:14:37'), ONSET])).toEqual({});
    expect(await explained([change('09:14:38'), ONSET])).toEqual(told);
    expect(await explained([ONSET, change('09:14:39')])).toEqual({});
  });

  it('is an event that only looks like a sign, and a symptom of a start', async () => {
    const lookAlike: LogLine = { time: '09:00:00', id: 4227, provider: 'Contoso.Agent' };
    expect(await explained([lookAlike])).toEqual({ 'other.look-alikes': { count: 1, sourceCount: 1 } });
    const race: LogLine = { time: '01:05:00', id: 5719, provider: 'NETLOGON' };
    expect(await explained([started('10.00.'), race])).toEqual({ 'other.boot-race': { count: 1, sourceCount: 1 } });
  });
});
