import type { HostReport } from '../../../src/model/report.js';
import { message, source, from, at, tcpPool, snapshot, hypotheses, host } from './build.js';

/** Nothing wrong, three full listings an hour apart. */
export function healthyHost(): HostReport {
  const ledger = [0, 600, 1200, 1800, 2400].map((seconds, index) =>
    snapshot({
      at: at(seconds),
      file: `tcp-${String(index)}.csv`,
      line: 3,
      established: 310 + index * 12,
      timeWait: 240 - index * 17,
      bound: 44,
      closeWait: 2,
    }),
  );
  return host({
    utcOffsetMinutes: null,
    hypotheses: hypotheses(
      {
        'time-wait-churn': {
          outcome: 'ruled-out',
          against: [
            {
              message: message('TIME_WAIT never held more than 1.5 % of the pool.'),
              ...from(source('tcp-0.csv', 3, '…')),
            },
          ],
        },
      },
      'ruled-out',
    ),
    pools: [{ ...tcpPool, peakInUse: 596, peakAt: at(0), peakUtilisation: 596 / 16379, rowsCountedNaively: 720 }],
    ledger,
    destinations: Array.from({ length: 6 }, (_, index) => ({
      remote: `198.51.100.${String(20 + index)}:443`,
      service: 'https',
      servedBy: null,
      ports: 6 - index,
      connections: 6 - index,
      timeWait: 0,
      connected: 6 - index,
      connectionsPerSecond: null,
      saturation: (6 - index) / 16379,
      ...from(source('tcp-0.csv', 3 + index, '…')),
    })),
    coverage: [{ file: 'System.xml', from: at(-90_000), to: at(2600), events: 12_211, gaps: [] }],
  });
}
