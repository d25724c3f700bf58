import { classicEvent, manifestEvent, type LogRecord } from './log-record.js';
import type { LoggedEvent } from './journal.js';
import type { Outcome } from './simulation.js';
import type { HostClock } from './writers/host-clock.js';

const GROUP_POLICY = '{aea1b4fa-97d1-45f2-a64c-4d69fffd92c9}';
const DNS_CLIENT = '{1c95126e-7eea-49a9-a3fe-a378b03ddb4d}';
const KERNEL_GENERAL = '{a68ca8b7-004f-d7b6-a698-07e2de0f1f5d}';

/** The events of a run that have to do with ports: onsets, symptoms and boots. */
export function hostEvents(outcome: Outcome, clock: HostClock): LogRecord[] {
  const { host, reboots = [] } = outcome.scenario;
  const instant = (seconds: number): number => host.startMs + Math.round(seconds * 1000);
  const records = outcome.events.map((event) => portEvent(instant(event.seconds), event));
  records.push(...bootEvents(instant(host.bootSeconds), clock, host.version));
  for (const { atSeconds, downSeconds } of reboots) {
    records.push(
      ...shutdownEvents(instant(atSeconds)),
      ...bootEvents(instant(atSeconds + downSeconds), clock, host.version),
    );
  }
  return records;
}

/** Header of the driver's log packet: 40 bytes, the event code at offset 12, little-endian. */
function packet(id: number): string {
  const code =
    `${(id & 0xff).toString(16).padStart(2, '0')}${(id >> 8).toString(16).padStart(2, '0')}0080`.toUpperCase();
  return `000000000100280000000000${code}${'0'.repeat(48)}`;
}

export function tcpipEvent(atMs: number, id: 4227 | 4231 | 4266): LogRecord {
  const text = {
    4227: 'TCP/IP failed to establish an outgoing connection because the selected local endpoint was recently used to connect to the same remote endpoint.',
    4231: 'A request to allocate an ephemeral port number from the global TCP port space has failed due to all such ports being in use.',
    4266: 'A request to allocate an ephemeral port number from the global UDP port space has failed due to all such ports being in use.',
  }[id];
  return classicEvent(atMs, 'Tcpip', id, 'warning', [''], text, packet(id));
}

export function netlogon5719(atMs: number): LogRecord {
  const message =
    'This computer was not able to set up a secure session with a domain controller in domain CONTOSO due to the following: There are currently no logon servers available to service the logon request.';
  return classicEvent(atMs, 'NETLOGON', 5719, 'error', ['CONTOSO', '%%1311'], message, '5E0000C0');
}

export function groupPolicy1129(atMs: number): LogRecord {
  const data = [
    ['SupportInfo1', '1'],
    ['SupportInfo2', '1548'],
    ['ProcessingMode', '0'],
    ['ProcessingTimeInMilliseconds', '5031'],
    ['ErrorCode', '1222'],
    ['ErrorDescription', 'The network is not present or not started. '],
  ] as const;
  const message =
    'The processing of Group Policy failed because of lack of network connectivity to a domain controller.';
  return manifestEvent(atMs, 'Microsoft-Windows-GroupPolicy', GROUP_POLICY, 1129, 2, data, message);
}

function portEvent(atMs: number, { kind }: LoggedEvent): LogRecord {
  switch (kind) {
    case 4227:
    case 4231:
    case 4266:
      return tcpipEvent(atMs, kind);
    case 'netlogon-5719':
      return netlogon5719(atMs);
    case 'group-policy-1129':
      return groupPolicy1129(atMs);
    case 'dns-client-1014': {
      const data = [
        ['QueryName', 'dc01.contoso.example'],
        ['AddressLength', '128'],
        ['Address', '020000350A0A000A0000000000000000'],
      ] as const;
      const message =
        'Name resolution for the name dc01.contoso.example timed out after none of the configured DNS servers responded.';
      return manifestEvent(atMs, 'Microsoft-Windows-DNS-Client', DNS_CLIENT, 1014, 3, data, message);
    }
  }
}

const SERVER_2019 = ['10.00.', '17763', '', 'Multiprocessor Free', '17763'];

export function bootEvents(bootMs: number, clock: HostClock, version: readonly string[] = SERVER_2019): LogRecord[] {
  const [number = '', build = ''] = version;
  return [
    manifestEvent(
      bootMs,
      'Microsoft-Windows-Kernel-General',
      KERNEL_GENERAL,
      12,
      4,
      [
        ['MajorVersion', String(Number(number.split('.')[0]))],
        ['MinorVersion', '0'],
        ['BuildVersion', build],
        ['QfeVersion', '1'],
        ['ServiceVersion', '0'],
        ['BootMode', '0'],
        ['StartTime', new Date(bootMs).toISOString()],
      ],
      'The operating system started.',
      4,
    ),
    classicEvent(
      bootMs + 14_000,
      'EventLog',
      6009,
      'information',
      version,
      `Microsoft (R) Windows (R) ${number} ${build} Multiprocessor Free.`,
    ),
    classicEvent(bootMs + 14_000, 'EventLog', 6005, 'information', [], 'The Event log service was started.'),
    classicEvent(
      bootMs + 14_000,
      'EventLog',
      6013,
      'information',
      uptimeData(14, clock),
      'The system uptime is 14 seconds.',
    ),
  ];
}

export function shutdownEvents(atMs: number): LogRecord[] {
  const data = [
    ['param1', 'C:\\Windows\\system32\\shutdown.exe (HOST)'],
    ['param2', 'HOST'],
    ['param3', 'No title for this reason could be found'],
    ['param4', '0x800000ff'],
    ['param5', 'restart'],
    ['param6', ''],
    ['param7', 'CONTOSO\\admin'],
  ] as const;
  return [
    manifestEvent(
      atMs,
      'User32',
      '{b0aa8734-56f7-41cc-b2f4-de228e98b946}',
      1074,
      4,
      data,
      'The process has initiated the restart of computer HOST.',
    ),
    classicEvent(atMs + 3_000, 'EventLog', 6006, 'information', [], 'The Event log service was stopped.'),
    manifestEvent(
      atMs + 5_000,
      'Microsoft-Windows-Kernel-General',
      KERNEL_GENERAL,
      13,
      4,
      [['StopTime', new Date(atMs + 5_000).toISOString()]],
      'The operating system is shutting down.',
      4,
    ),
  ];
}

/** EventLog 6013: four empty strings, seconds of uptime, 60, and the bias in minutes with the zone's name. */
export function uptimeData(seconds: number, clock: HostClock): string[] {
  return [
    '',
    '',
    '',
    '',
    String(seconds),
    '60',
    `${String(-clock.standardMinutes)} ${clock.zoneName ?? 'Standard Time'}`,
  ];
}
