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
 * Free space asked for: the Security log of 1 GB; what is exported of it, 1.5 kB an event as XML in UTF-8, so twice that where the log
 * is full of 5156; and sixty tables of a full pool at one or two megabytes.
 */
const SPACE_NEEDED = '4GB';

/**
 * For PowerShell 5.1 as administrator. A 5156 takes less than a kilobyte: 1 GB holds ten minutes of a thousand connections a second.
 * One block, for lines pasted one by one would go on after a throw; nothing is changed before there is a way back, and none where a
 * full Security log halts the machine (CrashOnAuditFail) or is not overwritten. `finally` runs after Ctrl+C too, but ends there at the
 * first word of output. netstat -b asks for every row's module, minutes with 16,000 of them, so it runs once, beside the loop.
 */
export const CATCH_OPENER = `& {
  $ErrorActionPreference = 'Stop'
  wevtutil gl Security
  reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v crashonauditfail
  $halts = (Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa).crashonauditfail
  if ($halts -gt 0) { throw 'CrashOnAuditFail is set: a full Security log would halt this machine. Nothing was changed.' }
  $log = Get-WinEvent -ListLog Security
  if ($log.LogMode -ne 'Circular') { throw 'The Security log is not overwritten when it is full. Nothing was changed.' }
  $dir = (New-Item -ItemType Directory "$env:USERPROFILE\\portmortem-$(Get-Date -Format yyyyMMdd-HHmmss)").FullName
  if ((Get-Item $dir).PSDrive.Free -lt ${SPACE_NEEDED}) { throw "Less than ${SPACE_NEEDED} are free for $dir. Nothing was changed." }
  auditpol /backup "/file:$dir\\audit-before.csv"
  if ($LASTEXITCODE -ne 0 -or -not (Test-Path "$dir\\audit-before.csv")) { throw 'auditpol /backup failed. Nothing was changed.' }
  $size = $log.MaximumSizeInBytes
  $back = 'auditpol /restore /file:"{0}\\audit-before.csv"; wevtutil sl Security /ms:{1}' -f $dir, $size
  Write-Host "Writes into $dir. The way back in PowerShell, should this window be closed: $back"
  $null = Read-Host 'Enter starts ten minutes of audit; Ctrl+C ends it here, with nothing changed'
  $until = (Get-Date).AddMinutes(10)
  $query = "*[System[EventID=5156 and TimeCreated[@SystemTime>='$((Get-Date).ToUniversalTime().ToString('o'))']]]"
  try {
    if ($size -lt 1GB) { wevtutil sl Security /ms:1073741824 }
    auditpol /set /subcategory:"${AUDITED}" /success:enable
    if ($LASTEXITCODE -ne 0) { throw 'auditpol /set failed.' }
    Start-Process cmd '/c netstat -anobq > netstat-b.txt' -WorkingDirectory $dir -WindowStyle Hidden
    while ((Get-Date) -lt $until) {
      & { Get-Date -Format o; netstat -anoq; tasklist /svc } | Out-File "$dir\\ports.txt" -Append -Encoding utf8
      Start-Sleep 10
    }
  } finally {
    $null = auditpol /restore "/file:$dir\\audit-before.csv"
    if ($LASTEXITCODE -ne 0) { Write-Host "auditpol /restore failed. By hand: $back" }
    wevtutil qe Security "/q:$query" /f:xml | Out-File "$dir\\Security.xml" -Encoding utf8
    if ($size -lt 1GB) { $null = wevtutil sl Security "/ms:$size" }
  }
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
