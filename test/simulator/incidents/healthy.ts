import { label, type Incident } from '../incident.js';
import {
  DEFAULT_RANGE,
  ordinaryClients,
  ordinaryListeners,
  ordinaryProcesses,
  ordinaryUdp,
} from '../ordinary-server.js';
import { constantRate } from '../rate-curve.js';
import type { ProcessSpec, Scenario } from '../scenario.js';
import { systemLog } from '../system-log.js';
import { encodeText } from '../writers/encode.js';
import { stampWithOffset, type HostClock } from '../writers/host-clock.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { getProcessCsv } from '../writers/process-list.js';
import { tcpConnectionCsv } from '../writers/tcp-connection-csv.js';
import { udpEndpointCsv } from '../writers/udp-endpoint-csv.js';

const clock: HostClock = {
  culture: 'en-US',
  standardMinutes: 60,
  zoneName: 'Romance Standard Time',
  // Summer time of 2026 in central Europe.
  changes: [
    { fromMs: Date.UTC(2026, 2, 29, 1), offsetMinutes: 120 },
    { fromMs: Date.UTC(2026, 9, 25, 1), offsetMinutes: 60 },
  ],
};
const COLUMNS = [
  'Timestamp',
  'HostName',
  'Protocol',
  'State',
  'CreationTime',
  'LocalAddress',
  'LocalPort',
  'RemoteAddress',
  'RemotePort',
  'OwningProcess',
] as const;

function scenario(): Scenario {
  const own = ordinaryProcesses();
  const repository: ProcessSpec = { image: 'repository.exe', services: ['ContosoRepository'] };
  const engine: ProcessSpec = { image: 'engine.exe', services: ['ContosoEngine'] };
  return {
    host: {
      name: 'BI01',
      ipv4: '10.60.2.8',
      ipv6: '2001:db8:60::8',
      startMs: Date.UTC(2026, 5, 9, 20, 0, 0),
      bootSeconds: -9 * 86_400,
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 240 },
    },
    seconds: 4.2 * 3_600,
    clients: [
      ...ordinaryClients(own, 0.15),
      {
        name: 'engine sessions',
        process: engine,
        rate: constantRate(0.02),
        standing: 25,
        lifetime: { kind: 'exponential', meanSeconds: 900 },
        destinations: [{ address: '::1', port: 4_432 }],
        allocation: 'bind-first',
        ending: 'we-close',
        twin: 'same-family',
      },
      {
        name: 'engine calls',
        process: engine,
        rate: constantRate(0.1),
        lifetime: { kind: 'exponential', meanSeconds: 3 },
        destinations: [{ address: '10.60.2.8', port: 4_242 }],
        allocation: 'bind-first',
        ending: 'peer-closes',
        twin: 'other-family',
      },
    ],
    listeners: [
      ...ordinaryListeners('10.60.2.8', own),
      { process: repository, port: 4_432, address: 'both' },
      { process: repository, port: 4_242, address: 'both' },
    ],
    udp: ordinaryUdp(own, '10.60.2.8'),
    snapshotSeconds: Array.from({ length: 16 }, (_, index) => 600 + index * 900),
  };
}

export const healthy: Incident = {
  id: 'healthy',
  story:
    'A reporting server over four hours: every connection has its Bound twin, some in the other family, and nothing is wrong.',
  make: (seed) =>
    label(
      scenario(),
      seed,
      'none',
      {
        mechanisms: ['none'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['refuted'],
        culprit: null,
        destination: null,
        settingsHelp: ['not-needed'],
      },
      (outcome) => {
        const { host } = outcome.scenario;
        const shown = outcome.snapshots.map((snapshot) => ({
          file: `BI01_TcpConnections_${stampWithOffset(clock, snapshot.atMs)}.csv`,
          kind: 'full' as const,
          snapshot,
        }));
        const first = outcome.snapshots[0];
        return {
          files: [
            {
              name: 'System.xml',
              bytes: systemLog(outcome, seed, { clock, style: 'to-xml', perHour: 3, fractionDigits: 7 }),
            },
            ...shown.map(({ file, snapshot }) => ({
              name: file,
              bytes: encodeText(tcpConnectionCsv([snapshot], { clock, columns: COLUMNS, hostName: 'BI01' }), 'ascii'),
            })),
            {
              name: 'BI01_UdpConnections.csv',
              bytes: encodeText(udpEndpointCsv(outcome.snapshots, clock, 'BI01'), 'ascii'),
            },
            ...(first === undefined
              ? []
              : [
                  {
                    name: 'BI01_Processes.csv',
                    bytes: encodeText(getProcessCsv([first], clock, 'BI01', host.startMs), 'ascii'),
                  },
                ]),
            { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp'), 'cp850') },
          ],
          shown,
          datagrams: shown.map((one) => ({ ...one, file: 'BI01_UdpConnections.csv' })),
        };
      },
    ),
};
