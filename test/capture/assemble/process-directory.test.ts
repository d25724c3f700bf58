import { describe, expect, it } from 'vitest';
import { decideClock } from '../../../src/capture/clock/host-clock.js';
import { ProcessDirectory } from '../../../src/capture/assemble/process-directory.js';
import type { Stamp } from '../../../src/model/stamp.js';

const CLOCK = decideClock({
  timezone: '+00:00',
  stampOffsets: new Set(),
  sentinelOffsets: new Set(),
  uptimeEvents: [],
  modificationTimes: [],
});

interface Seen {
  readonly pid?: number;
  readonly image: string;
  readonly services?: readonly string[];
  readonly user?: string;
  /** Hours of 3 March 2026. */
  readonly started?: number;
  readonly first?: number;
  readonly last?: number;
}

const hourMs = (hour: number): number => Date.UTC(2026, 2, 3) + hour * 3_600_000;
const stamp = (hour: number | undefined): Stamp | null =>
  hour === undefined ? null : { kind: 'local', localMs: hourMs(hour) };

function directoryOf(...seen: readonly (Seen | readonly Seen[])[]): ProcessDirectory {
  return new ProcessDirectory(
    seen.flat().map(({ pid = 4312, image, services = [], user, started, first, last = first }, index) => ({
      hostText: null,
      record: {
        pid,
        image,
        services,
        user: user ?? null,
        commandLine: null,
        startedAt: stamp(started),
        line: index + 1,
      },
      firstStamp: stamp(first),
      lastStamp: stamp(last),
      file: 'processes.csv',
      order: 'month-first' as const,
    })),
    CLOCK,
  );
}

const imageAt = (directory: ProcessDirectory, hour: number | null, pid = 4312): string | null =>
  directory.find(pid, hour === null ? null : hourMs(hour))?.image ?? null;

const list = (image: string, file: string) => ({
  hostText: null,
  record: { pid: 4312, image, services: [], user: null, commandLine: null, startedAt: null, line: 1 },
  firstStamp: null,
  lastStamp: null,
  file,
  order: 'month-first' as const,
});

describe('the process behind a PID', () => {
  it('is the nearest in time of 150,000 names that the PID had', () => {
    const seen = Array.from({ length: 150_000 }, (_, index) => ({ image: `${String(index)}.exe`, first: index }));
    const directory = directoryOf(seen);
    expect([imageAt(directory, 77_000), directory.find(4312, hourMs(9), '149999.exe')?.line]).toEqual([
      '77000.exe',
      150_000,
    ]);
  });

  it('is the one a list names, nobody where no list does', () => {
    const directory = directoryOf({ image: 'Contoso.Sync.exe', first: 9 });
    expect([imageAt(directory, 9), imageAt(directory, 23), imageAt(directory, null), imageAt(directory, 9, 1)]).toEqual(
      ['Contoso.Sync.exe', 'Contoso.Sync.exe', 'Contoso.Sync.exe', null],
    );
  });

  it('is one process in every list: facts are put together, whatever the spelling', () => {
    const directory = directoryOf(
      { image: 'svchost', started: 1, first: 9 },
      { image: 'SVCHOST.EXE', services: ['Dnscache'], user: 'NT AUTHORITY\\NETWORK SERVICE', first: 10 },
      { image: 'svchost.exe', services: ['CryptSvc'], first: 8 },
    );
    expect(directory.find(4312, hourMs(9))).toEqual({
      pid: 4312,
      image: 'SVCHOST.EXE',
      services: ['CryptSvc', 'Dnscache'],
      user: 'NT AUTHORITY\\NETWORK SERVICE',
      commandLine: null,
      startedMs: hourMs(1),
      file: 'processes.csv',
      line: 1,
      firstSeenMs: hourMs(8),
      lastSeenMs: hourMs(10),
    });
    expect(directory.size).toBe(1);
  });

  it('is the one of that time where a PID was used again', () => {
    const directory = directoryOf(
      { image: 'w3wp.exe', first: 9, last: 10 },
      { image: 'curl.exe', first: 12, last: 13 },
    );
    expect([8, 9.5, 10.9, 11.1, 12.5, 20].map((hour) => imageAt(directory, hour))).toEqual([
      'w3wp.exe',
      'w3wp.exe',
      'w3wp.exe',
      'curl.exe',
      'curl.exe',
      'curl.exe',
    ]);
  });

  it('is not one that started later; an hour is left for summer time between two stamps', () => {
    const directory = directoryOf({ image: 'curl.exe', started: 12, first: 13 });
    expect([10.99, 11, 12, 14].map((hour) => imageAt(directory, hour))).toEqual([
      null,
      'curl.exe',
      'curl.exe',
      'curl.exe',
    ]);
  });

  it('is the older one while the newer had not started, though it was never seen then', () => {
    const directory = directoryOf({ image: 'w3wp.exe', first: 2 }, { image: 'curl.exe', started: 12, first: 12.5 });
    expect([imageAt(directory, 10), imageAt(directory, 12.1)]).toEqual(['w3wp.exe', 'curl.exe']);
  });

  it('dates a list by the name of its file where nothing in it does', () => {
    const before = list('OldMailer.exe', 'tasklist_2026-03-03_08-00-00.txt');
    const after = list('OrderBridge.exe', 'tasklist_2026-03-03_10-00-00.txt');
    for (const lists of [
      [before, after],
      [after, before],
    ]) {
      const directory = new ProcessDirectory(lists, CLOCK);
      expect([7, 8.9, 9.1, 23].map((hour) => imageAt(directory, hour))).toEqual([
        'OldMailer.exe',
        'OldMailer.exe',
        'OrderBridge.exe',
        'OrderBridge.exe',
      ]);
    }
  });

  it('is all of several images that nothing puts in an order, not the first of them', () => {
    const undated = directoryOf({ image: 'OrderBridge.exe', services: ['Orders'] }, { image: 'OldMailer.exe' });
    const both = { image: 'OldMailer.exe / OrderBridge.exe', services: [], user: null };
    expect(undated.find(4312, hourMs(9))).toMatchObject(both);
    expect(undated.find(4312, null)).toMatchObject(both);
  });

  it('is none that was listed before the host started again, nor after it of a table before', () => {
    const before = list('notepad.exe', 'tasklist_2026-03-03_08-00-00.txt');
    const kernel = { ...before, record: { ...before.record, pid: 4, image: 'System' } };
    const directory = new ProcessDirectory([before, kernel], CLOCK, [hourMs(7), hourMs(9)]);
    expect([6.9, 7, 8.9, 9].map((hour) => imageAt(directory, hour))).toEqual([
      null,
      'notepad.exe',
      'notepad.exe',
      null,
    ]);
    expect(imageAt(directory, 9, 4)).toBe('System');
  });

  it('is the dated one where another list has no time', () => {
    expect(imageAt(directoryOf({ image: 'OldMailer.exe' }, { image: 'OrderBridge.exe', first: 3 }), 9)).toBe(
      'OrderBridge.exe',
    );
  });
});
