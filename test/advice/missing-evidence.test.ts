import { describe, expect, it } from 'vitest';
import { CATCH_OPENER, TRACE_OF_SOCKETS } from '../../src/advice/catch-opener.js';
import { missingEvidence } from '../../src/advice/missing-evidence.js';
import { phrase } from '../../src/messages/phrase.js';
import type { HostFacts } from '../../src/measure/facts.js';
import type { MissingEvidence } from '../../src/model/report.js';
import {
  connections,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  regQuery,
  systemLog,
  tasklist,
  TASKS,
  tcpCsv,
  udp,
} from '../support/capture.js';
import { factsOf } from '../support/host-facts.js';

const LIVE = connections('ESTABLISHED', 50_000, 20);
const ROWS = [...LISTENERS, ...LIVE, ...udp(51_000, 5)];
const TIMES = ['09:10:00', '09:10:30', '09:11:00'] as const;
const series = (times: readonly string[], rows = ROWS): string => times.map((time) => netstat(time, rows)).join('\r\n');

/** Everything that this program knows what to do with. */
const ALL = {
  'netstat.txt': series(TIMES.slice(0, 2)),
  'tcp.csv': tcpCsv(TIMES[2], [...LISTENERS, ...LIVE]),
  'System.xml': systemLog([]),
  'netsh.txt': netshRange(),
  'excluded.txt': netshExclusions([5985, 5985]),
  'tasklist.csv': TASKS,
  'reg.txt': regQuery({}),
};

async function facts(changed: Readonly<Record<string, string | null>> = {}): Promise<HostFacts> {
  const all: Readonly<Record<string, string | null>> = { ...ALL, ...changed };
  const files = Object.entries(all).flatMap(([name, text]) => (text === null ? [] : [[name, text]]));
  return factsOf(Object.fromEntries(files) as Record<string, string>);
}

const lacking = (missing: readonly MissingEvidence[]): string[] => missing.map(({ what }) => what.id);

async function lacks(
  changed: Readonly<Record<string, string | null>>,
  mechanism: 'none' | 'undetermined' = 'none',
): Promise<string[]> {
  return lacking(missingEvidence(await facts(changed), mechanism));
}

