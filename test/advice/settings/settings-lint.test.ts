import { describe, expect, it } from 'vitest';
import type { SettingFinding } from '../../../src/model/report-advice.js';
import { SETTING_FINDINGS } from '../../../src/model/report-advice.js';
import { connections, hostOf, LISTENERS, netshRange, netstat, regQuery, systemLog } from '../../support/capture.js';

const TABLE = netstat('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]);

interface Row {
  readonly what: string;
  readonly file: string;
  readonly finding: SettingFinding;
  readonly message: string;
  readonly text: RegExp;
}

const value = (name: string, number: number, below?: string): string => regQuery({ [name]: number }, below);
const text = (name: string, type: string, data: string): string =>
  `${regQuery({})}    ${name}    ${type}    ${data}\r\n`;

const ROWS: readonly Row[] = [
  [
    'MaxUserPort at its lowest legal value, and ports that are not its own',
    value('MaxUserPort', 5000),
    'no-effect',
    'lint.max-user-port-contradicted',
    /not those of 1025–5000.*reg delete/,
  ],
  ['MaxUserPort at its highest', value('MaxUserPort', 65_534), 'unverified', 'lint.max-user-port', /1025–65534/],
  ['MaxUserPort below it', value('MaxUserPort', 4999), 'out-of-range', 'lint.out-of-range', /4999.*5000 to 65534/],
  ['MaxUserPort 0xFFFF', value('MaxUserPort', 0xffff), 'out-of-range', 'lint.out-of-range', /65535.*5000 to 65534/],
  ['MaxUserPort 0x65534', value('MaxUserPort', 0x6_5534), 'wrong-base', 'lint.wrong-base', /65,534/],
  ['MaxUserPort 0xFFFFFFFF', value('MaxUserPort', 0xffff_ffff), 'corrupt', 'lint.corrupt', /0xFFFFFFFF/],
  [
    'a delay of 60 s',
    value('TcpTimedWaitDelay', 60),
    'unverified',
    'lint.delay-unproven',
    /60 s is configured; whether/,
  ],
  [
    'a delay of 30 s',
    value('TcpTimedWaitDelay', 30),
    'unverified',
    'lint.delay-unproven',
    /set\)\. Back.*reg delete.*restart/,
  ],
  ['a delay of 29 s', value('TcpTimedWaitDelay', 29), 'unverified', 'lint.delay-unproven', /2012 R2/],
  ['the shortest legal delay', value('TcpTimedWaitDelay', 2), 'unverified', 'lint.delay-unproven', /2012 R2/],
  ['a delay of 1 s', value('TcpTimedWaitDelay', 1), 'out-of-range', 'lint.out-of-range', /2 to 300/],
  ['the longest legal delay', value('TcpTimedWaitDelay', 300), 'unverified', 'lint.delay-unproven', /300 s/],
  ['a delay of 301 s', value('TcpTimedWaitDelay', 301), 'out-of-range', 'lint.out-of-range', /301.*2 to 300/],
  ['a delay written as dword:00000030', value('TcpTimedWaitDelay', 0x30), 'wrong-base', 'lint.wrong-base', /48.*30/],
  ['a delay written as dword:00000240', value('TcpTimedWaitDelay', 0x240), 'wrong-base', 'lint.wrong-base', /240 was/],
  ['a delay written as dword:00000300', value('TcpTimedWaitDelay', 0x300), 'wrong-base', 'lint.wrong-base', /300 was/],
  [
    'the default of 120 s, which is 0x78',
    value('TcpTimedWaitDelay', 120),
    'unverified',
    'lint.delay-unproven',
    /120 s/,
  ],
  ['MaxUserPort 0x5000', value('MaxUserPort', 0x5000), 'wrong-base', 'lint.wrong-base', /5,000 was/],
  ['MaxUserPort 0x60000', value('MaxUserPort', 0x6_0000), 'wrong-base', 'lint.wrong-base', /60,000 was/],
  [
    'MaxUserPort 32768, and ports above it',
    value('MaxUserPort', 32_768),
    'no-effect',
    'lint.max-user-port-contradicted',
    /1025–32768/,
  ],
  ['TcpNumConnections 0xFFFFFFFF', value('TcpNumConnections', 0xffff_ffff), 'corrupt', 'lint.corrupt', /reg delete/],
  ['a delay of 0xFFFFFFFF', value('TcpTimedWaitDelay', 0xffff_ffff), 'corrupt', 'lint.corrupt', /0xFFFFFFFF/],
  ['a delay that is a string', text('TcpTimedWaitDelay', 'REG_SZ', '30'), 'wrong-base', 'lint.wrong-type', /REG_DWORD/],
  ['MaxUserPorts', value('MaxUserPorts', 65_534), 'misspelt', 'lint.misspelt', /MaxUserPort was meant/],
  ['TcpTimeWaitDelay', value('TcpTimeWaitDelay', 30), 'misspelt', 'lint.misspelt', /TcpTimedWaitDelay was meant/],
  [
    'a delay under an interface',
    value('TcpTimedWaitDelay', 30, '\\Interfaces\\{0b1c2d3e-0000-4000-8000-0123456789ab}'),
    'wrong-key',
    'lint.wrong-key',
    /Interfaces/,
  ],
  [
    'TcpNumConnections at its default',
    value('TcpNumConnections', 0xff_fffe),
    'no-effect',
    'lint.tcp-num-connections',
    /is the default/,
  ],
  [
    'TcpNumConnections at something else',
    value('TcpNumConnections', 500),
    'no-effect',
    'lint.tcp-num-connections',
    /limits nothing/,
  ],
  [
    'StrictTimeWaitSeqCheck',
    value('StrictTimeWaitSeqCheck', 1),
    'no-effect',
    'lint.strict-time-wait',
    /no Microsoft source/,
  ],
  ['the default range', netshRange(), 'ok', 'lint.range', /49152–65535/],
  ['one port less than the default', netshRange(49_153, 16_383), 'ok', 'lint.small-range', /16,383/],
  ['Exchange’s range', netshRange(6005, 59_530), 'ok', 'lint.range', /6005–65534/],
  ['the smallest range', netshRange(50_000, 255), 'ok', 'lint.small-range', /255/],
  ['the smallest range that netsh takes', netshRange(50_000, 255), 'ok', 'lint.small-range', /255/],
  ['Microsoft’s sample num=1000', netshRange(10_000, 1000), 'ok', 'lint.sample-range', /93.9 %/],
].map(([what, file, finding, message, pattern]) => ({ what, file, finding, message, text: pattern }) as Row);

