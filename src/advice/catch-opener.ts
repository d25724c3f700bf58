import type { HostFacts } from '../measure/facts.js';
import { SHORT_LIVED } from '../model/process.js';

/** Who opens the connections is not known where at least so much of the ports in use belongs to nobody that can be named. */
const UNNAMED_SHARE = 0.5;

/** Why no table names whoever opened the connections. */
export type UnnamedBecause = 'no-owners' | 'gone';

/**
 * Null where most of the fullest table has owners, by its rows, by other tables or by a log of connections; candidates for a port are
 * none. A PID without a name is an owner: a list names it.
 */
export function unnamedOpeners({ peak, consumers }: HostFacts): UnnamedBecause | null {
  if (peak === null || peak.inUse === 0) return null;
  const named = consumers
    .filter(({ identity }) => identity.process !== SHORT_LIVED)
    .reduce(
      (sum, { attributed: { owned, logged, sameTuple, soleOwner } }) => sum + owned + logged + sameTuple + soleOwner,
      0,
    );
  if (peak.inUse - named < peak.inUse * UNNAMED_SHARE) return null;
  return peak.unseen.includes('owner') ? 'no-owners' : 'gone';
}

/** "Filtering Platform Connection" (5156, 5158) by its GUID: auditpol wants the name in the language of Windows. */
const AUDITED = '{0CCE9226-69AE-11D9-BED3-505054503030}';

/**
 * For PowerShell 5.1 as administrator. A 5156 takes less than a kilobyte: 1 GB holds ten minutes of a thousand connections a second.
 * `finally` runs after Ctrl+C too. netstat -b asks for every row's module, minutes with 16,000 of them, so it runs once, beside the loop.
 */
export const CATCH_OPENER = `$until = (Get-Date).AddMinutes(10)
$query = "*[System[EventID=5156 and TimeCreated[@SystemTime>='$((Get-Date).ToUniversalTime().ToString('o'))']]]"
$size = (Get-WinEvent -ListLog Security).MaximumSizeInBytes
auditpol /backup /file:audit-before.csv
try {
  if ($size -lt 1GB) { wevtutil sl Security /ms:1073741824 }
  auditpol /set /subcategory:"${AUDITED}" /success:enable
  Start-Process cmd '/c netstat -anobq > netstat-b.txt' -WindowStyle Hidden
  while ((Get-Date) -lt $until) {
    & { Get-Date -Format o; netstat -anoq; tasklist /svc } | Out-File ports.txt -Append
    Start-Sleep 10
  }
} finally {
  auditpol /restore /file:audit-before.csv
  wevtutil qe Security "/q:$query" /f:xml | Out-File Security.xml
  if ($size -lt 1GB) { wevtutil sl Security "/ms:$size" }
}`;

/** Where Sysmon is installed and set up to log network connections. */
export const SYSMON_LOG =
  'wevtutil qe Microsoft-Windows-Sysmon/Operational /q:"*[System[EventID=3]]" /f:xml > Sysmon.xml';

/**
 * For a person to read, where neither log may be switched on: 1001 has the PID of each socket, 1006 the status of a bind refused. One
 * line of PowerShell that waits before it stops: lines of their own, pasted together, would end the trace before anything failed.
 */
export const TRACE_OF_SOCKETS = [
  'netsh trace start provider=Microsoft-Windows-TCPIP level=5 maxsize=1024 tracefile=C:\\Windows\\Temp\\tcpip.etl',
  "$null = Read-Host 'The trace is running. Press Enter once connections have failed'",
  'netsh trace stop',
  'tracerpt C:\\Windows\\Temp\\tcpip.etl -of CSV -o C:\\Windows\\Temp\\tcpip.csv',
].join('; ');
