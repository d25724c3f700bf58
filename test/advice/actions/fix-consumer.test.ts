import { describe, expect, it } from 'vitest';
import { clientKind } from '../../../src/advice/actions/client-kind.js';
import type { ConsumerIdentity } from '../../../src/measure/owners/consumer-index.js';
import type { Action } from '../../../src/model/report-advice.js';
import type { HostReport } from '../../../src/model/report.js';
import {
  bound,
  connections,
  hostOf,
  LISTENERS,
  netshRange,
  netstat,
  systemLog,
  TASKS,
  tasklist,
  tcpCsv,
} from '../../support/capture.js';
import { churn, leak } from '../a-capture.js';

const first = ({ recommendation }: HostReport): Action | undefined => recommendation.actions[0];

describe('the remedy for the program', () => {
  it('takes a change of it and its restart, and none of the host', async () => {
    for (const files of [churn(), leak()]) {
      const { when, restartRequired } = first(await hostOf(files)) ?? {};
      expect([when, restartRequired]).toEqual(['now', 'program']);
    }
  });

  it('for churn says how much is opened, guesses no cause, and when it has worked', async () => {
    const { why, workedWhen } = first(await hostOf(churn(), { timeWaitSeconds: 120 })) ?? {};
    expect(why?.text).toBe(
      'New connections to 10.20.7.31:1433, at least 136 a second, each closed by this host, fill the pool. If this is ADO.NET, check Pooling=true, one unchanged connection string, and that connections are disposed; other clients have a pool setting of their own.',
    );
    expect(workedWhen?.text).toBe(
      'The next time this host is as busy, the count for 10.20.7.31:1433 stays below a few hundred; it was 16,344. A count taken while the load is low shows nothing.',
    );
  });

  it('for a leak keeps evidence before the process is ended, names its PID, and counts what it holds afterwards', async () => {
    const { title, why, verify } = first(await hostOf(leak())) ?? {};
    expect(title?.text).toBe('Restart FabrikamAgent.exe (PID 3120)');
    expect(why?.params).toEqual({ mechanism: 'bound-leak', pids: ['3120'], kernel: false });
    expect(why?.text).toContain('First see that the PID still is this program (tasklist /fi "PID eq 3120")');
    expect(why?.text).toContain('a full dump (procdump -ma 3120) and this page. tasklist /svc /fi "PID eq 3120"');
    expect(verify).toEqual([
      'Get-NetTCPConnection -State Bound | Group-Object OwningProcess -NoElement | Sort-Object Count -Descending',
    ]);
  });

  it('for a leak parts the restart, which takes minutes, from the change, which takes weeks and comes last', async () => {
    const steps = async (image: string) => {
      const host = await hostOf({ ...leak(), 'tasklist.csv': tasklist({ 3120: image }) });
      return host.recommendation.actions.map(({ id, title, planned, duration }) => [
        id,
        title.text,
        planned,
        duration.params['kind'],
      ]);
    };
    const named = 'FabrikamAgent.exe (PID 3120)';
    const emergency = ['widen-in-emergency', 'Widen the range to gain time', false, 'commands'];
    expect(await steps('FabrikamAgent.exe')).toEqual([
      ['stop-the-leak', `Restart ${named}`, false, 'process'],
      emergency,
      ['mend-the-leak', `Have ${named} mended`, true, 'program'],
    ]);
    expect(await steps('svchost.exe')).toEqual([
      ['stop-the-leak', 'Restart svchost.exe (PID 3120)', false, 'look'],
      emergency,
      ['mend-the-leak', 'Have svchost.exe (PID 3120) mended', true, 'program'],
    ]);
    // There the search for what makes it do so is part of the step.
    expect((await steps('lsass.exe')).map(([id]) => id)).toEqual(['stop-the-leak', 'widen-in-emergency']);
  });

  it('says beside every dump what it needs, what it stops and what it holds, and nowhere else', async () => {
    const DUMP = 'action.stop-the-leak.risk-dump';
    const { risks } = first(await hostOf(leak())) ?? {};
    const [dump] = (risks ?? []).filter(({ id }) => id === DUMP).map(({ text }) => text);
    expect(dump).toContain('a download from Sysinternals and no part of Windows');
    expect(dump).toContain('suspends the process while it is written, the longer the more memory it has');
    expect(dump).toContain('holds all that was in memory, passwords and keys among it');
    for (const image of ['lsass.exe', 'sqlservr.exe', 'svchost.exe']) {
      const other = first(await hostOf({ ...leak(), 'tasklist.csv': tasklist({ 3120: image }) }));
      expect(other?.risks.map(({ id }) => id)).not.toContain(DUMP);
    }
  });

  it('for a leak of the kernel is a restart of the host, for PID 4 can be neither ended nor dumped alone', async () => {
    const files = { ...leak(), 'tcp.csv': tcpCsv('09:14:40', [...LISTENERS, ...bound(49_152, 16_384, 4)]) };
    const { title, why } = first(await hostOf(files)) ?? {};
    expect(title?.params['kernel']).toBe(true);
    expect(why?.text).not.toContain('procdump');
  });

  it('for UDP ports that nobody is known to hold is to find the holder', async () => {
    const host = await hostOf({
      'netstat.txt': netstat('09:10:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]),
      'System.xml': systemLog([{ time: '09:14:38', id: 4266 }]),
      'netsh.txt': netshRange(),
      'tasklist.csv': TASKS,
    });
    expect(host.verdict.mechanism).toBe('udp-exhaustion');
    const { id, apply, why, rollback } = first(host) ?? {};
    expect([id, apply, rollback]).toEqual([
      'find-udp-holder',
      {
        cmd: [],
        powershell: ['Get-NetUDPEndpoint | Group-Object OwningProcess -NoElement | Sort-Object Count -Descending'],
        reg: null,
      },
      [],
    ]);
    expect(why?.text).toContain('A DNS server holds 2,500 UDP ports by default');
  });

  it('for a pinned port looks for changing local ports and new events, and says what refuses another port', async () => {
    const pair = (time: string, state: string): string =>
      netstat(time, [
        ...LISTENERS,
        ...connections('ESTABLISHED', 50_000, 20),
        ...connections(state, 2101, 1, { remote: '10.50.9.21:102' }),
      ]);
    const times = ['09:10:00', '09:12:00', '09:14:00', '09:16:00', '09:18:00', '09:20:00'];
    const host = await hostOf({
      'netstat.txt': times.map((time, at) => pair(time, at % 2 === 0 ? 'ESTABLISHED' : 'TIME_WAIT')).join(''),
      'System.xml': systemLog([{ time: '09:14:02', id: 4227 }]),
      'netsh.txt': netshRange(),
      'tasklist.csv': TASKS,
    });
    expect(host.verdict.mechanism).toBe('endpoint-collision');
    const { verify, workedWhen } = first(host) ?? {};
    expect(verify?.join()).toMatch(
      /^Get-WinEvent -FilterHashtable @\{LogName='System'; ProviderName='Tcpip'; Id=4227; StartTime=/,
    );
    expect(workedWhen?.text).toContain('no new 4227 through hours of ordinary work');
  });

  it('names an endpoint only where at least half of the ports of those at fault went to it', async () => {
    const towards = (remotes: readonly string[]): string =>
      netstat('09:14:40', [
        ...LISTENERS,
        ...remotes.flatMap((remote, at) => connections('ESTABLISHED', 49_152 + at * 10, 10, { remote })),
        ...remotes.flatMap((remote, at) => connections('TIME_WAIT', 49_200 + at * 5445, 5445, { remote })),
      ]);
    const web = ['198.51.100.10:443', '198.51.100.11:443', '198.51.100.12:443'];
    const spread = first(await hostOf({ ...churn(), 'netstat.txt': towards(web) }));
    expect(spread?.why.params).toMatchObject({ destination: null, kind: 'http' });
    const one = first(await hostOf({ ...churn(), 'netstat.txt': towards([...web.slice(0, 1), ...web.slice(0, 2)]) }));
    expect(one?.why.params).toMatchObject({ destination: '198.51.100.10:443', kind: 'http' });
  });

  it('for a range too small speaks of the range first, and of what met it then', async () => {
    const { verdict, recommendation } = await hostOf(churn(50_000, 1000));
    expect(verdict.mechanism).toBe('undersized-range');
    expect(recommendation.actions.map(({ id }) => id).slice(0, 2)).toEqual([
      'restore-dynamic-port-range',
      'reuse-connections',
    ]);
  });
});

describe('the kind of client', () => {
  const program = (process: string): ConsumerIdentity => ({
    id: 0,
    process,
    services: [],
    users: new Set(),
    pids: new Set(),
    mainPid: null,
    commandLine: null,
    startedMs: null,
    known: null,
  });

  it('is that of the port, unless all programs at fault are parts of Windows or browsers', () => {
    const own = program('Contoso.Sync.exe');
    expect([443, 1433, 9100, null].map((port) => clientKind([own], port))).toEqual(['http', 'sql', 'other', 'other']);
    expect(clientKind([], 443)).toBe('http');
    expect(clientKind([program('svchost.exe')], 443)).toBe('windows');
    expect(clientKind([program('System')], 445)).toBe('windows');
    expect(clientKind([program('CHROME.EXE'), program('msedge.exe')], 443)).toBe('browser');
    expect(clientKind([program('svchost.exe'), own], 443)).toBe('http');
  });

  it('is the kernel’s own client towards the ports that it has one for, else a driver', () => {
    const kernel: ConsumerIdentity = { ...program('System'), pids: new Set([4]) };
    expect([139, 445, 1723, 2049, 3260].map((port) => clientKind([kernel], port))).toEqual(
      Array(5).fill('kernel-client'),
    );
    expect([443, null].map((port) => clientKind([kernel], port))).toEqual(['driver', 'driver']);
    expect(clientKind([kernel, program('svchost.exe')], 443)).toBe('windows');
  });
});

describe('the remedy for a leak of a process that Windows cannot lose', () => {
  const leakOf = (image: string, more: Readonly<Record<string, string>> = {}) =>
    hostOf({ ...leak(), 'tasklist.csv': tasklist({ 3120: image }), ...more });

  it('is a restart of the host and the search for the caller, and never its end or a dump of it', async () => {
    const host = await leakOf('lsass.exe');
    const { title, why, when, planned, restartRequired, risks } = first(host) ?? {};
    expect(title?.text).toBe('Restart the host, and find what makes lsass.exe (PID 3120) hold the ports');
    expect([when, planned, restartRequired]).toEqual(['next-restart', true, 'yes']);
    expect(why?.text).toContain('never end, restart or dump it');
    expect(why?.text).toContain('tasklist /m /fi "PID eq 3120"');
    expect(risks?.map(({ id }) => id)).toContain('action.risk.essential');
    expect(JSON.stringify(host.recommendation.actions)).not.toContain('procdump');
  });

  it('asks for no restart of it where it churns, and does not stop it from trying what nobody answers', async () => {
    const files = { ...churn(), 'tasklist.csv': tasklist({ 4312: 'lsass.exe', 5000: 'w3wp.exe' }) };
    const reuse = first(await hostOf(files));
    expect([reuse?.id, reuse?.restartRequired]).toEqual(['reuse-connections', 'no']);
    expect(reuse?.risks.map(({ id }) => id)).toContain('action.risk.essential');
    const trying = connections('SYN_SENT', 49_152, 16_384, { remote: '10.20.0.10:389' });
    const answer = first(await hostOf({ ...files, 'netstat.txt': netstat('09:14:40', [...LISTENERS, ...trying]) }));
    expect(answer?.title.text).toBe('Find out why 10.20.0.10:389 does not answer');
    expect(answer?.restartRequired).toBe('no');
  });

  it('is planned work where others depend on it, and no dump that nobody asked for', async () => {
    const { title, when, planned, restartRequired } = first(await leakOf('sqlservr.exe')) ?? {};
    expect(title?.text).toBe('Fail sqlservr.exe (PID 3120) over or restart it as planned work');
    expect([when, planned, restartRequired]).toEqual(['now', true, 'program']);
    expect(JSON.stringify((await leakOf('sqlservr.exe')).recommendation.actions)).not.toContain('procdump');
  });

  it('begins with what it is where no list names it, or where its services are not known', async () => {
    const unnamed = first(await leakOf('other.exe', { 'tasklist.csv': tasklist({ 5000: 'w3wp.exe' }) }));
    for (const action of [unnamed, first(await leakOf('svchost.exe'))]) {
      expect(action?.why.text).toContain('Find out first what it is (tasklist /svc /fi "PID eq 3120")');
      expect(action?.why.text).not.toContain('procdump');
    }
  });
});
