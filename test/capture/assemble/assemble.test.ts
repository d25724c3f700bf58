import { describe, expect, it } from 'vitest';
import type { AnalysisOptions } from '../../../src/model/analysis.js';
import type { EvidenceFile } from '../../../src/model/input.js';
import { connections, LISTENERS, netshRange, netstat, systemLog, tcpCsv, udp } from '../../support/capture.js';
import { captureOf, tablesOf, watchedFile } from '../../support/surveyed-capture.js';

const ROWS = [...LISTENERS, ...connections('TIME_WAIT', 50_000, 3)];
const undated = (count: number): string =>
  netstat('09:00:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, count)]).replace(/^.*\r\n/, '');
const csv = (path: string, time: string, host = 'APP02', rows = ROWS): EvidenceFile =>
  watchedFile(path, tcpCsv(time, rows, host));
const minutes = (time: string): number => Date.parse(`2026-03-03T${time}:00Z`);

/** Hosts with what belongs to them: snapshots as `time ±error file`. */
async function assembled(files: readonly EvidenceFile[], options: Partial<AnalysisOptions> = {}): Promise<unknown> {
  const { hosts } = await captureOf(files, { timezone: '+00:00', ...options });
  return Object.fromEntries(
    hosts.map(({ host, snapshots, settings, coverage }) => [
      host,
      [
        ...snapshots.map(({ atMs, clockErrorSeconds, file, timeSource }) => {
          const at = atMs === null ? 'undated' : new Date(atMs).toISOString().slice(11, 16);
          return `${at} ±${String(clockErrorSeconds)} ${file.file.path} ${timeSource}`;
        }),
        ...coverage.map(({ file }) => `log ${file}`),
        ...new Set(settings.map(({ file }) => `settings ${file}`)),
      ],
    ]),
  );
}

/** The remarks on each file, `path: code ×count`. */
async function remarks(files: readonly EvidenceFile[], options: Partial<AnalysisOptions> = {}): Promise<string[]> {
  const { planned, duplicateOf } = await captureOf(files, { timezone: '+00:00', ...options });
  const surveys = new Set([...planned.map(({ file }) => file), ...duplicateOf.keys()]);
  return [...surveys].flatMap(({ file, problems }) =>
    problems.report().map(({ code, count }) => `${file.path}: ${code} ×${String(count)}`),
  );
}

describe('a folder of evidence', () => {
  it('is one host’s when one host is named, whatever else it holds', async () => {
    const files = [
      csv('b.csv', '09:10:00'),
      watchedFile('a.txt', netstat('09:00:00', ROWS)),
      watchedFile('System.xml', systemLog([], 'app02.contoso.example')),
      watchedFile('netsh.txt', netshRange()),
    ];
    expect(await assembled(files)).toEqual({
      APP02: ['09:00 ±2 a.txt in-file', '09:10 ±2 b.csv in-file', 'log System.xml', 'settings netsh.txt'],
    });
  });

  it('of two hosts gives each what names it, by its rows or its path; --host keeps one', async () => {
    const files = [
      csv('1.csv', '09:00:00', 'APP02'),
      csv('2.csv', '09:00:00', 'APP07.contoso.example'),
      watchedFile('APP07/netsh.txt', netshRange()),
      watchedFile('stray.txt', netstat('09:05:00', ROWS)),
    ];
    const app07 = ['09:00 ±2 2.csv in-file', 'settings APP07/netsh.txt'];
    expect(await assembled(files)).toEqual({
      APP02: ['09:00 ±2 1.csv in-file'],
      APP07: app07,
      unknown: ['09:05 ±2 stray.txt in-file'],
    });
    expect(await assembled(files, { host: 'app07.contoso.example' })).toEqual({ APP07: app07 });
  });

  it('holds several hosts where one CSV does', async () => {
    const both = tcpCsv('09:00:00', ROWS, 'APP02') + tcpCsv('09:00:00', ROWS, 'APP07').replace(/^.*\r\n/, '');
    expect(await assembled([watchedFile('both.csv', both)])).toEqual({
      APP02: ['09:00 ±2 both.csv in-file'],
      APP07: ['09:00 ±2 both.csv in-file'],
    });
  });

  it('without a snapshot or an event of a host has no host', async () => {
    expect(await assembled([watchedFile('netsh.txt', netshRange())])).toEqual({});
  });
});

describe('the same evidence given twice', () => {
  it('byte for byte is read once', async () => {
    const files = [csv('a.csv', '09:00:00'), csv('copy of a.csv', '09:00:00')];
    expect(await assembled(files)).toEqual({ APP02: ['09:00 ±2 a.csv in-file'] });
    expect(await remarks(files)).toEqual(['copy of a.csv: duplicate-file ×1']);
  });

  it('is the setting of each host whose path it stands in, once for each', async () => {
    const files = [
      csv('1.csv', '09:00:00', 'APP02'),
      csv('2.csv', '09:00:00', 'APP07'),
      ...['APP02/netsh.txt', 'APP07/netsh.txt', 'APP07/netsh again.txt'].map((path) => watchedFile(path, netshRange())),
    ];
    expect(await assembled(files)).toEqual({
      APP02: ['09:00 ±2 1.csv in-file', 'settings APP02/netsh.txt'],
      APP07: ['09:00 ±2 2.csv in-file', 'settings APP07/netsh.txt'],
    });
    expect(await remarks(files)).toEqual(['APP07/netsh again.txt: duplicate-file ×1']);
  });

  it('as the same rows at the same time in another order and another file is read once', async () => {
    const again = tcpCsv('09:00:00', [...ROWS].reverse()) + tcpCsv('09:01:00', ROWS).replace(/^.*\r\n/, '');
    const files = [csv('a.csv', '09:00:00'), watchedFile('b.csv', again)];
    expect(await assembled(files)).toEqual({ APP02: ['09:00 ±2 a.csv in-file', '09:01 ±2 b.csv in-file'] });
    expect(await remarks(files)).toEqual(['b.csv: duplicate-snapshot ×1']);
  });

  it('is not what two snapshots are that differ in a row', async () => {
    const files = [csv('a.csv', '09:00:00'), csv('b.csv', '09:00:00', 'APP02', ROWS.slice(0, -1))];
    expect(await assembled(files)).toEqual({ APP02: ['09:00 ±2 a.csv in-file', '09:00 ±2 b.csv in-file'] });
  });
});

describe('--from and --to', () => {
  it('keep what lies between them, both ends included', async () => {
    const times = ['09:00', '09:01', '09:02', '09:03'];
    const files = times.map((time) => csv(`${time}.csv`, `${time}:00`));
    const window = { fromMs: minutes('09:01'), toMs: minutes('09:02') };
    expect(await assembled(files, window)).toEqual({
      APP02: ['09:01 ±2 09:01.csv in-file', '09:02 ±2 09:02.csv in-file'],
    });
  });

  it('without a zone are what the clock of the host shows', async () => {
    const noon = { time: '11:00:00', id: 6013, provider: 'EventLog', data: ['', '60', '-60 W. Europe Standard Time'] };
    const log = watchedFile('System.xml', systemLog([noon]));
    const files = ['09:00', '09:59', '10:00', '11:00'].map((time) => csv(`${time}.csv`, `${time}:00`));
    const localWindow = { fromMs: minutes('10:00'), toMs: minutes('11:00') };
    expect(await assembled([log, ...files], { timezone: null, localWindow })).toEqual({
      APP02: [
        '09:00 ±2 09:00.csv in-file',
        '09:59 ±2 09:59.csv in-file',
        '10:00 ±2 10:00.csv in-file',
        'log System.xml',
      ],
    });
    expect(await assembled([log, ...files], { timezone: '+02:00', localWindow })).toEqual({
      APP02: ['09:00 ±2 09:00.csv in-file', 'log System.xml'],
    });
    await expect(assembled(files, { timezone: null, localWindow })).rejects.toThrow('nothing tells the zone of APP02');
  });

  it('without a zone mean nothing of a host that is not asked for', async () => {
    const noon = { time: '11:00:00', id: 6013, provider: 'EventLog', data: ['', '60', '-60 W. Europe Standard Time'] };
    const files = [watchedFile('System.xml', systemLog([noon])), csv('a.csv', '09:00:00', 'APP07')];
    const localWindow = { fromMs: minutes('10:00'), toMs: null };
    expect(await assembled(files, { timezone: null, localWindow, host: 'APP02' })).toEqual({
      APP02: ['log System.xml'],
    });
  });

  it('keep what nothing dates', async () => {
    const file = watchedFile('netstat.txt', undated(3));
    expect(await assembled([file], { fromMs: minutes('09:00') })).toEqual({
      unknown: ['undated ±0 netstat.txt unknown'],
    });
  });
});

describe('a dump without a time', () => {
  it('is dated by its file’s name, a minute either way', async () => {
    expect(await assembled([watchedFile('netstat_2026-03-03_09-15-00.txt', undated(3))])).toEqual({
      unknown: ['09:15 ±60 netstat_2026-03-03_09-15-00.txt file-name'],
    });
  });

  it('is placed by its file’s modification time, a day either way, and gives no rates then', async () => {
    const file = watchedFile('netstat.txt', undated(3), { modifiedMs: minutes('09:20') });
    expect(await assembled([file])).toEqual({ unknown: ['09:20 ±86400 netstat.txt modified-time'] });
    expect(await remarks([file])).toEqual(['netstat.txt: clock-from-modification-time ×1']);
  });

  it('is not placed by modification times that a copy has made alike', async () => {
    const copied = (apartMs: number): EvidenceFile[] =>
      [0, apartMs].map((ms, index) =>
        watchedFile(`${String(index)}.txt`, undated(3 + index), { modifiedMs: minutes('09:20') + ms }),
      );
    expect(await assembled(copied(2000))).toEqual({
      unknown: ['undated ±0 0.txt unknown', 'undated ±0 1.txt unknown'],
    });
    expect(await assembled(copied(2001))).toEqual({
      unknown: ['09:20 ±86400 0.txt modified-time', '09:20 ±86400 1.txt modified-time'],
    });
  });

  it('is not placed by a modification time outside its host’s log', async () => {
    const log = watchedFile('System.xml', systemLog([]));
    const at = (time: string): Promise<unknown> =>
      assembled([watchedFile('netstat.txt', undated(3), { modifiedMs: minutes(time) }), log]);
    const placed = (time: string): unknown => ({
      APP02: [`${time} ±86400 netstat.txt modified-time`, 'log System.xml'],
    });
    expect(await at('12:30')).toEqual(placed('12:30'));
    expect(await at('12:31')).toEqual({ APP02: ['undated ±0 netstat.txt unknown', 'log System.xml'] });
  });

  it('gives no moment to anything counted, even where a modification time has put it in its place', async () => {
    const file = watchedFile('netstat.txt', undated(3), { modifiedMs: minutes('09:20') });
    const [table] = await tablesOf([file]);
    expect(table?.snapshot).toBe('unknown undated netstat.txt');
  });

  it('comes last where nothing dates it', async () => {
    const files = [watchedFile('a.txt', undated(3)), watchedFile('b.txt', netstat('09:00:00', ROWS))];
    expect(await assembled(files)).toEqual({ unknown: ['09:00 ±2 b.txt in-file', 'undated ±0 a.txt unknown'] });
  });

  it('among others in one file is not dated by the name: the last alone is', async () => {
    const file = watchedFile('netstat_2026-03-03_09-15-00.txt', `${undated(3)}\r\n${undated(4)}`);
    const tables = await tablesOf([file]);
    expect(tables.map(({ snapshot, rows }) => `${snapshot} ${String(rows.length)}`)).toEqual([
      'unknown 2026-03-03T09:15:00 netstat_2026-03-03_09-15-00.txt 6',
      'unknown undated netstat_2026-03-03_09-15-00.txt 5',
    ]);
  });

  it('in a host’s own zone is as doubtful as the zone', async () => {
    const file = watchedFile('a.txt', netstat('09:00:00', ROWS));
    expect(await assembled([file], { timezone: null })).toEqual({ unknown: ['09:00 ±50402 a.txt in-file'] });
    expect(await assembled([file], { timezone: '+01:00' })).toEqual({ unknown: ['08:00 ±2 a.txt in-file'] });
  });
});

describe('a CSV without a time', () => {
  const created = (seconds: number): string =>
    Array.from({ length: 5 }, (_, at) => {
      const time = `3/13/2026 9:10:${String(at === 0 ? 59 : 59 - seconds).padStart(2, '0')} AM`;
      return `"10.20.4.12","${String(50_000 + at)}","10.20.7.31","1433","Established","4312","${time}"`;
    }).join('\r\n');
  const header = '"LocalAddress","LocalPort","RemoteAddress","RemotePort","State","OwningProcess","CreationTime"';

  it('is not dated by connections that others opened, nor by sockets too far apart', async () => {
    const inbound = created(50).replaceAll(/"500(\d\d)","10.20.7.31","1433"/g, '"1433","10.20.7.31","500$1"');
    for (const rows of [inbound, created(50).replace(/9:10:09/g, '9:08:58')]) {
      const file = watchedFile('tcp.csv', `${header}\r\n${rows}\r\n`);
      expect(await assembled([file])).toEqual({ unknown: ['undated ±0 tcp.csv unknown'] });
    }
  });

  it('is dated by its youngest sockets before its modification time is asked', async () => {
    const file = watchedFile('tcp.csv', `${header}\r\n${created(50)}\r\n`, { modifiedMs: minutes('11:00') });
    expect(await assembled([file])).toEqual({ unknown: ['09:10 ±60 tcp.csv in-file'] });
  });
});

describe('a port table that names no host', () => {
  const table = (path: string, local: string, count: number, time = '09:00:00'): EvidenceFile =>
    watchedFile(path, netstat(time, [...LISTENERS, ...connections('TIME_WAIT', 50_000, count, { local })]));
  const log = watchedFile('System.xml', systemLog([]));

  it('is kept apart where its local addresses are none of the host’s', async () => {
    const files = [csv('a.csv', '09:00:00'), table('b.txt', '10.20.4.12', 4), table('c.txt', '10.20.4.99', 50)];
    expect(await assembled(files)).toEqual({
      APP02: ['09:00 ±2 a.csv in-file', '09:00 ±2 b.txt in-file'],
      unknown: ['09:00 ±2 c.txt in-file'],
    });
    expect(await remarks(files)).toEqual(['c.txt: other-addresses ×1']);
  });

  it('belongs to the machine with most rows where none names one', async () => {
    const files = [
      table('a.txt', '10.20.4.99', 5),
      table('b.txt', '10.20.4.12', 9),
      table('c.txt', '10.20.4.99', 6, '09:01:00'),
      log,
    ];
    expect(await assembled(files)).toEqual({
      APP02: ['09:00 ±2 a.txt in-file', '09:01 ±2 c.txt in-file', 'log System.xml'],
      unknown: ['09:00 ±2 b.txt in-file'],
    });
  });

  it('stays with the host where it was filtered: it may show one address of several', async () => {
    const filtered = watchedFile(
      'b.txt',
      netstat('09:00:00', connections('TIME_WAIT', 50_000, 4, { local: '10.9.0.1' })),
    );
    expect(await assembled([csv('a.csv', '09:00:00'), filtered])).toEqual({
      APP02: ['09:00 ±2 a.csv in-file', '09:00 ±2 b.txt in-file'],
    });
  });
});

describe('a dump that ends before its UDP section', () => {
  const whole = netstat('09:00:00', [...ROWS, ...udp(5355, 2)]);
  const withoutUdp = netstat('09:05:00', ROWS);

  it('is incomplete where other dumps of its host have one', async () => {
    const files = [watchedFile('a.txt', whole), watchedFile('b.txt', withoutUdp)];
    expect(await remarks(files)).toEqual(['b.txt: truncated-table ×1']);
    const { planned } = await captureOf(files);
    expect(planned.map(({ survey }) => survey.cannotShow.includes('tail'))).toEqual([false, true]);
  });

  it('is one of a series without UDP where none has one', async () => {
    expect(await remarks([watchedFile('b.txt', withoutUdp)])).toEqual([]);
  });

  it('may be `netstat -p tcp`', async () => {
    const dump = withoutUdp.replace('\r\nActive', '\r\nC:\\>netstat -anop tcp\r\n\r\nActive');
    expect(await remarks([watchedFile('a.txt', whole), watchedFile('b.txt', dump)])).toEqual([]);
  });
});

describe('listeners', () => {
  it('are remembered from every snapshot of their host', async () => {
    const listening = connections('LISTENING', 49_664, 2, { remote: '0.0.0.0:0', local: '0.0.0.0', pid: 640 });
    const files = [
      csv('a.csv', '09:00:00'),
      csv('b.csv', '09:01:00', 'APP02', listening),
      csv('c.csv', '09:01:00', 'APP07'),
    ];
    const { hosts } = await captureOf(files);
    expect(hosts.map(({ host, listeners }) => [host, [...listeners].sort()])).toEqual([
      ['APP02', [135, 445, 49_664, 49_665]],
      ['APP07', [135, 445]],
    ]);
  });
});
