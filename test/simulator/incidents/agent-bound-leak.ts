import { label, type Incident } from '../incident.js';
import {
  DEFAULT_RANGE,
  ordinaryClients,
  ordinaryListeners,
  ordinaryProcesses,
  ordinaryUdp,
  secureChannel,
} from '../ordinary-server.js';
import { constantRate } from '../rate-curve.js';
import type { ClientSpec, ProcessSpec, Scenario } from '../scenario.js';
import { systemLog } from '../system-log.js';
import { encodeText } from '../writers/encode.js';
import { stampWithOffset, type HostClock } from '../writers/host-clock.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { tasklistCsv } from '../writers/process-list.js';
import { tcpConnectionCsv } from '../writers/tcp-connection-csv.js';

const clock: HostClock = {
  culture: 'en-US',
  standardMinutes: -300,
  zoneName: 'Eastern Standard Time',
  // Two days before the incident the clock went forward.
  changes: [{ fromMs: Date.UTC(2026, 2, 8, 7), offsetMinutes: -240 }],
};
const COLUMNS = [
  'State',
  'LocalAddress',
  'LocalPort',
  'RemoteAddress',
  'RemotePort',
  'OwningProcess',
  'CreationTime',
] as const;

function scenario(): Scenario {
  const own = ordinaryProcesses();
  const agent: ProcessSpec = { image: 'FabrikamAgent.exe', services: ['FabrikamAgent'], pid: 3120 };
  const uplink: Omit<ClientSpec, 'name' | 'ending'> = {
    process: agent,
    rate: constantRate(0.05),
    lifetime: { kind: 'exponential', meanSeconds: 15 },
    destinations: [{ address: '10.30.8.20', port: 8_444 }],
    allocation: 'bind-first',
    twin: 'same-family',
  };
  return {
    host: {
      name: 'APP07',
      ipv4: '10.30.2.41',
      startMs: Date.UTC(2026, 2, 10, 1, 0, 0),
      bootSeconds: -3 * 86_400,
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 240 },
    },
    seconds: 12.2 * 3_600,
    clients: [
      ...ordinaryClients(own, 0.3),
      { ...secureChannel(own, 60), symptom: { kind: 'netlogon-5719', throttleSeconds: 900 } },
      { ...uplink, name: 'agent uplink', ending: 'we-close' },
      // One socket of the probe is never closed when the probe fails: 0.4 a second, 1,440 an hour.
      { ...uplink, name: 'agent probe', rate: constantRate(0.4), regular: true, ending: 'bound-for-ever' },
    ],
    listeners: ordinaryListeners('10.30.2.41', own),
    udp: ordinaryUdp(own, '10.30.2.41'),
    snapshotSeconds: [900, 1_800, 2_700, 3_600, 12 * 3_600],
    log: { throttleSeconds: 3_600 },
  };
}

export const agentBoundLeak: Incident = {
  id: 'agent-bound-leak',
  story:
    'An agent binds a port for every probe and forgets the socket when the probe fails; after half a day no port is left.',
  make: (seed) =>
    label(
      scenario(),
      seed,
      'bound-leak',
      {
        mechanisms: ['bound-leak'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['shown'],
        culprit: 'FabrikamAgent.exe',
        destination: null,
        settingsHelp: ['no'],
      },
      (outcome) => {
        const last = outcome.snapshots.at(-1);
        const shown = outcome.snapshots.map((snapshot) => ({
          file: `APP07_TcpConnections_${stampWithOffset(clock, snapshot.atMs)}.csv`,
          kind: 'full' as const,
          snapshot,
        }));
        return {
          files: [
            {
              name: 'System.xml',
              bytes: systemLog(outcome, seed, { clock, style: 'wevtutil', fromSeconds: -3.2 * 86_400 }),
            },
            ...shown.map(({ file, snapshot }) => ({
              name: file,
              bytes: encodeText(tcpConnectionCsv([snapshot], { clock, columns: COLUMNS }), 'ascii'),
            })),
            { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp'), 'cp850') },
            ...(last === undefined ? [] : [{ name: 'tasklist.csv', bytes: encodeText(tasklistCsv(last), 'utf-16le') }]),
          ],
          shown,
        };
      },
    ),
};
