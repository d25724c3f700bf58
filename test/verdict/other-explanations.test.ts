import { describe, expect, it } from 'vitest';
import { otherExplanations } from '../../src/verdict/other-explanations.js';
import type { VerdictMechanism } from '../../src/model/report-judgement.js';
import {
  connections,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  systemLog,
  tasklist,
  type LogLine,
} from '../support/capture.js';
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
    expect(await explained([lookAlike])).toEqual({
      'other.foreign-events': { count: 1, ids: ['4227'], providers: ['Contoso.Agent'], sourceCount: 1 },
    });
    const race: LogLine = { time: '01:05:00', id: 5719, provider: 'NETLOGON' };
    expect(await explained([started('10.00.'), race])).toEqual({
      'other.start-events': { count: 1, ids: ['5719'], sourceCount: 1 },
    });
  });

  it('is a range that was changed between two listings, and not one that was listed twice', async () => {
    const files = (start: number) => ({
      'netstat.txt': TABLE,
      'netsh-1.txt': netshRange(49_152, 16_384),
      'netsh-2.txt': netshRange(start, 65_536 - start),
    });
    expect(await explained([ONSET], files(49_152))).toEqual({});
    expect(await explained([ONSET], files(10_000))).toEqual({
      'other.range-changed': {
        transport: 'tcp',
        pool: 'dynamic',
        first: '49152–65535',
        other: '10000–65535',
        sourceCount: 2,
      },
    });
  });

  it('is a range that netsh and Get-NetTCPSetting show in two ways', async () => {
    const files = (start: number) => ({
      'netstat.txt': TABLE,
      'netsh.txt': netshRange(49_152, 16_384),
      'setting.csv': `"SettingName","DynamicPortRangeStartPort","DynamicPortRangeNumberOfPorts"\r\n"Internet","${String(start)}","16384"\r\n`,
    });
    expect(await explained([ONSET], files(49_152))).toEqual({});
    expect(await explained([ONSET], files(20_000))).toEqual({
      'other.range-disputed': { transport: 'tcp', first: '49152–65535', other: '20000–36383', sourceCount: 2 },
    });
  });

  it('is a range of RPC servers of their own', async () => {
    const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Rpc\\Internet';
    const query = (name: string) => `\r\n${key}\r\n    ${name}    REG_MULTI_SZ    5000-5100\r\n\r\n`;
    const told = await explained([ONSET], { 'netstat.txt': TABLE, 'rpc.txt': query('Ports') });
    expect(told).toEqual({ 'other.rpc-ports': { sourceCount: 1 } });
    expect(await explained([ONSET], { 'netstat.txt': TABLE, 'rpc.txt': query('Other') })).toEqual({});
  });

  it.each([
    ['dockerd.exe', 20, ['other.compartment']],
    ['notepad.exe', 20, []],
    ['dockerd.exe', 14_000, []],
  ])('is the compartment of a container where %s runs and %d ports are in use', async (image, ports, expected) => {
    const files = {
      'netstat.txt': netstat('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', 50_000, ports)]),
      'tasklist.csv': tasklist({ 4312: image }),
    };
    const named = Object.keys(await explained([EXHAUSTED], files, 'undetermined'));
    expect(named.filter((id) => id === 'other.compartment')).toEqual(expected);
    expect(Object.keys(await explained([], files, 'none'))).not.toContain('other.compartment');
  });
});
