import { expect, it } from 'vitest';
import { readFixture, stampText } from '../csv/csv-reading.js';

it('processes as JSON have their image, command line and start', async () => {
  const { formats, processes, problems } = await readFixture('process-json/win32-process.json');
  const told = processes.map(({ pid, image, commandLine, startedAt }) =>
    [pid, image, commandLine, startedAt === null ? 'unknown' : stampText(startedAt)].join(' '),
  );
  expect([...formats, ...told, ...problems]).toEqual([
    'process-json',
    '4312 Contoso.Sync.exe "C:\\Contoso\\Contoso.Sync.exe" --all 2026-03-02T05:40:00Z',
    '1020 svchost.exe  unknown',
  ]);
});
