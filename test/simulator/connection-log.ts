import type { Opening } from './journal.js';
import type { LogRecord } from './log-record.js';
import { RandomStream } from './random.js';
import type { Outcome } from './simulation.js';
import { eventXml, type EventXmlStyle } from './writers/event-xml.js';

export interface ConnectionLogOptions {
  /** Sysmon's event 3, or the audit of the Filtering Platform: 5158 for the bind, 5156 for the connection. */
  readonly source: 'sysmon' | 'security';
  readonly style?: EventXmlStyle;
  /** What a filter lets through; everything when absent. */
  readonly keeps?: (opening: Opening) => boolean;
  /** Oldest and newest moment of the export; seconds since the simulation's start. */
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
  readonly domain?: string;
}

const SYSMON = 'Microsoft-Windows-Sysmon';
const SYSMON_GUID = '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}';
const AUDITING = 'Microsoft-Windows-Security-Auditing';
const AUDITING_GUID = '{54849625-5478-4994-a5ba-3e3b0328c30d}';
const AUDIT_SUCCESS = '0x8020000000000000';
const FILTERING_PLATFORM_CONNECTION = 12_810;

/** The log that names every outgoing connection of a run with its process, among inbound and UDP ones that use no port of the pool. */
export function connectionLog(outcome: Outcome, seed: number, options: ConnectionLogOptions): Uint8Array {
  const { host } = outcome.scenario;
  const { source, fromSeconds = 0, toSeconds = outcome.scenario.seconds } = options;
  const random = new RandomStream(seed, `log of ${source}`);
  const records: LogRecord[] = [];
  for (const opening of outcome.openings) {
    if (opening.seconds < fromSeconds || opening.seconds > toSeconds || options.keeps?.(opening) === false) continue;
    const atMs = host.startMs + Math.round(opening.seconds * 1000);
    records.push(...(source === 'sysmon' ? sysmon(opening, atMs, random) : security(opening, atMs)));
  }
  for (let seconds = fromSeconds; seconds < toSeconds; seconds += random.exponential(20)) {
    const atMs = host.startMs + Math.round(seconds * 1000);
    const other = { localAddress: host.ipv4, port: 49_152 + random.below(16_384) };
    records.push(source === 'sysmon' ? inboundSysmon(other, atMs) : inboundOrUdp(other, atMs, random.below(2) === 0));
  }
  return eventXml(records, {
    style: options.style ?? 'wevtutil',
    computer: `${host.name}.${options.domain ?? 'contoso.example'}`,
    fractionDigits: 7,
    firstRecordId: 3_200_000,
  });
}

