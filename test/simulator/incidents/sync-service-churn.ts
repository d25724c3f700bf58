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
import type { ProcessSpec, Scenario } from '../scenario.js';
import { systemLog } from '../system-log.js';
import { encodeText } from '../writers/encode.js';
import type { HostClock } from '../writers/host-clock.js';
import { netshDynamicPort, netshExcludedPortRange } from '../writers/netsh.js';
import { netstatSeries } from '../writers/netstat.js';
import { tasklistTable } from '../writers/process-list.js';

const clock: HostClock = { culture: 'en-US', standardMinutes: 60, zoneName: 'Romance Standard Time' };

function scenario(): Scenario {
  const own = ordinaryProcesses();
  const sync: ProcessSpec = {
    image: 'Contoso.Sync.exe',
    services: ['ContosoSync'],
    user: 'CONTOSO\\svc-sync',
    pid: 4312,
    endsSeconds: 1_260,
  };
  return {
    host: {
      name: 'APP02',
      ipv4: '10.20.4.12',
      // Tuesday 3 March 2026, 09:00 UTC.
      startMs: Date.UTC(2026, 2, 3, 9, 0, 0),
      bootSeconds: -6 * 86_400,
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 120 },
    },
    seconds: 3_000,
    clients: [
      ...ordinaryClients(own, 0.4),
      { ...secureChannel(own, 50), symptom: { kind: 'netlogon-5719', throttleSeconds: 200 } },
      groupPolicyRefresh(own),
      {
        name: 'sync',
        process: sync,
        rate: [
          [0, 2],
          [660, 2],
          [900, 205],
        ],
        lifetime: { kind: 'exponential', meanSeconds: 0.25 },
        destinations: [{ address: '10.20.7.31', port: 1_433 }],
        allocation: 'implicit-connect',
        ending: 'we-close',
      },
    ],
    listeners: ordinaryListeners('10.20.4.12', own),
    udp: ordinaryUdp(own, '10.20.4.12'),
    // Every minute around the moment the pool is full, once more after the service was stopped.
    snapshotSeconds: [640, 700, 760, 820, 880, 2_440],
    log: { throttleSeconds: 900 },
  };
}

export const syncServiceChurn: Incident = {
  id: 'sync-service-churn',
  story:
    'A service that opens one SQL connection for every record ramps up to about 200 a second against one server and fills the pool with TIME_WAIT.',
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
        culprit: 'Contoso.Sync.exe',
        destination: '10.20.7.31:1433',
        settingsHelp: ['yes'],
      },
      (outcome) => {
        const { snapshots } = outcome;
        const first = snapshots[0];
        const files: CaptureFile[] = [
          { name: 'System.xml', bytes: systemLog(outcome, seed, { clock, style: 'event-viewer', perHour: 3 }) },
          { name: 'netstat.txt', bytes: encodeText(netstatSeries(snapshots, '-ano', clock), 'cp850') },
          { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp'), 'cp850') },
          {
            name: 'excluded.txt',
            bytes: encodeText(netshExcludedPortRange([{ first: 5_985, last: 5_985 }], 'tcp'), 'cp850'),
          },
          ...(first === undefined ? [] : [{ name: 'tasklist.txt', bytes: encodeText(tasklistTable(first), 'cp850') }]),
        ];
        const shown = snapshots.map((snapshot) => ({
          file: 'netstat.txt',
          kind: 'without-bound' as const,
          snapshot,
        }));
        return { files, shown, datagrams: shown };
      },
    ),
};
