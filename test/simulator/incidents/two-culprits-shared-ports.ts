import { label, type CaptureFile, type Incident } from '../incident.js';
import {
  DEFAULT_RANGE,
  groupPolicyRefresh,
  ordinaryClients,
  ordinaryListeners,
  ordinaryProcesses,
  ordinaryUdp,
  secureChannel,
} from '../ordinary-server.js';
import type { ClientSpec, ProcessSpec, Scenario } from '../scenario.js';
import { systemLog } from '../system-log.js';
import { encodeText } from '../writers/encode.js';
import type { HostClock } from '../writers/host-clock.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { netstatSeries } from '../writers/netstat.js';
import { tasklistTable } from '../writers/process-list.js';
import { caller } from './clients.js';

const clock: HostClock = { culture: 'en-GB', standardMinutes: 0, zoneName: 'GMT Standard Time' };

const orders: ProcessSpec = { image: 'Contoso.Orders.exe', user: 'CONTOSO\\svc-orders', pid: 5120, endsSeconds: 1_500 };
const stock: ProcessSpec = { image: 'Fabrikam.Stock.exe', user: 'CONTOSO\\svc-stock', pid: 6044, endsSeconds: 1_560 };

/** A nightly load of one program: it begins within four minutes, one connection for each article. */
function load(name: string, process: ProcessSpec, perSecond: number, address: string, port: number): ClientSpec {
  const rate = [
    [0, 1],
    [600, 1],
    [840, perSecond],
  ] as const;
  return caller(name, process, rate, [{ address, port }], { lifetime: { kind: 'exponential', meanSeconds: 0.3 } });
}

function scenario(): Scenario {
  const own = ordinaryProcesses();
  return {
    host: {
      name: 'APP14',
      ipv4: '10.20.4.14',
      // Thursday 5 March 2026, 01:00 UTC.
      startMs: Date.UTC(2026, 2, 5, 1, 0, 0),
      bootSeconds: -9 * 86_400,
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 120 },
    },
    seconds: 2_200,
    clients: [
      ...ordinaryClients(own, 0.4),
      { ...secureChannel(own, 50), symptom: { kind: 'netlogon-5719', throttleSeconds: 200 } },
      groupPolicyRefresh(own),
      load('orders', orders, 126, '10.20.7.41', 8_443),
      load('stock', stock, 54, '10.20.7.42', 1_433),
    ],
    listeners: ordinaryListeners('10.20.4.14', own),
    udp: ordinaryUdp(own, '10.20.4.14'),
    snapshotSeconds: [590, 710, 800, 1_100, 2_000],
    log: { throttleSeconds: 900 },
  };
}

export const twoCulpritsSharedPorts: Incident = {
  id: 'two-culprits-shared-ports',
  story:
    'Two nightly loads call one server each, 70 : 30; neither would fill the pool, and in the full one Windows lends the ports of each to the other.',
  make: (seed) =>
    label(
      scenario(),
      seed,
      'time-wait-churn',
      {
        mechanisms: ['time-wait-churn'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['shown'],
        culprit: 'Contoso.Orders.exe',
        contributingProcesses: ['Fabrikam.Stock.exe'],
        destination: '10.20.7.41:8443',
        settingsHelp: ['yes'],
      },
      (outcome) => {
        const { snapshots } = outcome;
        const first = snapshots[0];
        const files: CaptureFile[] = [
          { name: 'System.xml', bytes: systemLog(outcome, seed, { clock, style: 'event-viewer', perHour: 3 }) },
          { name: 'netstat.txt', bytes: encodeText(netstatSeries(snapshots, '-ano', clock), 'cp850') },
          { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp'), 'cp850') },
          ...(first === undefined ? [] : [{ name: 'tasklist.txt', bytes: encodeText(tasklistTable(first), 'cp850') }]),
        ];
        const shown = snapshots.map((snapshot) => ({ file: 'netstat.txt', kind: 'without-bound' as const, snapshot }));
        return { files, shown, datagrams: shown };
      },
    ),
};
