import { expect, it } from 'vitest';
import { readFixture } from '../csv/csv-reading.js';

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