describe('the missing evidence', () => {
  it('is nothing where everything was collected', async () => {
    expect(await lacks({})).toEqual([]);
  });

  it('is a reason and at least one command for each thing, from the most decisive on', async () => {
    const missing = missingEvidence(
      await factsOf({ 'System.xml': systemLog([{ time: '09:14:38', id: 4227 }]) }),
      'undetermined',
    );
    expect(lacking(missing)).toEqual([
      'lacking.tables',
      'lacking.udp',
      'lacking.range',
      'lacking.exclusions',
      'lacking.registry',
    ]);
    for (const { what, why, collectWith } of missing) {
      expect(why.id).toBe(`${what.id}.why`);
      expect(collectWith.length).toBeGreaterThan(0);
    }
    expect(
      missing
        .slice(0, 1)
        .map(({ why }) => phrase(why, 'en'))
        .join(''),
    ).toMatch(/^Without a port table nothing shows who holds the ports\./);
  });

  it('tells what is gone afterwards from what can wait, and asks for the first of it first', async () => {
    const missing = missingEvidence(await facts({ 'tcp.csv': null, 'tasklist.csv': null, 'System.xml': null }), 'none');
    expect(missing.map(({ what, when }) => [what.id, when])).toEqual([
      ['lacking.bound', 'while-it-happens'],
      ['lacking.series', 'while-it-happens'],
      ['lacking.processes', 'while-it-happens'],
      ['lacking.log', 'any-time'],
    ]);
  });

  it('keeps what only PowerShell runs apart, and says from which Windows netstat -q is there', async () => {
    const missing = missingEvidence(
      await factsOf({ 'System.xml': systemLog([{ time: '09:14:38', id: 4227 }]) }),
      'undetermined',
    );
    for (const { collectWith, powershellOnly, why } of missing) {
      expect(powershellOnly).toEqual(collectWith.filter((command) => /Get-\w|\$t\b/.test(command)));
      const rest = collectWith.filter((command) => !powershellOnly.includes(command)).join('\n');
      // %date% is Command Prompt's own.
      if (rest.includes('%date%')) expect(rest).toMatch(/^cmd \/c "[^"]*"$/);
      if (rest.includes('-anoq')) expect(phrase(why, 'en')).toContain('Windows 10 or Server 2016');
    }
    const [range] = missing.filter(({ what }) => what.id === 'lacking.range');
    expect(range?.collectWith).toEqual([
      'netsh int ipv4 show dynamicport tcp',
      'netsh int ipv6 show dynamicport tcp',
      'netsh int ipv4 show dynamicport udp',
      'netsh int ipv6 show dynamicport udp',
    ]);
  });

  it('has a loop in every box over which "every 30 s" stands, and the words of its end', async () => {
    const filtered = { 'netstat.txt': null, 'tcp.csv': tcpCsv('09:10:00', connections('TIME_WAIT', 50_000, 20)) };
    const none = { 'netstat.txt': null, 'tcp.csv': null };
    const changes = [filtered, none, { 'netstat.txt': series([TIMES[0]]) }];
    const missing = await Promise.all(changes.map(async (changed) => missingEvidence(await facts(changed), 'none')));
    const repeated = missing.flat().filter(({ what }) => phrase(what, 'en').includes('every 30 s'));
    expect(repeated.map(({ what }) => what.id)).toEqual(['lacking.all-states', 'lacking.tables', 'lacking.series']);
    for (const { why, collectWith } of repeated) {
      expect(phrase(why, 'en')).toContain('ends after two hours');
      for (const command of collectWith) expect(command).toMatch(/1\.\.240.*Start-Sleep 30|\(1,1,240\).*ping -n 31 /);
    }
  });

  it('is a table of all states where every table was filtered, and not where one was not', async () => {
    const filtered = tcpCsv('09:10:00', connections('TIME_WAIT', 50_000, 20));
    const only = { 'netstat.txt': null, 'tcp.csv': filtered };
    // Its loop gives the series as well.
    expect(await lacks(only)).toEqual(['lacking.all-states', 'lacking.udp']);
    expect(await lacks({ 'filtered.csv': filtered })).toEqual([]);
  });

  it('is a table of Bound ports where no table could show them', async () => {
    expect(await lacks({ 'tcp.csv': null, 'netstat.txt': series(TIMES) })).toEqual(['lacking.bound']);
  });

  it('is a series of three dated tables, or a longer one where they were not enough', async () => {
    expect(await lacks({ 'netstat.txt': series([TIMES[0]]) })).toEqual(['lacking.series']);
    expect(await lacks({}, 'undetermined')).toEqual(['lacking.series']);
  });

  it('is a System log, or one that covers the tables', async () => {
    expect(await lacks({ 'System.xml': null })).toEqual(['lacking.log']);
    const late = [netstat('13:30:00', ROWS), netstat('13:31:00', ROWS)].join('\r\n');
    expect(await lacks({ 'netstat.txt': late })).toEqual(['lacking.log']);
  });

  it('is the range where nothing but the registry, or nothing, says it', async () => {
    expect(await lacks({ 'netsh.txt': null })).toEqual(['lacking.range']);
    expect(await lacks({ 'netsh.txt': null, 'reg.txt': regQuery({ MaxUserPort: 60_000 }) })).toEqual(['lacking.range']);
  });

  it('is the delay, and not where the key was captured without it', async () => {
    expect(await lacks({ 'reg.txt': null })).toEqual(['lacking.registry']);
    expect(await lacks({ 'reg.txt': regQuery({ TcpTimedWaitDelay: 30 }) })).toEqual([]);
    expect(await lacks({ 'reg.txt': regQuery({}, '\\Winsock') })).toEqual(['lacking.registry']);
    // `reg query … /v MaxUserPort` prints one value of many.
    const one = `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\r\n    MaxUserPort    REG_DWORD    0xfffe\r\n`;
    expect(await lacks({ 'reg.txt': one })).toEqual(['lacking.registry']);
  });

  it('is what else was left out: exclusions, processes, UDP', async () => {
    expect(await lacks({ 'excluded.txt': null })).toEqual(['lacking.exclusions']);
    const full = (ports: number): string => netstat(TIMES[0], [...ROWS, ...connections('TIME_WAIT', 50_020, ports)]);
    const small = { 'excluded.txt': null, 'netsh.txt': netshRange(50_000, 1000) };
    expect(await lacks({ ...small, 'full.txt': full(979) })).toEqual(['lacking.exclusions']);
    // Where every port of the range was taken, none was excluded.
    expect(await lacks({ ...small, 'full.txt': full(980) })).toEqual([]);
    expect(await lacks({ 'tasklist.csv': null })).toEqual(['lacking.processes']);
    const tcpOnly = series(TIMES.slice(0, 2), [...LISTENERS, ...LIVE]);
    expect(await lacks({ 'netstat.txt': tcpOnly })).toEqual(['lacking.udp']);
  });

  it('is the program that opens the connections, where most of the ports have no owner', async () => {
    const rows = (owned: number) => [
      ...LISTENERS,
      ...connections('ESTABLISHED', 50_000, owned, { remote: '10.0.0.7:80' }),
      ...connections('TIME_WAIT', 51_000, 1_000, { remote: '10.0.0.8:443' }),
      ...udp(51_000, 5),
    ];
    const only = (owned: number) => ({ 'netstat.txt': netstat(TIMES[0], rows(owned)), 'tcp.csv': null });
    expect(await lacks(only(1_001), 'undetermined')).not.toContain('lacking.opener');
    expect(await lacks(only(999), 'undetermined')).toContain('lacking.opener');
    expect(await lacks(only(999), 'none')).not.toContain('lacking.opener');
  });

  it('undoes what it switched on, keeps the log from overflowing, and ends by itself', () => {
    const before = CATCH_OPENER.slice(0, CATCH_OPENER.indexOf('finally'));
    const after = CATCH_OPENER.slice(before.length);
    // A log that is larger already is left as it is.
    expect(before).toMatch(
      /auditpol \/backup "\/file:(\S+)"[^]*if \(\$size -lt 1GB\) \{ wevtutil sl Security \/ms:1073741824 \}[^]*auditpol \/set/,
    );
    expect(after).toMatch(
      /auditpol \/restore "\/file:\$dir\\audit-before\.csv"[^]*wevtutil qe[^]*if \(\$size -lt 1GB\) \{ \$null = wevtutil sl Security "\/ms:\$size" \}/,
    );
    expect(before).toContain('(Get-Date) -lt $until');
    expect(CATCH_OPENER.match(/netstat -anobq/g)).toHaveLength(1);
  });

  it('changes nothing before there is a way back, nor where a full log would halt the machine', () => {
    // One block: of lines pasted one by one those after a throw would still run.
    expect(CATCH_OPENER).toMatch(/^& \{\n[^]*\n\}$/);
    expect(CATCH_OPENER).not.toContain('\n\n');
    const untouched = CATCH_OPENER.slice(0, CATCH_OPENER.indexOf('try {'));
    expect(untouched).not.toMatch(/wevtutil sl Security \/ms:\d|auditpol \/set/);
    const steps = [
      'wevtutil gl Security',
      'reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v crashonauditfail',
      'if ($halts -gt 0) { throw ',
      "if ($log.LogMode -ne 'Circular') { throw ",
      '.PSDrive.Free -lt 4GB) { throw ',
      'auditpol /backup "/file:$dir\\audit-before.csv"',
      'if ($LASTEXITCODE -ne 0 -or -not (Test-Path "$dir\\audit-before.csv")) { throw ',
      'auditpol /restore /file:"{0}\\audit-before.csv"; wevtutil sl Security /ms:{1}',
      'The way back in PowerShell, should this window be closed: $back',
      'Read-Host',
    ].map((step) => untouched.indexOf(step));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it('says where its script writes, how much, and where it is not to be run', () => {
    const why = phrase({ id: 'lacking.opener.why', params: { because: 'gone' } }, 'en');
    expect(why).toContain('CrashOnAuditFail: where that is 1 or 2 do not run it');
    expect(why).toMatch(/new folder portmortem-DATE-TIME in the profile[^.]*: about 1\.5 kB a connection/);
    expect(CATCH_OPENER).toContain('"$env:USERPROFILE\\portmortem-$(Get-Date -Format yyyyMMdd-HHmmss)"');
  });

  it('is of UDP where UDP ran out', async () => {
    const changed = { 'netstat.txt': null, 'tcp.csv': null, 'excluded.txt': null };
    const missing = missingEvidence(await facts(changed), 'udp-exhaustion', undefined, 'udp');
    const commands = (id: string) => missing.find(({ what }) => what.id === id)?.collectWith ?? [];
    expect(commands('lacking.tables')[0]).toMatch(/Get-NetUDPEndpoint .* Export-Csv udp\.csv -Append/);
    expect(commands('lacking.exclusions')).toContain('netsh int ipv4 show excludedportrange protocol=udp');
  });

  it('keeps the trace running until somebody says that connections have failed', () => {
    const [start, wait, stop, ...rest] = TRACE_OF_SOCKETS.split('; ');
    expect([start, stop]).toEqual([expect.stringMatching(/^netsh trace start /), 'netsh trace stop']);
    expect(wait).toMatch(/^\$null = Read-Host /);
    expect(rest).toHaveLength(1);
    expect(TRACE_OF_SOCKETS).not.toContain('\n');
  });

  it('is collected by a script whose output is read here', async () => {
    const table = netstat(TIMES[0], ROWS).replace(/^.*\r\n/, '');
    const ports = ['2026-03-03T09:10:00.1234567+00:00', table, TASKS_SVC].join('\r\n');
    const { ledger, consumers } = await factsOf({ 'ports.txt': ports });
    expect(ledger.map(({ at, inUse }) => [at, inUse])).toEqual([['2026-03-03T09:10:00.123Z', 20]]);
    expect(consumers.map(({ identity }) => [identity.process, identity.services])).toEqual([
      ['Contoso.Sync.exe', ['ContosoSync']],
    ]);
  });

  it('is the sessions of the NAT, where it says that it had no port or a container host was refused connections', async () => {
    const log = (...events: Parameters<typeof systemLog>[0]) => ({ 'System.xml': systemLog(events) });
    const nat = { time: '09:00:00', id: 1033, provider: 'Microsoft-Windows-WinNat' };
    const docker = { 'tasklist.csv': tasklist({ 4312: 'dockerd.exe' }) };
    expect(await lacks(log(nat))).toEqual(['lacking.nat-sessions']);
    expect(await lacks({ ...log({ time: '09:00:00', id: 4231 }), ...docker }, 'undetermined')).toContain(
      'lacking.nat-sessions',
    );
    expect(await lacks(docker)).toEqual([]);
  });
});

const TASKS_SVC = [
  '',
  'Image Name                     PID Services                                    ',
  '========================= ======== ============================================',
  'System Idle Process              0 N/A                                         ',
  'Contoso.Sync.exe              4312 ContosoSync                                 ',
  '',
].join('\r\n');

describe('where netstat -q cannot be had', () => {
  it('netstat -ano is not said to show Bound ports', () => {
    const why = phrase({ id: 'lacking.bound.why', params: {} }, 'en');
    expect(why).toContain(
      'Before those, netstat -ano shows the other states, and Bound ports only Get-NetTCPConnection',
    );
  });
});
