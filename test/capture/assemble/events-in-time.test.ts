import { describe, expect, it } from 'vitest';
import { connections, hostOf, HOST, LISTENERS, netstat, reportOf, systemLog } from '../../support/capture.js';

const UNKNOWN_ZONE = 14 * 3600;

/** What Event Viewer copies of an event. */
function copied(date: string, id = 4231, host = HOST): string {
  const values = ['None', 'Warning', 'Classic', 'N/A', host].map(
    (value, at) => `Label ${'abcde'.charAt(at)}: ${value}`,
  );
  return ['Log Name: System', 'Source: Tcpip', `Date: ${date}`, `Event ID: ${String(id)}`, ...values, 'Text:', ''].join(
    '\r\n',
  );
}

/** A table of Get-EventLog. */
function eventLog(...rows: readonly string[]): string {
  const head = [
    '   Index Time          EntryType   Source                 InstanceID Message',
    '   ----- ----          ---------   ------                 ---------- -------',
  ];
  const lines = rows.map(
    (time, at) => `   ${String(15_000 - at)} ${time}  Warning     Tcpip                  2147487879 A request`,
  );
  return ['', ...head, ...lines, ''].join('\r\n');
}

async function eventsOf(
  files: Readonly<Record<string, string>>,
  timezone: string | null = null,
): Promise<(readonly [string, number, number])[]> {
  const { events } = await hostOf(files, { timezone });
  return events
    .filter(({ role }) => role === 'onset')
    .map(({ at, count, clockErrorSeconds }) => [at, count, clockErrorSeconds ?? 0] as const);
}

describe('an event in words', () => {
  it('is of no known zone, and its time may be off by any; the file says so', async () => {
    const { inputs, hosts } = await reportOf({ 'a.txt': copied('2026-03-03 10:00:00') }, { timezone: null });
    expect(hosts[0]?.events[0]).toMatchObject({ at: '2026-03-03T10:00:00Z', clockErrorSeconds: UNKNOWN_ZONE + 1 });
    expect(inputs[0]).toMatchObject({
      hosts: [HOST],
      records: 1,
      from: '2026-03-03T10:00:00Z',
      timeSource: 'in-file',
      clockErrorSeconds: UNKNOWN_ZONE + 1,
    });
    expect(inputs[0]?.problems.map(({ code }) => code)).toEqual(['log-extent-unseen', 'unknown-zone']);
  });
  it('is in the zone that --timezone names', async () => {
    expect(await eventsOf({ 'a.txt': copied('2026-03-03 10:00:00') }, '+01:00')).toEqual([
      ['2026-03-03T09:00:00Z', 1, 1],
    ]);
  });
  it('is in UTC where it says so', async () => {
    expect(await eventsOf({ 'a.txt': copied('2026-03-03T10:00:00.123Z') })).toEqual([
      ['2026-03-03T10:00:00.123Z', 1, 1],
    ]);
  });
  it('is tied to UTC by the same event in a log, which counts once, and ties the others of its text but for summer time', async () => {
    const files = {
      'System.xml': systemLog([{ time: '09:00:00', id: 4231 }]),
      'a.txt': copied('2026-03-03 14:30:00') + copied('2026-03-03 15:30:00', 4227),
    };
    expect(await eventsOf(files)).toEqual([
      ['2026-03-03T09:00:00Z', 1, 0],
      ['2026-03-03T10:00:00Z', 1, 3601],
    ]);
  });
  it('is not tied by an event at another second', async () => {
    const files = {
      'System.xml': systemLog([{ time: '09:00:00', id: 4231 }]),
      'a.txt': copied('2026-03-03 14:30:07'),
    };
    expect(await eventsOf(files)).toEqual([
      ['2026-03-03T09:00:00Z', 1, 0],
      ['2026-03-03T14:30:07Z', 1, UNKNOWN_ZONE + 1],
    ]);
  });
  it('counts once where several texts tell it, and twice where one text does', async () => {
    const once = copied('2026-03-03 10:00:00');
    expect(await eventsOf({ 'a.txt': once, 'b.txt': `${once}\r\nand\r\n${once}${once}` }, '+00:00')).toEqual([
      ['2026-03-03T10:00:00Z', 3, 1],
    ]);
    expect(await eventsOf({ 'a.txt': once, 'b.txt': eventLog('Mar 03 10:00') }, '+00:00')).toEqual([
      ['2026-03-03T10:00:00Z', 1, 1],
    ]);
  });
  it('has the year nearest to the rest of the evidence and not after all of it, and is known to the minute', async () => {
    const table = { 'netstat.txt': netstat('10:00:00', LISTENERS).replace('2026-03-03', '2025-01-02') };
    expect(await eventsOf({ ...table, 'e.txt': eventLog('Jan 01 10:00', 'Dez 30 10:00') }, '+00:00')).toEqual([
      ['2024-12-30T10:00:00Z', 1, 60],
      ['2025-01-01T10:00:00Z', 1, 60],
    ]);
  });
  it('belongs to the only host where it names none', async () => {
    const files = { 'System.xml': systemLog([]), 'e.txt': eventLog('Mar 03 10:00') };
    expect((await reportOf(files)).hosts.map(({ host }) => host)).toEqual([HOST]);
  });
});

describe('a text of events', () => {
  const TABLE = [...LISTENERS, ...connections('TIME_WAIT', 49_152, 16_000), ...connections('ESTABLISHED', 65_200, 100)];

  it('of no known zone is set against no table: neither how far apart they are is told, nor is anything sure', async () => {
    const files = {
      'netstat.txt': `host ${HOST}\r\n${netstat('10:00:30', TABLE)}`,
      'a.txt': copied('2026-03-03 10:00:00', 4227),
    };
    const facts = async (timezone: string | null) => {
      const { verdict, ledger } = await hostOf(files, { timezone });
      return [verdict.mechanism, verdict.confidence, ledger[0]?.secondsFromOnset];
    };
    expect(await facts('+00:00')).toEqual(['time-wait-churn', 'high', 30]);
    expect(await facts(null)).toEqual(['time-wait-churn', 'medium', null]);
  });
  it('covers nothing, so that no calm rests on it', async () => {
    const calm = copied('2026-03-03 10:00:00', 6005).replace('Tcpip', 'EventLog');
    const { verdict, coverage, missingEvidence } = await hostOf({ 'a.txt': calm });
    expect([verdict.mechanism, coverage]).toEqual(['undetermined', []]);
    expect(missingEvidence.map(({ what }) => what.id)).toContain('lacking.log');
  });
  it('that says nothing of interest is no evidence', async () => {
    const other = copied('2026-03-03 10:00:00', 7000).replace('Tcpip', 'Contoso');
    await expect(reportOf({ 'a.txt': other })).rejects.toThrow('no usable event');
  });
});
