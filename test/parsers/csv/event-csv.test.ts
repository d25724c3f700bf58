import { describe, expect, it } from 'vitest';
import { readFixture } from './csv-reading.js';

const HOST = 'on RDSH01.contoso.example';

async function eventsIn(name: string): Promise<readonly string[]> {
  const { formats, events = [], problems } = await readFixture(`event-csv/${name}`);
  expect(formats).toEqual(['event-csv']);
  return [...events, ...problems.map((problem) => `problem ${problem}`)];
}

describe('what Event Viewer saves as CSV', () => {
  it('has a title fewer than fields and messages over several lines, some of them with as many commas as a row', async () => {
    expect(await eventsIn('event-viewer.csv')).toEqual([
      '2 Tcpip 4231 at 2026-03-02T10:41:12 on no host',
      '3 Service Control Manager 7036 at 2026-03-02T10:02:00 on no host',
      '6 Tcpip 4227 at 2026-03-02T09:58:03 on no host',
    ]);
  });
  it.each([
    ['event-viewer-german.csv', '2 Tcpip 4231 at 2026-03-02T10:41:12 on no host'],
    ['event-viewer-own-columns.csv', '2 Tcpip 4227 at 2026-03-02T10:41:12 on no host'],
    [
      'event-viewer-tabs.txt',
      '2 Tcpip 4231 at 2026-03-02T10:41:12 on no host',
      '5 Tcpip 4227 at 2026-03-02T09:58:03 on no host',
    ],
  ])('is found by its values in any language, any order, and with tabs: %s', async (name, ...events) => {
    expect(await eventsIn(name)).toEqual(events);
  });
});

it('is found when Excel has saved it again, without seconds and with a column for the message', async () => {
  expect(await eventsIn('event-viewer-resaved.csv')).toEqual([
    '2 Tcpip 4231 at 2026-02-03T10:41:00|2026-03-02T10:41:00 by the minute on no host',
    '3 Tcpip 4227 at 2026-02-03T09:58:00|2026-03-02T09:58:00 by the minute on no host',
  ]);
});

describe('what PowerShell exports of events', () => {
  it('is read of Get-WinEvent', async () => {
    expect(await eventsIn('get-winevent.csv')).toEqual([
      `3 Tcpip 4231 at 2026-03-02T10:41:12 ${HOST}, System record 14996`,
      `4 Service Control Manager 7036 at 2026-03-02T10:02:00 ${HOST}, System record 14990`,
    ]);
  });
  it('is read of Get-EventLog, by its whole codes where nothing else has the id', async () => {
    expect(await eventsIn('get-eventlog.csv')).toEqual([`2 Tcpip 4227 at 2026-03-02T09:58:03 ${HOST}, record 14870`]);
    expect(await eventsIn('instance-ids.csv')).toEqual([
      '2 Tcpip 4227 at 2026-03-02T09:58:03 on no host',
      '3 Tcpip 4231 at 2026-03-02T09:59:03 on no host',
      '4 Tcpip 4266 at 2026-03-02T09:59:09 on no host',
    ]);
  });
  it.each(['xml-in-a-column.csv', 'xml-alone.csv'])('is read as XML where a column holds it: %s', async (name) => {
    const [header, event] = await eventsIn(name);
    expect([header, event]).toEqual([
      `2 Tcpip 4231 logged 2026-03-02T09:41:12.611Z ${HOST}, System record 14996`,
      '2 4231 matters',
    ]);
  });
});

describe('what other tools export of logs', () => {
  it('is as good as the log where it numbers records and has times in UTC: EvtxECmd, without a mark', async () => {
    expect(await eventsIn('evtxecmd.csv')).toEqual([
      `2 Tcpip 4231 logged 2026-03-02T09:41:12.611Z ${HOST}, System record 14996`,
      '2 4231 matters',
      `3 Service Control Manager 7000 logged 2026-03-02T09:41:20.000Z ${HOST}, System record 14997`,
    ]);
  });
  it.each([
    [
      'splunk.csv',
      `2 Tcpip 4231 logged 2026-03-02T09:41:12.000Z ${HOST}, System record 14996`,
      '2 4231 matters',
      `3 Tcpip 4227 at 2026-03-02T09:58:03Z ${HOST}, System`,
    ],
    [
      'winlogbeat.csv',
      `2 Tcpip 4231 at 2026-03-02T10:41:12.611 ${HOST}, System record 14996`,
      `3 Tcpip 4227 logged 2026-03-02T09:58:03.123Z ${HOST}, System record 14870`,
      '3 4227 matters',
    ],
    ['splunk-raw.csv', `2 Tcpip 4231 logged 2026-03-02T09:41:12.000Z ${HOST}, System record 14996`, '2 4231 matters'],
    ['nxlog.csv', `2 Tcpip 4231 at 2026-03-02T10:41:12 ${HOST}, System record 14996`],
    ['azure-monitor.csv', `2 Tcpip 4231 at 2026-03-02T09:41:12.611Z ${HOST}, System`],
  ])('is read by the names each gives its fields: %s', async (name, ...events) => {
    expect(await eventsIn(name)).toEqual(events);
  });
});
