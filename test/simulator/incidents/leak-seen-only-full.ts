import { label, type Incident } from '../incident.js';
import {
  ordinaryClients,
  ordinaryListeners,
  ordinaryProcesses,
  ordinaryUdp,
  secureChannel,
} from '../ordinary-server.js';
import { constantRate } from '../rate-curve.js';
import type { ProcessSpec, Scenario } from '../scenario.js';
import { systemLog } from '../system-log.js';
import { encodeText } from '../writers/encode.js';
import { fileNameTime, stampWithOffset, type HostClock } from '../writers/host-clock.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { netstat } from '../writers/netstat.js';
import { tasklistTable } from '../writers/process-list.js';
import { tcpConnectionCsv } from '../writers/tcp-connection-csv.js';

const clock: HostClock = { culture: 'en-GB', standardMinutes: 0, zoneName: 'GMT Standard Time' };
/** What the firewall lets out. */
const RANGE = { start: 50_000, count: 4_000 } as const;
const HOUR = 3_600;

function scenario(): Scenario {
  const own = ordinaryProcesses();
  const backup: ProcessSpec = { image: 'TailspinBackup.exe', services: ['TailspinBackup'], pid: 2764 };
  return {
    host: {
      name: 'BKP03',
      ipv4: '10.44.6.31',
      startMs: Date.UTC(2026, 1, 17, 22, 0, 0),
      bootSeconds: -6 * 86_400,
      range: RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 240 },
    },
    seconds: 9.8 * HOUR,
    clients: [
      ...ordinaryClients(own, 0.1),
      { ...secureChannel(own, 60), symptom: { kind: 'netlogon-5719', throttleSeconds: 1_800 } },
      // Half a port a second: each file that is skipped leaves a bound socket behind.
      {
        name: 'backup',
        process: backup,
        rate: constantRate(0.5),
        lifetime: { kind: 'exponential', meanSeconds: 15 },
        destinations: [{ address: '10.44.8.12', port: 10_000 }],
        allocation: 'bind-first',
        ending: 'bound-for-ever',
      },
    ],
    listeners: ordinaryListeners('10.44.6.31', own),
    udp: ordinaryUdp(own, '10.44.6.31'),
    snapshotSeconds: [9.1 * HOUR, 9.25 * HOUR, 9.5 * HOUR, 9.75 * HOUR],
    log: { throttleSeconds: HOUR },
  };
}

export const leakSeenOnlyFull: Incident = {
  id: 'leak-seen-only-full',
  story:
    'A backup service leaks half a port a second from ten in the evening; whoever comes in the morning sees nothing but a full pool.',
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
        culprit: 'TailspinBackup.exe',
        destination: null,
        settingsHelp: ['no'],
        mayContribute: ['undersized-range'],
      },
      (outcome) => {
        const [first] = outcome.snapshots;
        const last = outcome.snapshots.at(-1);
        const tables = outcome.snapshots.slice(0, -1).map((snapshot) => ({
          file: `BKP03_netstat_${fileNameTime(clock, snapshot.atMs)}.txt`,
          kind: 'full' as const,
          snapshot,
        }));
        const ages =
          last === undefined
            ? []
            : [
                {
                  file: `BKP03_TcpConnections_${stampWithOffset(clock, last.atMs)}.csv`,
                  kind: 'full' as const,
                  snapshot: last,
                },
              ];
        return {
          files: [
            { name: 'System.xml', bytes: systemLog(outcome, seed, { clock, style: 'event-viewer', perHour: 2 }) },
            ...tables.map(({ file, snapshot }) => ({
              name: file,
              bytes: encodeText(netstat(snapshot, '-anoq'), 'cp850'),
            })),
            ...ages.map(({ file, snapshot }) => ({
              name: file,
              bytes: encodeText(tcpConnectionCsv([snapshot], { clock }), 'ascii'),
            })),
            { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(RANGE, 'tcp'), 'cp850') },
            ...(first === undefined
              ? []
              : [{ name: 'tasklist.txt', bytes: encodeText(tasklistTable(first), 'cp850') }]),
          ],
          shown: [...tables, ...ages],
        };
      },
    ),
};
