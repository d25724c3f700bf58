import { describe, expect, it } from 'vitest';
import type { EvidenceFile } from '../../../src/model/input.js';
import { connections, LISTENERS, netstat, tcpCsv } from '../../support/capture.js';
import { captureOf, watchedFile } from '../../support/surveyed-capture.js';

/** A dump whose name alone tells the time, on the day on which central Europe sets its clocks back: 02:00 to 03:00 comes twice. */
function dump(clock: string, modifiedUtc: string | null, ports = 3): EvidenceFile {
  const text = netstat('', [...LISTENERS, ...connections('TIME_WAIT', 50_000, ports)]).replace(/^.*\r\n/, '');
  const modifiedMs = modifiedUtc === null ? null : Date.parse(`2026-10-25T${modifiedUtc}Z`);
  return watchedFile(`netstat_2026-10-25_${clock.replaceAll(':', '-')}.txt`, text, { modifiedMs });
}

async function placed(...files: readonly EvidenceFile[]): Promise<string[]> {
  const { planned } = await captureOf(files, { timezone: 'Europe/Berlin' });
  return planned.map(({ atMs, clockErrorSeconds }) => {
    return `${new Date(atMs ?? NaN).toISOString().slice(11, 19)} ±${String(clockErrorSeconds)}`;
  });
}

describe('a dump of the hour that comes twice', () => {
  it('belongs to the pass in which its file was written, two seconds before its name at most', async () => {
    expect(await placed(dump('02:50:00', '00:50:04'))).toEqual(['00:50:00 ±60']);
    expect(await placed(dump('02:50:00', '01:50:04'))).toEqual(['01:50:00 ±60']);
    expect(await placed(dump('02:50:00', '00:49:58'))).toEqual(['00:50:00 ±60']);
    expect(await placed(dump('02:50:00', '00:49:57'))).toEqual(['01:50:00 ±3660']);
  });

  it('may take a quarter of an hour to be written', async () => {
    expect(await placed(dump('02:10:00', '00:25:00'))).toEqual(['00:10:00 ±60']);
    expect(await placed(dump('02:10:00', '00:25:01'))).toEqual(['01:10:00 ±3660']);
  });

  it('is off by an hour where only a copy is left, or no time of the file', async () => {
    expect(await placed(dump('02:50:00', '09:00:00'))).toEqual(['01:50:00 ±3660']);
    expect(await placed(dump('02:50:00', null))).toEqual(['01:50:00 ±3660']);
  });

  it('is put in order with those of the other pass', async () => {
    const files = [dump('02:10:00', '01:10:03', 4), dump('02:50:00', '00:50:03'), dump('02:20:00', '01:20:03', 5)];
    expect(await placed(...files)).toEqual(['00:50:00 ±60', '01:10:00 ±60', '01:20:00 ±60']);
  });
});

describe('a series whose last table the file’s own time dates', () => {
  const series = (...clocks: readonly string[]): string =>
    clocks
      .map((clock, index) =>
        netstat(clock, [...LISTENERS, ...connections('TIME_WAIT', 50_000, 3 + index)]).replace(
          '2026-03-03',
          '2026-10-25',
        ),
      )
      .join('\r\n');
  const written = (text: string, utc: string): EvidenceFile =>
    watchedFile('netstat.txt', text, { modifiedMs: Date.parse(`2026-10-25T${utc}Z`) });

  it('has none that is later', async () => {
    const text = series('02:10:00', '02:50:00');
    expect(await placed(written(text, '00:50:02'))).toEqual(['00:10:00 ±2', '00:50:00 ±2']);
    expect(await placed(written(text, '01:50:02'))).toEqual(['01:10:00 ±3602', '01:50:00 ±2']);
  });
});

describe('a table with a time that is none', () => {
  it('is dated by its file’s name, and the time is a problem', async () => {
    const text = tcpCsv('09:00:00', LISTENERS).replaceAll('2026-03-03T09:00:00Z', '9999-12-31T23:59:59Z');
    const { planned } = await captureOf([watchedFile('2026-03-03_09-15-00.csv', text)], { timezone: '+00:00' });
    expect(planned.map(({ atMs, timeSource }) => [new Date(atMs ?? NaN).toISOString(), timeSource])).toEqual([
      ['2026-03-03T09:15:00.000Z', 'file-name'],
    ]);
    expect(planned[0]?.file.problems.report().map(({ code }) => code)).toEqual(['bad-time']);
  });
});
