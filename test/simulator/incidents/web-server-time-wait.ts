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
import { fileNameTime, type HostClock } from '../writers/host-clock.js';
import { netshDynamicPort } from '../writers/netsh.js';
import { netstat } from '../writers/netstat.js';

const clock: HostClock = { culture: 'de-DE', standardMinutes: 60, zoneName: 'W. Europe Standard Time' };

function scenario(): Scenario {
  const own = ordinaryProcesses();
  const http: ProcessSpec = { image: 'System' };
  const pool: ProcessSpec = { image: 'w3wp.exe', user: 'IIS APPPOOL\\Shop', services: [] };
  return {
    host: {
      name: 'WEB03',
      ipv4: '10.40.1.13',
      startMs: Date.UTC(2026, 2, 4, 12, 0, 0),
      bootSeconds: -20 * 86_400,
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 120 },
    },
    seconds: 1_500,
    clients: [
      ...ordinaryClients(own, 0.6),
      {
        name: 'shop database',
        process: pool,
        rate: constantRate(0),
        standing: 40,
        lifetime: { kind: 'constant', seconds: 1 },
        destinations: [{ address: '10.40.7.5', port: 1_433 }],
        allocation: 'implicit-connect',
        ending: 'never',
      },
    ],
    listeners: [
      ...ordinaryListeners('10.40.1.13', own),
      {
        process: http,
        port: 443,
        address: 'both',
        accepts: {
          rate: constantRate(84),
          lifetime: { kind: 'exponential', meanSeconds: 1.5 },
          // The server ends idle connections and keeps TIME_WAIT on port 443.
          ending: 'we-close',
          remotes: Array.from({ length: 90 }, (_, index) => `192.0.2.${String(20 + index)}`),
        },
      },
    ],
    udp: ordinaryUdp(own, '10.40.1.13'),
    snapshotSeconds: [900],
  };
}

export const webServerTimeWait: Incident = {
  id: 'web-server-time-wait',
  story: 'A busy web server lists ten thousand TIME_WAIT rows, all of them on its own port 443: nothing is wrong.',
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
        const shown = outcome.snapshots.map((snapshot) => ({
          file: `netstat_${fileNameTime(clock, snapshot.atMs)}.txt`,
          kind: 'without-bound' as const,
          snapshot,
        }));
        return {
          files: [
            { name: 'System.xml', bytes: systemLog(outcome, seed, { clock, style: 'event-viewer', perHour: 3 }) },
            ...shown.map(({ file, snapshot }) => ({
              name: file,
              bytes: encodeText(netstat(snapshot, '-ano', 'de'), 'cp850'),
            })),
            { name: 'netsh.txt', bytes: encodeText(netshDynamicPort(DEFAULT_RANGE, 'tcp', 'de'), 'cp850') },
          ],
          shown,
          datagrams: shown,
        };
      },
    ),
};
