import { describe, expect, it } from 'vitest';
import type { AnalysisOptions } from '../../src/model/analysis.js';
import type { EvidenceFile } from '../../src/model/input.js';
import { connections, LISTENERS, netshRange, netstat, systemLog, tcpCsv } from '../support/capture.js';
import { captureOf, tablesOf, watchedFile } from '../support/surveyed-capture.js';

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
