import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { Report, ReportInput } from '../../src/model/report.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { aFolder, runIn } from '../cli/a-world.js';
import { connections, LISTENERS, netstat, systemLog, tasklist, tcpCsv } from '../support/capture.js';

const WHOLE = { engine: { analyze }, renderings: RENDERINGS };

/** Runs the real program on a folder with these files and reads back the report, where there is one. */
async function analysed(files: Readonly<Record<string, string | Uint8Array>>) {
  const cwd = aFolder();
  mkdirSync(join(cwd, 'evidence'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, 'evidence', name)), { recursive: true });
    writeFileSync(join(cwd, 'evidence', name), content);
  }
  const { exitCode, stderr } = await runIn({ cwd, ...WHOLE }, 'analyze', 'evidence', '-o', 'a.json');
  expect(stderr).not.toMatch(/\n\s+at |a bug in the program|undefined|NaN/);
  const report = readdirSync(cwd).includes('a.json')
    ? (JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')) as Report)
    : null;
  return { exitCode, stderr, report };
}

function problems(report: Report | null, file: string) {
  const input = report?.inputs.find((one: ReportInput) => one.file.endsWith(file));
  return input === undefined
    ? null
    : {
        records: input.records,
        skipped: input.skipped,
        problems: input.problems.map(({ code, count, sources }) => [code, count, sources.map(({ line }) => line)]),
      };
}

const ROWS = connections('ESTABLISHED', 50_000, 20);
const GOOD = netstat('09:14:40', [...LISTENERS, ...ROWS]);

const LINUX = [
  'Active Internet connections (servers and established)',
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name',
  'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      812/sshd',
  'tcp        0      0 10.20.4.30:22           10.20.4.77:51022        ESTABLISHED 2211/sshd: admin',
  'tcp6       0      0 :::80                   :::*                    LISTEN      900/nginx',
  '',
].join('\n');

describe('input that is none', () => {
  it('an empty folder ends in one line', async () => {
    const outcome = await analysed({});
    expect(outcome).toEqual({
      exitCode: 3,
      stderr:
        'portmortem: evidence: there are no files in it; name the folder that holds the exported logs and port tables\n',
      report: null,
    });
  });

  it('a missing path ends in one line', async () => {
    const { exitCode, stderr } = await runIn({ cwd: aFolder(), ...WHOLE }, 'analyze', 'evidence');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        'portmortem: evidence: no such file or folder; name an existing file or folder, or - for standard input\n',
    });
  });

  it.each([
    ['a Linux netstat', 'linux.txt', LINUX, /another operating system; only Windows netstat/],
    ['a program', 'tool.exe', Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919) % 251), /binary file/],
    ['an EVTX', 'System.evtx', evtx(), /wevtutil qe System\.evtx \/lf:true \/f:xml/],
    ['an empty file', 'empty.txt', '', /The file is empty/],
    ['a letter', 'notes.txt', 'Dear Bob, the server was down again.\r\n', /left out/],
  ])('%s alone exits 3 and says what it is', async (_what, name, content, reason) => {
    const { exitCode, stderr, report } = await analysed({ [name]: content });
    expect({ exitCode, report }).toEqual({ exitCode: 3, report: null });
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^portmortem: /);
    expect(lines[1]).toContain(name);
    expect(lines[1]).toMatch(reason);
  });

  it.each([
    ['a Linux netstat', 'linux.txt', LINUX, 'wrong-tool'],
    ['a program', 'tool.exe', Uint8Array.from({ length: 4096 }, (_, at) => (at * 7919) % 251), 'binary-file'],
    ['an EVTX', 'System.evtx', evtx(), 'binary-evtx'],
    ['an empty file', 'empty.txt', '', 'empty-file'],
  ])('%s beside a good table takes nothing from it', async (_what, name, content, code) => {
    const { exitCode, report } = await analysed({ [name]: content, 'netstat.txt': GOOD });
    expect(exitCode).toBe(0);
    expect(problems(report, name)?.problems.map(([found]) => found)).toEqual([code]);
    expect(problems(report, 'netstat.txt')).toEqual({ records: 22, skipped: 0, problems: [] });
    expect(inUse(report)).toBe(20);
  });
});

