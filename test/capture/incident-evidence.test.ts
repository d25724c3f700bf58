import { expect, it } from 'vitest';
import { bound, connections, hostOf, LISTENERS, netshRange, netstat, systemLog, TASKS } from '../support/capture.js';

/** The default pool full of TIME_WAIT in the morning, full of Bound ports in the evening. */
const files = {
  'netstat.txt': [
    netstat('08:00:01', [...LISTENERS, ...connections('TIME_WAIT', 49_152, 16_384)]),
    netstat('12:00:00', LISTENERS),
    netstat('20:00:01', [...LISTENERS, ...bound(49_152, 16_384)]),
  ].join('\r\n'),
  'netsh.txt': netshRange(),
  'tasklist.csv': TASKS,
  'System.xml': systemLog([
    { time: '08:00:00', id: 4227 },
    { time: '20:00:00', id: 4231 },
  ]),
};

it('each of two incidents a day apart has the mechanism that its own tables show', async () => {
  const host = await hostOf(files);
  expect(host.incidents.map(({ from, mechanism, endedBy }) => ({ from, mechanism, endedBy }))).toEqual([
    { from: '2026-03-03T08:00:00Z', mechanism: 'time-wait-churn', endedBy: 'free-ports' },
    { from: '2026-03-03T20:00:00Z', mechanism: 'bound-leak', endedBy: null },
  ]);
});
