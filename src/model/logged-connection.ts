import type { LogEvent } from './log-event.js';

/** An outgoing TCP connection that a log names with its process and source port. */
export interface LoggedConnection {
  readonly host: string | null;
  readonly atMs: number;
  readonly pid: number;
  /** Without its folder. */
  readonly image: string;
  readonly localPort: number;
  /** As written; empty where the event has none. */
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly line: number;
}

const SYSMON = 'microsoft-windows-sysmon';
const AUDITING = 'microsoft-windows-security-auditing';
/** Direction of a 5156: %%14593 is outbound, %%14592 inbound (Windows Filtering Platform auditing). */
const OUTBOUND = '%%14593';
const TCP_NUMBER = '6';
const LONGEST_DELAY_MS = 60_000;

/** Sysmon 3 (network connection) and Security 5156 (permitted connection): the only events that carry PID, image and source port. */
export function isConnectionEvent(provider: string, id: number): boolean {
  const name = provider.toLowerCase();
  return (id === 3 && name === SYSMON) || (id === 5156 && name === AUDITING);
}

/**
 * Reads the fields of such an event; null for inbound and UDP ones and where a field is missing.
 * Sysmon: `UtcTime` 2026-03-02 09:40:12.611, `ProcessId` 4312, `Image` C:\…\a.exe, `Protocol` tcp, `Initiated` true, `SourcePort`,
 * `DestinationIp`, `DestinationPort`.
 * Security: `ProcessID`, `Application` \device\…\a.exe, `Direction`, `SourcePort`, `DestAddress`, `DestPort`, `Protocol` 6.
 */
export function loggedConnection(event: LogEvent): LoggedConnection | null {
  const field = (name: string): string => event.data.find((entry) => entry.name === name)?.value.trim() ?? '';
  const isSysmon = event.id === 3;
  const outgoingTcp = isSysmon
    ? field('Protocol').toLowerCase() === 'tcp' && field('Initiated').toLowerCase() === 'true'
    : field('Protocol') === TCP_NUMBER && field('Direction') === OUTBOUND;
  const pid = Number(field(isSysmon ? 'ProcessId' : 'ProcessID'));
  const path = field(isSysmon ? 'Image' : 'Application');
  const localPort = Number(field('SourcePort'));
  const remotePort = Number(field(isSysmon ? 'DestinationPort' : 'DestPort'));
  const remoteAddress = field(isSysmon ? 'DestinationIp' : 'DestAddress');
  const image = path.slice(path.lastIndexOf('\\') + 1);
  if (!outgoingTcp || !(pid > 0) || image === '' || !(localPort > 0) || !(remotePort > 0)) return null;
  const atMs = isSysmon ? openedMs(field('UtcTime'), event.atMs) : event.atMs;
  return { host: event.host, atMs, pid, image, localPort, remoteAddress, remotePort, line: event.line };
}

/** Sysmon looks names up before it writes: the event's own time may be seconds late, more than a minute is no delay. */
function openedMs(utcTime: string, writtenMs: number): number {
  const ms = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/.test(utcTime)
    ? Date.parse(`${utcTime.replace(' ', 'T')}Z`)
    : NaN;
  return ms <= writtenMs && writtenMs - ms <= LONGEST_DELAY_MS ? ms : writtenMs;
}