interface SysmonFields {
  readonly pid: number;
  readonly image: string;
  readonly user: string;
  readonly initiated: boolean;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

/** Sysmon looks names up before it writes the event: TimeCreated lags behind UtcTime. */
function sysmon(opening: Opening, atMs: number, random: RandomStream): LogRecord[] {
  const { remote, process } = opening;
  if (remote === null) return [];
  const lagMs = Math.round(random.between(150, 2_400));
  const fields: SysmonFields = {
    pid: opening.pid,
    image: path(process.image),
    user: process.user ?? 'NT AUTHORITY\\SYSTEM',
    initiated: true,
    source: opening.localAddress,
    sourcePort: opening.localPort,
    destination: remote.address,
    destinationPort: remote.port,
  };
  return [networkConnection(fields, atMs, atMs + lagMs)];
}

function inboundSysmon({ localAddress, port }: { localAddress: string; port: number }, atMs: number): LogRecord {
  return networkConnection(
    {
      pid: 4,
      image: 'System',
      user: 'NT AUTHORITY\\SYSTEM',
      initiated: false,
      source: '10.20.4.31',
      sourcePort: port,
      destination: localAddress,
      destinationPort: 445,
    },
    atMs,
    atMs + 700,
  );
}

function networkConnection(fields: SysmonFields, atMs: number, writtenMs: number): LogRecord {
  const ipv6 = fields.source.includes(':');
  const guid = `{8a1d3f10-6c52-6917-${fields.pid.toString(16).padStart(4, '0')}-00000000a500}`;
  return {
    atMs: writtenMs,
    provider: SYSMON,
    guid: SYSMON_GUID,
    id: 3,
    level: 4,
    version: 5,
    task: 3,
    keywords: '0x8000000000000000',
    channel: `${SYSMON}/Operational`,
    user: 'S-1-5-18',
    pid: 2_964,
    message: 'Network connection detected.',
    data: [
      ['RuleName', '-'],
      ['UtcTime', new Date(atMs).toISOString().replace('T', ' ').slice(0, -1)],
      ['ProcessGuid', guid],
      ['ProcessId', String(fields.pid)],
      ['Image', fields.image],
      ['User', fields.user],
      ['Protocol', 'tcp'],
      ['Initiated', String(fields.initiated)],
      ['SourceIsIpv6', String(ipv6)],
      ['SourceIp', uncompressed(fields.source)],
      ['SourceHostname', '-'],
      ['SourcePort', String(fields.sourcePort)],
      ['SourcePortName', '-'],
      ['DestinationIsIpv6', String(ipv6)],
      ['DestinationIp', uncompressed(fields.destination)],
      ['DestinationHostname', '-'],
      ['DestinationPort', String(fields.destinationPort)],
      ['DestinationPortName', fields.destinationPort === 443 ? 'https' : '-'],
    ],
  };
}

function security(opening: Opening, atMs: number): LogRecord[] {
  const application = devicePath(opening.process.image);
  const { remote } = opening;
  const bind = audit(atMs, 5158, 0, [
    ['ProcessId', String(opening.pid)],
    ['Application', application],
    ['SourceAddress', opening.localAddress.includes(':') ? '::' : '0.0.0.0'],
    ['SourcePort', String(opening.localPort)],
    ['Protocol', '6'],
    ['FilterRTID', '0'],
    ['LayerName', '%%14608'],
    ['LayerRTID', '36'],
  ]);
  if (remote === null) return [bind];
  const connection = permitted(atMs, opening.pid, application, '%%14593', [
    ['SourceAddress', opening.localAddress],
    ['SourcePort', String(opening.localPort)],
    ['DestAddress', remote.address],
    ['DestPort', String(remote.port)],
    ['Protocol', '6'],
  ]);
  return [bind, connection];
}

/** A client's connection to this host, or a name lookup. */
function inboundOrUdp(
  { localAddress, port }: { localAddress: string; port: number },
  atMs: number,
  udp: boolean,
): LogRecord {
  return udp
    ? permitted(atMs, 1_312, devicePath('svchost.exe'), '%%14593', [
        ['SourceAddress', localAddress],
        ['SourcePort', String(port)],
        ['DestAddress', '10.20.0.10'],
        ['DestPort', '53'],
        ['Protocol', '17'],
      ])
    : permitted(atMs, 4, 'System', '%%14592', [
        ['SourceAddress', localAddress],
        ['SourcePort', '445'],
        ['DestAddress', '10.20.4.31'],
        ['DestPort', String(port)],
        ['Protocol', '6'],
      ]);
}

function permitted(
  atMs: number,
  pid: number,
  application: string,
  direction: string,
  ends: readonly (readonly [string, string])[],
): LogRecord {
  return audit(atMs, 5156, 1, [
    ['ProcessID', String(pid)],
    ['Application', application],
    ['Direction', direction],
    ...ends,
    ['FilterRTID', '66021'],
    ['LayerName', direction === '%%14593' ? '%%14611' : '%%14610'],
    ['LayerRTID', direction === '%%14593' ? '48' : '44'],
    ['RemoteUserID', 'S-1-0-0'],
    ['RemoteMachineID', 'S-1-0-0'],
  ]);
}

function audit(atMs: number, id: 5156 | 5158, version: number, data: LogRecord['data']): LogRecord {
  return {
    atMs,
    provider: AUDITING,
    guid: AUDITING_GUID,
    id,
    level: 0,
    version,
    task: FILTERING_PLATFORM_CONNECTION,
    keywords: AUDIT_SUCCESS,
    channel: 'Security',
    pid: 4,
    message:
      id === 5156
        ? 'The Windows Filtering Platform has permitted a connection.'
        : 'The Windows Filtering Platform has permitted a bind to a local port.',
    data,
  };
}

function path(image: string): string {
  if (image === 'System') return image;
  const windows = ['svchost.exe', 'lsass.exe', 'spoolsv.exe', 'curl.exe', 'wininit.exe', 'services.exe'];
  return windows.includes(image) ? `C:\\Windows\\System32\\${image}` : `C:\\Program Files\\Contoso\\${image}`;
}

/** The audit names a volume by its device, in small letters. */
function devicePath(image: string): string {
  return image === 'System' ? image : path(image).replace(/^C:/, '\\device\\harddiskvolume2').toLowerCase();
}

/** Sysmon writes out every group of an IPv6 address: `2001:db8:0:0:0:0:0:5`. */
function uncompressed(address: string): string {
  const [head = '', tail] = address.split('::');
  if (tail === undefined) return address;
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].join(':');
}
