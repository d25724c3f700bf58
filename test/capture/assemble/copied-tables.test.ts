import { describe, expect, it } from 'vitest';
import type { EvidenceFile } from '../../../src/model/input.js';
import { connections, LISTENERS, netstat, systemLog, tcpCsv, type TableRow } from '../../support/capture.js';
import { captureOf, watchedFile } from '../../support/surveyed-capture.js';

const waiting = (count: number): TableRow[] => [...LISTENERS, ...connections('TIME_WAIT', 50_000, count)];
const CROWD = [...LISTENERS, ...connections('ESTABLISHED', 50_000, 40)];

/** Tables with a time of their own, a file each. */
function stamped(rows: readonly TableRow[], ...times: readonly string[]): EvidenceFile[] {
  return times.map((time) => watchedFile(`${time.replaceAll(':', '')}.csv`, tcpCsv(time, rows)));
}

/** The same bytes under names that tell the time. */
function named(rows: readonly TableRow[], ...days: readonly string[]): EvidenceFile[] {
  const text = netstat('', rows).replace(/^.*\r\n/, '');
  return days.map((day) => watchedFile(`netstat_${day}_09-00-00.txt`, text));
}

async function kept(files: readonly EvidenceFile[]): Promise<string[]> {
  const { planned } = await captureOf(files, { timezone: '+00:00' });
  return planned.map(({ file }) => file.file.path);
}

/** EventLog 6013 with an uptime of so many days. */
function upFor(days: number): EvidenceFile {
  const data = ['', '', '', '', String(days * 86_400), '60', '0 UTC'];
  return watchedFile('System.xml', systemLog([{ time: '06:20:00', id: 6013, provider: 'EventLog', data }]));
}

describe('a table with the very rows of an earlier one', () => {
  it('is a copy where at least twenty of them wait, and could not have waited so long', async () => {
    expect(await kept(stamped(waiting(20), '09:00:00', '09:05:05'))).toEqual(['090000.csv']);
    expect(await kept(stamped(waiting(20), '09:00:00', '09:05:04'))).toEqual(['090000.csv', '090504.csv']);
    expect(await kept(stamped(waiting(19), '09:00:00', '09:05:05'))).toEqual(['090000.csv', '090505.csv']);
  });

  it('is one of SYN_SENT, too, and said to be one', async () => {
    const files = stamped([...LISTENERS, ...connections('SYN_SENT', 50_000, 20)], '09:00:00', '10:00:00');
    expect(await kept(files)).toEqual(['090000.csv']);
    const { planned, plannedIn } = await captureOf(files, { timezone: '+00:00' });
    expect([planned.length, plannedIn.size]).toEqual([1, 1]);
  });

  it('is evidence on an idle host, and of a leak that stopped', async () => {
    expect(await kept(stamped(CROWD, '09:00:00', '10:00:00', '11:00:00'))).toHaveLength(3);
  });

  it('is evidence on a host that was up for so long that TIME_WAIT may never expire', async () => {
    const tables = stamped(waiting(40), '09:00:00', '10:00:00');
    expect(await kept([...tables, upFor(248)])).toHaveLength(2);
    expect(await kept([...tables, upFor(247)])).toHaveLength(1);
  });

  it('is the table itself where the other lies outside the log', async () => {
    const files = named(waiting(40), '2016-03-03', '2026-03-03', '2026-03-09');
    expect(await kept([...files, watchedFile('System.xml', systemLog([]))])).toEqual([
      'netstat_2026-03-03_09-00-00.txt',
    ]);
    expect(await kept(files)).toEqual(['netstat_2016-03-03_09-00-00.txt']);
  });
});

describe('a file with the very bytes of another one', () => {
  it('is a copy where its name puts it more than a month away, whatever it shows', async () => {
    expect(await kept(named(CROWD, '2026-01-01', '2026-02-01'))).toHaveLength(2);
    expect(await kept(named(CROWD, '2026-01-01', '2026-02-02'))).toHaveLength(1);
  });
});
