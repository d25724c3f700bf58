import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { readBytes, readFixture } from '../csv/csv-reading.js';

it('events that Export-Clixml wrote are those of the log', async () => {
  const { formats, events, problems } = await readFixture('event-clixml/get-winevent.xml');
  expect([...formats, ...(events ?? []), ...problems]).toEqual([
    'event-clixml',
    '2 Tcpip 4227 logged 2026-03-02T09:15:00.000Z on RDSH01.contoso.example, System record 500',
    '2 4227 matters',
    '3 Tcpip 4231 logged 2026-03-02T09:15:30.000Z on RDSH01.contoso.example, System record 501',
    '3 4231 matters',
  ]);
});

it.each(['event-clixml/get-winevent.xml', 'port-table-clixml/windows-powershell.xml'])(
  '%s reads the same without white space between its elements',
  async (path) => {
    const text = new TextDecoder('utf-16le').decode(readFileSync(`fixtures/parsers/${path}`));
    const onOneLine = await readBytes(new TextEncoder().encode(text.replace(/>\s+</g, '><')));
    const whole = await readFixture(path);
    const plain = (told: readonly string[] = []): string[] => told.map((one) => one.replace(/^(\d+: )?\d+ /, '$1'));
    expect([plain(onOneLine.events), plain(onOneLine.rows), onOneLine.problems]).toEqual([
      plain(whole.events),
      plain(whole.rows),
      [],
    ]);
  },
);
