import { label, type Incident } from '../incident.js';
import {
  DEFAULT_RANGE,
  ordinaryClients,
  ordinaryListeners,
  ordinaryProcesses,
  ordinaryUdp,
  secureChannel,
} from '../ordinary-server.js';
import { constantRate, ramp } from '../rate-curve.js';
import type { ClientSpec, ProcessSpec, Scenario } from '../scenario.js';
import { systemLog } from '../system-log.js';
import { encodeText } from '../writers/encode.js';
import type { HostClock } from '../writers/host-clock.js';
import { netshDynamicPort, netshExcludedPortRange } from '../writers/netsh.js';
import { netstatSeries } from '../writers/netstat.js';
import { tasklistServices } from '../writers/process-list.js';
import { caller } from './clients.js';

const clock: HostClock = { culture: 'de-DE', standardMinutes: 60, zoneName: 'W. Europe Standard Time' };
/** Set with a star on every such host. */
const HYPER_V: readonly [number, number] = [50_000, 50_059];
/** Reserved by the NAT of the containers since the last boot: 151 blocks of a hundred ports. */
const RESERVED = Array.from({ length: 151 }, (_, index): [number, number] => [
  50_060 + index * 100,
  50_159 + index * 100,
]);

function scenario(): Scenario {
  const own = ordinaryProcesses();
  const kubelet: ProcessSpec = { image: 'kubelet.exe', services: ['kubelet'], pid: 2_608 };
  const shipper: ProcessSpec = { image: 'LogShipper.exe', services: ['LogShipper'], pid: 5_144 };
  const probes: ClientSpec = {
    ...caller('probes', kubelet, constantRate(0.05), [{ address: '10.60.3.2', port: 6_443 }]),
    ending: 'peer-closes',
  };
  return {
    host: {
      name: 'NODE03',
      ipv4: '10.60.3.13',
      startMs: Date.UTC(2026, 1, 24, 6, 0, 0),
      bootSeconds: -7_200,
      range: DEFAULT_RANGE,
      exclusions: [HYPER_V, ...RESERVED],
      timeWaitSeconds: { ipv4: 120, ipv6: 120 },
    },
    seconds: 3_000,
    clients: [
      ...ordinaryClients(own, 0.3),
      secureChannel(own, 60),
      probes,
      caller('shipping', shipper, ramp(1, 14, 600, 1_200), [{ address: '10.60.8.40', port: 9_200 }]),
    ],
    listeners: [
      ...ordinaryListeners('10.60.3.13', own),
      { process: kubelet, port: 10_250, address: 'both' },
      { process: { image: 'containerd.exe', services: ['containerd'] }, port: 2_376, address: '127.0.0.1' },
    ],
    udp: ordinaryUdp(own, '10.60.3.13'),
    snapshotSeconds: [500, 900, 1_300, 1_700, 2_100],
    log: { throttleSeconds: 900 },
  };
}

export const containerHostEatenRange: Incident = {
  id: 'container-host-eaten-range',
  story:
    'On a container host the NAT has reserved nearly all of the dynamic range since the boot; a modest load finds no port any more.',
  make: (seed) =>
    label(
      scenario(),
      seed,
      'undersized-range',
      {
        mechanisms: ['undersized-range'],
        undeterminedIsHonest: false,
        highestConfidence: 'high',
        exhaustion: ['shown'],
        contributing: ['time-wait-churn'],
        culprit: null,
        innocent: ['LogShipper.exe', 'kubelet.exe'],
        destination: '10.60.8.40:9200',
        settingsHelp: ['yes'],
        advisedFirst: 'widen-dynamic-port-range',
        forbidden: ['net stop', 'delete excludedportrange'],
      },
      (outcome) => {
        const { snapshots } = outcome;
        const first = snapshots[0];
        const shown = snapshots.map((snapshot) => ({ file: 'netstat.txt', kind: 'full' as const, snapshot }));
        const excluded = [
          { first: HYPER_V[0], last: HYPER_V[1], administered: true },
          ...RESERVED.map(([from, last]) => ({ first: from, last })),
        ];
        return {
          files: [
            { name: 'System.xml', bytes: systemLog(outcome, seed, { clock, style: 'wevtutil' }) },
            { name: 'netstat.txt', bytes: encodeText(netstatSeries(snapshots, '-anoq', clock), 'cp850') },
            { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp', 'de'), 'cp850') },
            { name: 'excludedportrange.txt', bytes: encodeText(netshExcludedPortRange(excluded, 'tcp'), 'cp850') },
            ...(first === undefined
              ? []
              : [{ name: 'tasklist-svc.txt', bytes: encodeText(tasklistServices(first), 'cp850') }]),
          ],
          shown,
          datagrams: shown,
        };
      },
    ),
};
