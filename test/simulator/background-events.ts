import { uptimeData } from './host-events.js';
import { classicEvent, manifestEvent, type LogRecord } from './log-record.js';
import { RandomStream } from './random.js';
import { offsetMinutes, type HostClock } from './writers/host-clock.js';

const SERVICES = [
  'Windows Modules Installer',
  'Background Intelligent Transfer Service',
  'Microsoft Software Shadow Copy Provider',
  'Volume Shadow Copy',
  'WMI Performance Adapter',
  'Application Experience',
  'Windows Update',
  'Software Protection',
] as const;
const SERVICE_CONTROL = '{555908d1-a6d7-4695-8e1e-26931d2012f4}';
const UPDATE_CLIENT = '{945a8954-c147-4acd-923f-40c45405a658}';

/** What a quiet server writes into its System log anyway: `perHour` records from `fromMs` to `toMs`, and 6013 at each local noon. */
export function backgroundEvents(
  seed: number,
  fromMs: number,
  toMs: number,
  perHour: number,
  bootMs: number,
  clock: HostClock,
): LogRecord[] {
  const random = new RandomStream(seed, 'background events');
  const records: LogRecord[] = [];
  for (
    let atMs = fromMs + random.exponential(3_600_000 / perHour);
    atMs < toMs;
    atMs += random.exponential(3_600_000 / perHour)
  ) {
    records.push(...ordinary(Math.round(atMs), random));
  }
  const dayMs = 86_400_000;
  for (let day = Math.floor(fromMs / dayMs) - 1; day * dayMs < toMs + dayMs; day++) {
    const noon = day * dayMs + 43_200_000;
    const atMs = noon - offsetMinutes(clock, noon) * 60_000;
    if (atMs < fromMs || atMs > toMs || atMs < bootMs) continue;
    const uptime = Math.round((atMs - bootMs) / 1000);
    const data = uptimeData(uptime, clock);
    records.push(
      classicEvent(atMs, 'EventLog', 6013, 'information', data, `The system uptime is ${String(uptime)} seconds.`),
    );
  }
  return records;
}

function ordinary(atMs: number, random: RandomStream): LogRecord[] {
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2: {
      const service = random.pick(SERVICES);
      const data = (state: string): (readonly [string, string])[] => [
        ['param1', service],
        ['param2', state],
      ];
      const started = manifestEvent(
        atMs,
        'Service Control Manager',
        SERVICE_CONTROL,
        7036,
        4,
        data('running'),
        `The ${service} service entered the running state.`,
        632,
      );
      const stoppedAt = atMs + 30_000 + random.below(600_000);
      const stopped = manifestEvent(
        stoppedAt,
        'Service Control Manager',
        SERVICE_CONTROL,
        7036,
        4,
        data('stopped'),
        `The ${service} service entered the stopped state.`,
        632,
      );
      return [
        { ...started, eventSourceName: 'Service Control Manager', qualifiers: 16_384 },
        { ...stopped, eventSourceName: 'Service Control Manager', qualifiers: 16_384 },
      ];
    }
    case 3: {
      const data = [['TimeSource', 'dc01.contoso.example (ntp.d|0.0.0.0:123->10.20.0.10:123)']] as const;
      const guid = '{06edcfeb-0fd0-4e53-acca-a6f8bbf81bcb}';
      return [
        manifestEvent(
          atMs,
          'Microsoft-Windows-Time-Service',
          guid,
          37,
          4,
          data,
          'The time provider NtpClient is currently receiving valid time data.',
        ),
      ];
    }
    case 4: {
      const data = [
        ['param1', 'application-specific'],
        ['param2', 'Local'],
        ['param3', 'Activation'],
        ['param4', '{2593F8B9-4EAF-457C-B68A-50F6B8EA6B54}'],
        ['param5', '{15C20B67-12E7-4BB6-92BB-7AFF07997402}'],
        ['param6', 'CONTOSO'],
        ['param7', 'svc-backup'],
      ] as const;
      const guid = '{1b562e86-b7aa-4131-badc-b6f3a001407e}';
      return [
        manifestEvent(
          atMs,
          'Microsoft-Windows-DistributedCOM',
          guid,
          10016,
          3,
          data,
          'The application-specific permission settings do not grant Local Activation permission.',
        ),
      ];
    }
    case 5: {
      const data = [
        ['SupportInfo1', '1'],
        ['SupportInfo2', '4395'],
        ['ProcessingMode', '0'],
        ['ProcessingTimeInMilliseconds', String(900 + random.below(3_000))],
        ['DCName', '\\\\dc01.contoso.example'],
      ] as const;
      const guid = '{aea1b4fa-97d1-45f2-a64c-4d69fffd92c9}';
      return [
        manifestEvent(
          atMs,
          'Microsoft-Windows-GroupPolicy',
          guid,
          1500,
          4,
          data,
          'The Group Policy settings for the computer were processed successfully. <no changes>',
        ),
      ];
    }
    case 6: {
      if (random.next() < 0.8) return [];
      const data = [
        ['updateTitle', 'Security Intelligence Update for Microsoft Defender Antivirus - KB2267602'],
        ['updateGuid', '{b7d3f6f0-7d0e-4c2b-8d51-2f6c0e7a9b11}'],
        ['updateRevisionNumber', '200'],
      ] as const;
      return [
        manifestEvent(
          atMs,
          'Microsoft-Windows-WindowsUpdateClient',
          UPDATE_CLIENT,
          19,
          4,
          data,
          'Installation Successful: Windows successfully installed the following update.',
        ),
      ];
    }
    default:
      return [
        classicEvent(
          atMs,
          'Schannel',
          36874,
          'error',
          ['TLS 1.2'],
          'An TLS 1.2 connection request was received from a remote client application, but none of the cipher suites are supported & the request failed.',
        ),
      ];
  }
}
