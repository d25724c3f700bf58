import { label, type Incident } from '../incident.js';
import {
  DEFAULT_RANGE,
  FILE_SERVER,
  ordinaryClients,
  ordinaryListeners,
  ordinaryProcesses,
  ordinaryUdp,
  secureChannel,
} from '../ordinary-server.js';
import { burst, constantRate } from '../rate-curve.js';
import type { ProcessSpec, Scenario } from '../scenario.js';
import { systemLog } from '../system-log.js';
import { encodeText } from '../writers/encode.js';
import { fileNameTime, type HostClock } from '../writers/host-clock.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { tcpConnectionCsv } from '../writers/tcp-connection-csv.js';

const clock: HostClock = { culture: 'fr-FR', standardMinutes: 60, zoneName: 'Paris, Madrid' };

/** 08:00 UTC on Monday 2 March 2026: nine o'clock at RDSH01. */
const startMs = Date.UTC(2026, 2, 2, 8, 0, 0);

export function rdshScenario(): Scenario {
  const own = ordinaryProcesses();
  const listeners = ordinaryListeners('10.20.3.15', own);
  const inventory: ProcessSpec = {
    image: 'powershell.exe',
    user: 'CONTOSO\\svc-inventory',
    startedSeconds: 2_500,
    endsSeconds: 3_090,
  };
  const browsers: ProcessSpec = { image: 'msedge.exe', user: 'CONTOSO\\user', instances: 30 };
  return {
    host: {
      name: 'RDSH01',
      ipv4: '10.20.3.15',
      startMs,
      bootSeconds: -11 * 86_400,
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 120 },
    },
    seconds: 4_200,
    clients: [
      ...ordinaryClients(own, 0.5),
      { ...secureChannel(own, 40), symptom: { kind: 'netlogon-5719', throttleSeconds: 280 } },
      {
        name: 'browsers',
        process: browsers,
        rate: constantRate(1.2),
        lifetime: { kind: 'lognormal', medianSeconds: 12, sigma: 1 },
        destinations: Array.from({ length: 40 }, (_, index) => ({
          address: `203.0.113.${String(5 + index * 6)}`,
          port: 443,
        })),
        allocation: 'implicit-connect',
        ending: 'we-close',
      },
      {
        name: 'inventory script',
        process: inventory,
        rate: burst(0, 185, 2_520, 3_080),
        lifetime: { kind: 'exponential', meanSeconds: 0.3 },
        destinations: [{ address: FILE_SERVER, port: 8_443 }],
        allocation: 'implicit-connect',
        ending: 'we-close',
      },
    ],
    listeners,
    udp: ordinaryUdp(own, '10.20.3.15'),
    snapshotSeconds: [3_660],
    log: { throttleSeconds: 420, perProvider: true },
  };
}

export const rdshNoBufferSpace: Incident = {
  id: 'rdsh-no-buffer-space',
  story:
    'Connections fail for eight minutes on a French session host; ten minutes later somebody saves only the TIME_WAIT rows, about 200.',
  make: (seed) =>
    label(
      rdshScenario(),
      seed,
      'time-wait-churn',
      {
        mechanisms: ['undetermined'],
        undeterminedIsHonest: true,
        highestConfidence: 'medium',
        exhaustion: ['cannot-tell'],
        culprit: null,
        destination: null,
        settingsHelp: ['cannot-tell'],
      },
      (outcome) => {
        const log = systemLog(outcome, seed, { clock, style: 'event-viewer', fromSeconds: -40 * 3_600, perHour: 2 });
        const shown = outcome.snapshots.map((snapshot) => ({
          file: `RDSH01_TimeWait_${fileNameTime(clock, snapshot.atMs)}.csv`,
          kind: 'time-wait-only' as const,
          snapshot,
        }));
        const tables = shown.map(({ file, snapshot }) => ({
          name: file,
          bytes: encodeText(tcpConnectionCsv([snapshot], { clock, states: ['TimeWait'] }), 'ascii'),
        }));
        const netsh = encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp', 'fr'), 'cp850');
        return {
          files: [{ name: 'System.xml', bytes: log }, ...tables, { name: 'netsh-dynamicport.txt', bytes: netsh }],
          shown,
        };
      },
    ),
};
