import { describe, expect, it } from 'vitest';
import { readFixture, readLines } from './console-recording.js';

const TABLE = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    10.0.0.5:50101         192.0.2.9:1433         ESTABLISHED     4312
`;
const HOST = 'on RDSH01.contoso.example, System';

describe('what Event Viewer copies as text', () => {
  it('is an event by the order of its lines, also where lines are left out and prose stands between', () => {
    expect(readFixture('event-text/event-viewer-copies.txt')).toEqual([
      'event-text',
      'is Event Viewer',
      `1 Tcpip 4231 at 2026-03-02T10:41:12 ${HOST}`,
      `15 Tcpip 4227 at 2026-03-02T09:41:12 ${HOST}`,
    ]);
  });
  it('is read where a mail quotes it with a blank line after each, and where nothing follows the id', () => {
    expect(readFixture('event-text/event-viewer-in-a-mail.txt')).toEqual([
      'event-text',
      'is Event Viewer',
      `3 Tcpip 4231 at 2026-03-02T10:41:12 ${HOST}`,
      '27 Microsoft-Windows-TCPIP 4227 at 2026-03-02T10:41:13 on no host, System',
    ]);
  });
  it.each([
    ['german', [`1 Tcpip 4231 at 2026-03-02T10:41:12 ${HOST}`]],
    ['french', ['is fr', `1 Tcpip 4231 at 2026-02-03T10:41:12|2026-03-02T10:41:12 ${HOST}`]],
    ['chinese', ['is zh', `1 Tcpip 4227 at 2026-03-02T10:41:12 ${HOST}`]],
  ])('is read in any language: %s', (language, events) => {
    expect(readFixture(`event-text/event-viewer-${language}.txt`)).toEqual([
      'event-text',
      'is Event Viewer',
      ...events,
    ]);
  });
});

it('a number below a date is no event where no log and no provider that writes such a one stands above', () => {
  const above = ['Server: APP02', 'Time: 2026-03-02 10:15:00', 'Sessions: 4312', TABLE].join('\r\n');
  const lines = readLines('event-text', new TextEncoder().encode(above));
  expect(lines.filter((line) => line.includes(' at '))).toEqual([]);
});

it('the date of an event is not that of a table below it', () => {
  const text = ['Source: Tcpip', 'Date: 3/2/2026 10:41:12 AM', 'Event ID: 4231', '', TABLE].join('\r\n');
  const lines = readLines('event-text', new TextEncoder().encode(text));
  expect(lines.slice(0, 2)).toEqual(['is Event Viewer', '1 Tcpip 4231 at 2026-03-02T10:41:12 on no host']);
  expect(lines).toContain('9 snapshot undated cannot show bound');
});

describe('what wevtutil prints as text', () => {
  it('has times in UTC where they end in Z, stray NULs, and an event without a date that is told and left out', () => {
    expect(readFixture('event-text/wevtutil.txt')).toEqual([
      'event-text',
      'is wevtutil /f:text',
      `2 Tcpip 4231 at 2026-03-02T10:41:12.611 ${HOST}`,
      `17 Tcpip 4227 at 2026-03-02T09:58:03.123Z ${HOST}`,
      expect.stringMatching(/^32 problem bad-time «Log Name: System Source: Tcpip Date: 4231 {2}A request/),
    ]);
  });
});

describe('what PowerShell shows of events', () => {
  it('is a table below the name of its provider', () => {
    expect(readFixture('event-text/get-winevent-table.txt')).toEqual([
      'event-text',
      'is Format-Table',
      '8 Tcpip 4231 at 2026-03-02T10:41:12 on no host',
      '9 Tcpip 4227 at 2026-03-02T09:58:03 on no host',
      '16 EventLog 6013 at 2026-03-02T12:00:04 on no host, 433112',
    ]);
  });
  it('is a table of chosen columns, whose times have blanks and whose messages go on below', () => {
    expect(readFixture('event-text/chosen-columns.txt')).toEqual([
      'event-text',
      'is Format-Table',
      '4 Tcpip 4231 at 2026-03-02T10:41:12 on RDSH01.contoso.example',
      '5 Microsoft-Windows-DNS-Client 1014 at 2026-03-02T09:58:03 on RDSH01.contoso.example',
      '7 problem bad-time «heute  Tcpip  4231  RDSH01.contoso.example  Eine Anforderung»',
    ]);
  });
  it('is a table as narrow as its values, times a blank from the ids', () => {
    expect(readFixture('event-text/auto-size.txt')).toEqual([
      'event-text',
      'is Format-Table',
      '4 Tcpip 4231 at 2025-12-22T10:41:12 on RDSH01.contoso.example',
      '5 Microsoft-Windows-DNS-Client 1014 at 2025-12-22T09:58:03 on RDSH01.contoso.example',
      '6 User32 41 at 2025-12-22T09:57:03 on no host',
    ]);
  });
  it('is a table in letters as wide as two', () => {
    expect(readFixture('event-text/get-winevent-chinese.txt')).toEqual([
      'event-text',
      'is Format-Table',
      '6 Tcpip 4231 at 2026-03-02T10:41:12 on no host',
      '7 Tcpip 4227 at 2026-03-02T09:58:03 on no host',
    ]);
  });
  it('is a table of times and ids alone, which look like times', () => {
    const events = ['4231 at 2026-03-02T10:41:12', '4227 at 2026-03-02T09:58:03'];
    expect(readFixture('event-text/times-and-ids.txt')).toEqual([
      'event-text',
      'is Format-Table',
      ...events.map((event, at) => `${String(4 + at)} Tcpip ${event} on no host`),
      ...events.map((event, at) => `${String(12 + at)} Tcpip ${event} on no host`),
    ]);
  });
  it('has neither years nor seconds in a table of Get-EventLog, and names of months in any language', () => {
    expect(readFixture('event-text/get-eventlog-table.txt')).toEqual([
      'event-text',
      'is Format-Table',
      '5 Tcpip 4231 at month 3, day 2, minute 641 by the minute on no host, record 14996',
      '6 Tcpip 4227 at month 3, day 2, minute 598 by the minute on no host, record 14870',
      '7 Microsoft-Windows-DNS-Client 1014 at month 3, day 2, minute 598 by the minute on no host, record 14869',
      '8 Tcpip 4266 at month 12, day 30, minute 420 by the minute on no host, record 9204',
      '9 Tcpip 4227 at month 2, day 2, minute 0 by the day on no host, record 9203',
    ]);
  });
  it.each([
    ['get-eventlog-list', [', record 14996', ', record 14870'], [3, 18], []],
    [
      'get-winevent-list',
      ['', ''],
      [3, 9],
      ['14 NETLOGON 5719 at 2026-03-02T09:57:03 on no host', '22 Tcpip 4227 at 2026-03-02T09:56:03 on no host'],
    ],
  ])('is a list, also one that wraps its times or has blank lines in a message: %s', (name, records, lines, others) => {
    expect(readFixture(`event-text/${name}.txt`)).toEqual([
      'event-text',
      'is Format-List',
      `${String(lines[0])} Tcpip 4231 at 2026-03-02T10:41:12 on no host${String(records[0])}`,
      `${String(lines[1])} Tcpip 4227 at 2026-03-02T09:58:03 on no host${String(records[1])}`,
      ...others,
    ]);
  });
});
