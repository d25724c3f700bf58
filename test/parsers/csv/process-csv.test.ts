import { describe, expect, it } from 'vitest';
import type { ProcessRecord } from '../../../src/model/process.js';
import { readBytes, readFixture, stampText } from './csv-reading.js';

const NOTHING = { services: [], user: null, commandLine: null, startedAt: null };
const IDLE = { ...NOTHING, pid: 0, image: 'System Idle Process', line: 2 };
const undated = (line: number): string[] => [`${String(line)} undated no host, cannot show nothing`];

async function read(name: string, chunkBytes?: number) {
  const reading = await readFixture(`process-csv/${name}`, chunkBytes);
  return { ...reading, processes: reading.processes.map(readable) };
}

function readable(record: ProcessRecord) {
  return { ...record, startedAt: record.startedAt === null ? null : stampText(record.startedAt) };
}

describe('process-csv', () => {
  it('reads Get-Process whole, with commas and doubled quotes in a command line', async () => {
    expect(await read('get-process-7.csv')).toEqual({
      formats: ['process-csv'],
      encoding: 'ascii',
      dialects: ['Get-Process'],
      snapshots: undated(2),
      rows: [],
      processes: [
        {
          ...NOTHING,
          pid: 4312,
          image: 'Contoso.Sync',
          commandLine: '"C:\\Program Files\\Contoso\\Contoso.Sync.exe" --host "app02, eu" --pool 0',
          startedAt: '2026-03-02T07:18:01',
          line: 2,
        },
        { ...NOTHING, pid: 0, image: 'Idle', line: 3 },
        { ...NOTHING, pid: 1016, image: 'svchost', line: 4 },
      ],
      problems: [],
    });
  });

  it('reads chosen columns with time and host, and reports rows without a process id', async () => {
    expect(await read('chosen-columns.csv')).toEqual({
      formats: ['process-csv'],
      encoding: 'ascii',
      dialects: ['Get-Process'],
      snapshots: [
        '2 2026-03-02T09:15:00Z RDSH01, cannot show nothing',
        '4 2026-03-02T09:30:00Z RDSH01, cannot show nothing',
      ],
      rows: [],
      processes: [
        { ...NOTHING, pid: 4312, image: 'Contoso.Sync', line: 2 },
        { ...NOTHING, pid: 1016, image: 'svchost', line: 3 },
        { ...NOTHING, pid: 4313, image: 'Contoso.Sync', line: 4 },
      ],
      problems: [
        '5 bad-row 20260302T103000+0100,RDSH01,no number,Contoso.Sync,Contoso Sync',
        '6 wrong-field-count "20260302T103000+0100","RDSH01","4314"',
      ],
    });
  });

  it.each([
    [
      'tasklist.csv',
      'ascii',
      [
        { ...NOTHING, pid: 1016, image: 'svchost.exe', line: 3 },
        { ...NOTHING, pid: 4312, image: 'Contoso.Sync.exe', line: 4 },
      ],
    ],
    ['tasklist-german-cp850.csv', 'cp850', [{ ...NOTHING, pid: 4312, image: 'Abgleich für Kunden.exe', line: 3 }]],
    ['tasklist-french-cp850.csv', 'cp850', [{ ...NOTHING, pid: 4312, image: 'Contoso.Sync.exe', line: 3 }]],
  ])('reads %s, whatever language its titles are in', async (name, encoding, processes) => {
    expect(await read(name)).toEqual({
      formats: ['process-csv'],
      encoding,
      dialects: ['tasklist /fo csv'],
      snapshots: undated(2),
      rows: [],
      processes: [IDLE, ...processes],
      problems: [],
    });
  });

  it('takes the user from tasklist /v only where it is an account', async () => {
    expect(await read('tasklist-v-utf-16.csv')).toEqual({
      formats: ['process-csv'],
      encoding: 'utf-16le',
      dialects: ['tasklist /v /fo csv'],
      snapshots: undated(2),
      rows: [],
      processes: [
        { ...IDLE, user: 'NT AUTHORITY\\SYSTEM' },
        { ...NOTHING, pid: 4312, image: 'Contoso.Sync.exe', user: 'CONTOSO\\svc-sync', line: 3 },
        { ...NOTHING, pid: 612, image: 'csrss.exe', line: 4 },
      ],
      problems: [],
    });
  });

  it('learns from the idle process what tasklist /svc prints for no services', async () => {
    expect(await read('tasklist-svc-chinese-cp936.csv')).toEqual({
      formats: ['process-csv'],
      encoding: 'cp936',
      dialects: ['tasklist /svc /fo csv'],
      snapshots: undated(2),
      rows: [],
      processes: [
        IDLE,
        { ...NOTHING, pid: 1016, image: 'svchost.exe', services: ['Dhcp', 'EventLog', 'lmhosts'], line: 3 },
        { ...NOTHING, pid: 4312, image: 'Contoso.Sync.exe', line: 4 },
      ],
      problems: [],
    });
  });

  it('does not take the modules of tasklist /m for services', async () => {
    const { processes, problems } = await read('tasklist-modules.csv');
    expect({ processes, problems }).toEqual({
      processes: [IDLE, { ...NOTHING, pid: 4312, image: 'Contoso.Sync.exe', line: 3 }],
      problems: [],
    });
  });

  it('reads tasklist /nh, which has no header', async () => {
    const { snapshots, processes, problems } = await read('tasklist-no-header.csv');
    expect({ snapshots, processes, problems }).toEqual({
      snapshots: undated(1),
      processes: [
        { ...IDLE, line: 1 },
        { ...NOTHING, pid: 1016, image: 'svchost.exe', line: 2 },
      ],
      problems: [],
    });
  });

  it('reads Win32_Process with its command lines and reports a start that is no time', async () => {
    expect(await read('win32-process.csv')).toEqual({
      formats: ['process-csv'],
      encoding: 'utf-8',
      dialects: ['Win32_Process'],
      snapshots: undated(2),
      rows: [],
      processes: [
        IDLE,
        {
          ...NOTHING,
          pid: 4312,
          image: 'Contoso.Sync.exe',
          commandLine: '"C:\\Program Files\\Contoso\\Contoso.Sync.exe" --pool 0',
          startedAt: '2026-03-02T07:18:01',
          line: 3,
        },
        { ...NOTHING, pid: 4313, image: 'Contoso.Sync.exe', commandLine: 'Contoso.Sync.exe --retry', line: 4 },
      ],
      problems: ['4 bad-time yesterday'],
    });
  });

  it('reads Win32_Service as services of the program that their path starts', async () => {
    const { dialects, processes, problems } = await read('win32-service.csv');
    expect({ dialects, processes, problems }).toEqual({
      dialects: ['Win32_Service'],
      processes: [
        {
          pid: 1016,
          image: 'svchost.exe',
          services: ['Dhcp'],
          user: 'NT Authority\\LocalService',
          commandLine: 'C:\\Windows\\system32\\svchost.exe -k LocalServiceNetworkRestricted -p',
          startedAt: null,
          line: 2,
        },
        {
          pid: 4312,
          image: 'Contoso.Sync.exe',
          services: ['ContosoSync'],
          user: 'CONTOSO\\svc-sync',
          commandLine: '"C:\\Program Files\\Contoso\\Contoso.Sync.exe" --service',
          startedAt: null,
          line: 3,
        },
      ],
      problems: [],
    });
  });

  it('reads wmic with its blank first line and doubled carriage returns', async () => {
    const { snapshots, processes, problems } = await read('wmic.csv');
    expect({ snapshots, processes, problems }).toEqual({
      snapshots: ['3 undated RDSH01, cannot show nothing'],
      processes: [
        {
          ...NOTHING,
          pid: 4312,
          image: 'Contoso.Sync.exe',
          commandLine: 'Contoso.Sync.exe --pool 0',
          startedAt: '2026-03-02T06:18:01.123Z',
          line: 3,
        },
        { ...NOTHING, pid: 4, image: 'System', line: 4 },
      ],
      problems: [],
    });
  });

  it('reads command lines with commas and quotes that wmic leaves as they are', async () => {
    const { encoding, processes, problems } = await read('wmic-commas-utf-16.csv');
    expect({ encoding, processes, problems }).toEqual({
      encoding: 'utf-16le',
      processes: [
        {
          ...NOTHING,
          pid: 4312,
          image: 'sync.exe',
          commandLine: '"C:\\Program Files\\Contoso\\sync.exe" --hosts app01,app02',
          startedAt: '2026-03-02T06:18:01.123Z',
          line: 3,
        },
        {
          ...NOTHING,
          pid: 1016,
          image: 'log.exe',
          commandLine: 'C:\\Contoso\\log.exe /a,/b "x, y"',
          startedAt: '2026-03-02T05:02:11Z',
          line: 4,
        },
        { ...NOTHING, pid: 1020, image: 'svchost.exe', startedAt: '2026-03-02T05:02:11Z', line: 5 },
      ],
      problems: [],
    });
  });

  it.each([
    'wmic-commas-utf-16.csv',
    'get-process-7.csv',
    'tasklist-no-header.csv',
    'tasklist-v-utf-16.csv',
    'wmic.csv',
    'chosen-columns.csv',
  ])('reads %s alike wherever the chunks end', async (name) => {
    const whole = await read(name);
    for (const chunkBytes of [1, 2, 5, 64]) expect(await read(name, chunkBytes)).toEqual(whole);
  });

  it.each([
    ['a table with other numbers', '"a","12","b"\n"c","13","d"\n'],
    ['five columns of something', '"Name","Size","Kind","Count","Total"\n"x.exe","12","file","0","many"\n'],
    ['connections with a process name', '"LocalPort","State","Id","ProcessName"\n"1","Bound","4","System"\n'],
  ])('does not take %s for processes', async (_what, text) => {
    expect((await readBytes(new TextEncoder().encode(text))).formats).not.toContain('process-csv');
  });
});