describe('the settings that were captured', () => {
  it.each(ROWS)('$what is $finding', async ({ file, finding, message, text: pattern }) => {
    const { settings } = await hostOf({ 'netstat.txt': TABLE, 'settings.txt': file });
    expect(settings.map((setting) => [setting.finding, setting.message.id])).toEqual([[finding, message]]);
    expect(settings[0]?.message.text).toMatch(pattern);
    expect(settings[0]?.sources.map((source) => source.file)).toEqual(['settings.txt']);
    expect(settings[0]?.sources[0]?.line).toBeGreaterThan(0);
  });

  it('are not contradicted by two ports: a MaxUserPort of 5000 stays to be verified', async () => {
    const table = netstat('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 2)]);
    const host = await hostOf({ 'netstat.txt': table, 'reg.txt': value('MaxUserPort', 5000) });
    expect(host.settings.map(({ finding, message }) => [finding, message.id])).toEqual([
      ['unverified', 'lint.max-user-port'],
    ]);
    expect(host.recommendation.maxUserPort.reason.id).toBe('advice.max-user-port.unverified');
  });

  it('stand for nothing where the ports contradict them', async () => {
    const host = await hostOf({ 'netstat.txt': TABLE, 'reg.txt': value('MaxUserPort', 5000) });
    const { standsFor, reason } = host.recommendation.maxUserPort;
    expect([standsFor, reason.id]).toEqual([null, 'advice.max-user-port.contradicted']);
  });

  it('have a case here for every finding', () => {
    // A leftover is one only beside a captured range.
    expect([...new Set(ROWS.map(({ finding }) => finding)), 'leftover'].sort()).toEqual([...SETTING_FINDINGS].sort());
  });

  it('are silent about values that have nothing to do with ports', async () => {
    const settings = regQuery({ EnableWsd: 1, KeepAliveTime: 300_000, DisableTaskOffload: 0 });
    expect((await hostOf({ 'netstat.txt': TABLE, 'reg.txt': settings })).settings).toEqual([]);
  });
});

describe('a MaxUserPort beside a range that was captured', () => {
  const finding = async (range: string): Promise<unknown> => {
    const files = { 'netstat.txt': TABLE, 'netsh.txt': range, 'reg.txt': value('MaxUserPort', 60_000) };
    const { settings, recommendation } = await hostOf(files);
    const [found] = settings.filter(({ name }) => name === 'MaxUserPort');
    const { change, standsFor, reason } = recommendation.maxUserPort;
    return [found?.finding, found?.message.id, change, standsFor?.start ?? null, reason.id];
  };

  it('is in effect where netsh shows what it stands for, from 1024 or 1025', async () => {
    const agrees = ['ok', 'lint.max-user-port-agrees', false, 1025, 'advice.max-user-port.keep'];
    expect(await finding(netshRange(1024, 58_977))).toEqual(agrees);
    expect(await finding(netshRange(1025, 58_976))).toEqual(agrees);
  });

  it('is a leftover that stands for nothing where netsh shows another range, and the way to remove it is there', async () => {
    const other = ['leftover', 'lint.max-user-port-overruled', false, null, 'advice.max-user-port.overruled'];
    expect(await finding(netshRange(1026, 58_975))).toEqual(other);
    expect(await finding(netshRange(1025, 58_977))).toEqual(other);
    expect(await finding(netshRange())).toEqual(other);
    const files = { 'netstat.txt': TABLE, 'netsh.txt': netshRange(), 'reg.txt': value('MaxUserPort', 60_000) };
    const { reason } = (await hostOf(files)).recommendation.maxUserPort;
    expect(reason.text).toContain('MaxUserPort=60000 is set, but netsh shows 49152–65535: it is not in effect.');
    expect(reason.text).toMatch(/reg delete "[^"]*Parameters" \/v MaxUserPort \/f/);
  });
});

describe('a delay that is configured and not yet in force', () => {
  const waiting = (from: number): string[] =>
    ['09:14:40', '09:15:40', '09:16:40'].map((time) =>
      netstat(time, [...LISTENERS, ...connections('TIME_WAIT', from, 60)]),
    );

  it('is a finding of its own: the host has not been restarted since', async () => {
    const host = await hostOf({ 'netstat.txt': waiting(50_000).join(''), 'reg.txt': value('TcpTimedWaitDelay', 30) });
    expect(host.timeWait).toMatchObject({ configuredSeconds: 30, pendingRestart: true });
    expect(host.settings).toMatchObject([
      { name: 'TcpTimedWaitDelay', value: 30, finding: 'no-effect', message: { id: 'lint.pending-restart' } },
    ]);
  });

  it('is not known to be in force while the sockets neither contradict nor show it', async () => {
    const host = await hostOf({ 'netstat.txt': waiting(50_000).join(''), 'reg.txt': value('TcpTimedWaitDelay', 120) });
    expect(host.timeWait.pendingRestart).toBe(false);
    expect(host.settings).toMatchObject([{ finding: 'unverified', message: { id: 'lint.delay-unproven' } }]);
  });

  it('is in force where the sockets are seen to live that long', async () => {
    const times = ['09:14:00', '09:14:10', '09:14:20', '09:14:30', '09:14:40', '09:14:50'];
    const tables = times.map((time, at) =>
      netstat(time, [...LISTENERS, ...connections('TIME_WAIT', 50_000 + at * 100, 400)]),
    );
    const host = await hostOf({ 'netstat.txt': tables.join(''), 'reg.txt': value('TcpTimedWaitDelay', 40) });
    expect(host.settings).toMatchObject([{ finding: 'ok', message: { id: 'lint.delay' } }]);
  });
});

describe('a delay of 2 to 29 s', () => {
  const finding = async (version: string, seconds: number): Promise<unknown> => {
    const log = systemLog([{ time: '08:00:00', id: 6009, provider: 'EventLog', data: [version] }]);
    const files = { 'netstat.txt': TABLE, 'System.xml': log, 'reg.txt': value('TcpTimedWaitDelay', seconds) };
    return (await hostOf(files)).settings[0]?.finding;
  };

  it('is legal since Windows Server 2012 R2 only', async () => {
    expect(await finding('6.02.', 29)).toBe('out-of-range');
    expect(await finding('6.02.', 30)).toBe('unverified');
    expect(await finding('6.03.', 29)).toBe('unverified');
    expect(await finding('10.00.', 5)).toBe('unverified');
  });
});

describe('a MaxUserPort that is no legal value', () => {
  it('is to be removed, never left', async () => {
    const { recommendation } = await hostOf({ 'netstat.txt': TABLE, 'reg.txt': value('MaxUserPort', 415_028) });
    expect(recommendation.maxUserPort).toMatchObject({ change: true, applied: 'remove-leftover', standsFor: null });
    expect(recommendation.maxUserPort.reason.id).toBe('advice.max-user-port.illegal');
    expect(recommendation.actions.map(({ id }) => id)).toEqual(['remove-max-user-port']);
    const legal = await hostOf({ 'netstat.txt': TABLE, 'reg.txt': value('MaxUserPort', 65_535) });
    expect(legal.recommendation.maxUserPort.change).toBe(false);
  });
});