describe('damage inside a file', () => {
  const LOG = systemLog([
    { time: '09:14:38', id: 4227 },
    { time: '09:15:10', id: 4231 },
  ]);

  it.each([
    ['below the System block of its last event', LOG.lastIndexOf('<EventData>'), 4, [4227, 4231], 'broken-off-event'],
    ['in the third', LOG.indexOf('4231'), 2, [4227], 'incomplete-event'],
    ['before any time', LOG.indexOf('4227') + 10, 1, [], 'incomplete-event'],
  ])('a System log cut off %s keeps every event that says what it is', async (_where, at, records, ids, told) => {
    const { exitCode, report } = await analysed({ 'System.xml': LOG.slice(0, at), 'netstat.txt': GOOD });
    expect(exitCode).toBe(0);
    const input = problems(report, 'System.xml');
    expect(input?.records).toBe(records);
    expect(input?.problems.map(([code, count]) => [code, count])).toEqual([[told, 1]]);
    expect(report?.hosts[0]?.events.filter(({ role }) => role === 'onset').map(({ id }) => id)).toEqual(ids);
  });

  it('a CSV with an unclosed quote in its tenth row loses that row and no other', async () => {
    const lines = tcpCsv('09:14:40', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 200)]).split('\r\n');
    const tenth = lines[10] ?? '';
    lines[10] = tenth.slice(0, tenth.lastIndexOf('"'));
    const { exitCode, report } = await analysed({ 'tcp.csv': lines.join('\r\n') });
    expect(exitCode).toBe(0);
    expect(problems(report, 'tcp.csv')).toEqual({ records: 201, skipped: 1, problems: [['unclosed-quote', 1, [11]]] });
    expect(inUse(report)).toBe(199);
  });

  it('a row with port 99999 is counted and skipped in netstat', async () => {
    const text = GOOD.replace('10.20.4.12:50003', '10.20.4.12:99999');
    const { exitCode, report } = await analysed({ 'netstat.txt': text });
    expect(exitCode).toBe(0);
    expect(problems(report, 'netstat.txt')).toEqual({ records: 21, skipped: 1, problems: [['bad-port', 1, [11]]] });
    expect(inUse(report)).toBe(19);
  });

  it('a row with port 99999 is counted and skipped in a CSV', async () => {
    const text = tcpCsv('09:14:40', [...LISTENERS, ...ROWS]).replace('"50003"', '"99999"');
    const { exitCode, report } = await analysed({ 'tcp.csv': text });
    expect(exitCode).toBe(0);
    expect(problems(report, 'tcp.csv')).toEqual({ records: 21, skipped: 1, problems: [['bad-port', 1, [7]]] });
    expect(inUse(report)).toBe(19);
  });

  it('a state word nobody knows keeps its row and its port', async () => {
    const { report } = await analysed({ 'netstat.txt': GOOD.replace('ESTABLISHED', 'VERHANDELT ') });
    expect(problems(report, 'netstat.txt')?.problems.map(([code, count]) => [code, count])).toEqual([
      ['unknown-state', 1],
    ]);
    expect(inUse(report)).toBe(20);
    expect(report?.hosts[0]?.ledger[0]?.otherState).toBe(1);
  });

  it('a DOCTYPE is refused and nothing of it expanded', async () => {
    const bomb = LOG.replace('<Events>', '<!DOCTYPE Events [<!ENTITY a "AAAA"><!ENTITY b "&a;&a;&a;&a;">]><Events>');
    const { exitCode, report } = await analysed({ 'System.xml': bomb.replaceAll('<Data></Data>', '<Data>&b;</Data>') });
    expect(exitCode).toBe(0);
    expect(problems(report, 'System.xml')?.problems.map(([code]) => code)).toContain('doctype-refused');
    expect(JSON.stringify(report)).not.toContain('AAAAAAAA');
    expect(report?.hosts[0]?.events.filter(({ role }) => role === 'onset').map(({ id }) => id)).toEqual([4227, 4231]);
  });

  it('markup in a name of the evidence stays text on the page', async () => {
    const cwd = aFolder({
      'netstat.txt': GOOD,
      'tasklist.csv': tasklist({ 4: 'System', 716: 'svchost.exe', 4312: '<img src=x onerror=alert(1)>' }),
    });
    await runIn({ cwd, ...WHOLE }, 'analyze', 'netstat.txt', 'tasklist.csv', '-o', 'a.html');
    const page = readFileSync(join(cwd, 'a.html'), 'utf8');
    expect(page.includes('<img src=x')).toBe(false);
    expect(page).toMatch(/&lt;img src(?:=|&#x3D;)x onerror(?:=|&#x3D;)alert\(1\)&gt;/);
  });
});

describe('a file of the disk that is meddled with while it is analysed', () => {
  const meddling = (meddle: (at: string) => void, ...files: readonly string[]) => {
    const cwd = aFolder(
      Object.fromEntries(files.map((name, index) => [name, index === 0 ? GOOD : GOOD.replaceAll(' 4312', ' 4313')])),
    );
    // Listed it is by then.
    const engine = {
      analyze: (...given: Parameters<typeof analyze>) => (meddle(join(cwd, files[0] ?? '')), analyze(...given)),
    };
    return runIn({ ...WHOLE, cwd, engine }, 'analyze', ...files, '-v', '-o', 'a.json');
  };

  it.each([
    ['removed', rmSync, 'The file could not be read: no such file or folder.'],
    [
      'cut short',
      (at: string): void => {
        truncateSync(at, 500);
      },
      'The file was shorter when it was read than when it was listed',
    ],
    [
      'written on',
      (at: string): void => {
        appendFileSync(at, GOOD);
      },
      'The file has grown since it was listed',
    ],
  ])('is named as such: %s', async (_how, meddle, text) => {
    const { exitCode, stderr } = await meddling(meddle, 'one.txt', 'two.txt');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`one.txt: ${text}`);
  });

  it('is named with the reason where nothing else was given', async () => {
    const { exitCode, stderr } = await meddling(rmSync, 'one.txt');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr:
        'portmortem: no usable snapshot and no usable event in the input; see portmortem analyze --help for what to export\n' +
        '  one.txt: The file could not be read: no such file or folder.\n',
    });
  });
});

function inUse(report: Report | null): number | undefined {
  return report?.hosts[0]?.pools.find(({ id }) => id === 'tcp')?.peakInUse ?? undefined;
}

/** The head of a binary event log: `ElfFile`, then zeroes. */
function evtx(): Uint8Array {
  const bytes = new Uint8Array(8192);
  bytes.set(new TextEncoder().encode('ElfFile\0'));
  return bytes;
}
