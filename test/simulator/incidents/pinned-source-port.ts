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
import type { HostClock } from '../writers/host-clock.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { netstatSeries } from '../writers/netstat.js';
import { tasklistTable } from '../writers/process-list.js';

const clock: HostClock = { culture: 'en-GB', standardMinutes: 0, zoneName: 'GMT Standard Time' };

function scenario(): Scenario {
  const own = ordinaryProcesses();
  const gateway: ProcessSpec = { image: 'PlcGateway.exe', services: ['PlcGateway'], pid: 2216 };
  return {
    host: {
      name: 'SCADA01',
      ipv4: '10.50.1.4',
      startMs: Date.UTC(2026, 1, 17, 13, 0, 0),
      bootSeconds: -40 * 86_400,
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 120 },
    },
    seconds: 5_400,
    clients: [
      ...ordinaryClients(own, 0.2),
      {
        name: 'plc',
        process: gateway,
        rate: constantRate(1 / 30),
        regular: true,
        lifetime: { kind: 'constant', seconds: 8 },
        destinations: [{ address: '10.50.9.21', port: 102 }],
        // The controller's firewall lets only this source port through.
        allocation: 2_101,
        ending: 'we-close',
      },
    ],
    listeners: ordinaryListeners('10.50.1.4', own),
    udp: ordinaryUdp(own, '10.50.1.4'),
    snapshotSeconds: Array.from({ length: 8 }, (_, index) => 1_235 + index * 310),
    log: { throttleSeconds: 1_200 },
  };
}

export const pinnedSourcePort: Incident = {
  id: 'pinned-source-port',
  story:
    'A gateway opens the same connection from the same source port before its TIME_WAIT is over: 4227 with an almost empty pool.',
  make: (seed) =>
    label(
      scenario(),
      seed,
      'endpoint-collision',
      {
        mechanisms: ['endpoint-collision'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['refuted'],
        culprit: 'PlcGateway.exe',
        destination: '10.50.9.21:102',
        settingsHelp: ['no'],
      },
      (outcome) => {
        const { snapshots } = outcome;
        const first = snapshots[0];
        const shown = snapshots.map((snapshot) => ({ file: 'netstat.txt', kind: 'without-bound' as const, snapshot }));
        return {
          files: [
            { name: 'System.xml', bytes: systemLog(outcome, seed, { clock, style: 'wevtutil-root' }) },
            { name: 'netstat.txt', bytes: encodeText(netstatSeries(snapshots, '-ano', clock), 'cp850') },
            { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp'), 'cp850') },
            ...(first === undefined
              ? []
              : [{ name: 'tasklist.txt', bytes: encodeText(tasklistTable(first), 'cp850') }]),
          ],
          shown,
          datagrams: shown,
        };
      },
    ),
};
