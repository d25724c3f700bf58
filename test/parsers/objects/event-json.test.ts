import { describe, expect, it } from 'vitest';
import { readFixture } from '../csv/csv-reading.js';

async function eventsIn(name: string, chunkBytes?: number): Promise<readonly string[]> {
  const { formats, events = [], problems } = await readFixture(`event-json/${name}`, chunkBytes);
  return [...formats, ...events, ...problems.map((problem) => `problem ${problem}`)];
}

describe('events as JSON', () => {
  it('of Get-WinEvent are those of the log, for they have a record number and an instant', async () => {
    expect(await eventsIn('get-winevent.json')).toEqual([
      'event-json',
      '3 Tcpip 4227 logged 2026-03-02T09:15:00.000Z on RDSH01.contoso.example, System record 500',
      '3 4227 matters',
      '19 Tcpip 4231 logged 2026-03-02T09:15:30.000Z on RDSH01.contoso.example, System record 501',
      '19 4231 matters',
    ]);
  });
  it('of evtx_dump are found in what the XML was turned into', async () => {
    expect(await eventsIn('evtx-dump.jsonl')).toEqual([
      'event-json',
      '1 Tcpip 4227 logged 2026-03-02T09:15:00.000Z on RDSH01.contoso.example, System record 5',
      '1 4227 matters',
      '2 Tcpip 4266 logged 2026-03-02T09:25:10.500Z on RDSH01.contoso.example, System record 6',
      '2 4266 matters',
    ]);
  });
  it('of winlogbeat are found by its names, one level down', async () => {
    expect(await eventsIn('winlogbeat.json')).toEqual([
      'event-json',
      '1 Tcpip 4227 logged 2026-03-02T09:15:00.000Z on RDSH01.contoso.example, System record 502',
      '1 4227 matters',
    ]);
  });
  it('of Splunk are found in what wraps them', async () => {
    expect(await eventsIn('splunk.json')).toEqual([
      'event-json',
      '1 Tcpip 4231 logged 2026-03-02T09:15:00.000Z on RDSH01.contoso.example, System record 503',
      '1 4231 matters',
    ]);
  });
  it('may stand as XML in a string', async () => {
    expect(await eventsIn('xml-in-a-string.json')).toEqual([
      'event-json',
      '1 Tcpip 4231 logged 2026-03-02T10:00:00.000Z on RDSH01, System record 504',
      '1 4231 matters',
    ]);
  });
  it('read the same wherever chunks end', async () => {
    const whole = await eventsIn('get-winevent.json');
    for (const chunkBytes of [1, 7, 4096]) expect(await eventsIn('get-winevent.json', chunkBytes)).toEqual(whole);
  });
});
