import { expect, it } from 'vitest';
import { bound, connections, hostOf, LISTENERS, netshRange, netstat, systemLog, TASKS } from '../../support/capture.js';

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

it('the report is about the worse of them, and each has its own sentence and culprits', async () => {
  const host = await hostOf(files);
  const { incident, mechanism, summary, confidence } = host.verdict;
  expect({ mechanism, confidence, summary }).toEqual({
    mechanism: host.incidents[incident ?? 0]?.mechanism,
    confidence: host.incidents[incident ?? 0]?.confidence,
    summary: host.incidents[incident ?? 0]?.summary,
  });
  expect(host.incidents.map((one) => one.summary.id)).toEqual(['verdict.time-wait-churn', 'verdict.bound-leak']);
  expect(host.incidents.map(({ atFault }) => atFault)).toEqual([[], ['FabrikamAgent.exe (PID 3120)']]);
  // What ran out that evening, not what waited in the morning; the ledger is of the whole day.
  const atFault = host.consumers.filter((consumer) => consumer.atFault === 'yes').map(({ process }) => process);
  expect(mechanism === 'bound-leak' ? atFault : ['FabrikamAgent.exe']).toEqual(['FabrikamAgent.exe']);
  expect(host.ledger.filter(({ poolId }) => poolId === 'tcp')).toHaveLength(3);
});
