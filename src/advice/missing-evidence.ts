import type { HostFacts } from '../correlation/host-facts.js';
import { isParametersKey } from '../correlation/port-pool.js';
import { say } from '../messages/say.js';
import type { MissingEvidence, VerdictMechanism } from '../model/report.js';
import { PARAMETERS_KEY } from './action.js';

/** Appends a dated table every 30 s; Ctrl+C ends it. Works in PowerShell 5.1, and shows Bound ports and owners. */
const SNAPSHOT_LOOP =
  "while ($true) { $t = Get-Date -Format o; Get-NetTCPConnection | Select-Object @{n='Timestamp';e={$t}}, @{n='HostName';e={$env:COMPUTERNAME}}, LocalAddress, LocalPort, RemoteAddress, RemotePort, State, OwningProcess, CreationTime | Export-Csv tcp.csv -Append -NoTypeInformation; Start-Sleep 30 }";
const NETSTAT_ONCE = 'echo %date% %time% >> netstat.txt & netstat -anoq >> netstat.txt';
const SNAPSHOTS_FOR_A_SERIES = 3;

/** What this capture lacks, why it matters, and the exact commands for the next time; most decisive first. */
export function missingEvidence(facts: HostFacts, mechanism: VerdictMechanism): MissingEvidence[] {
  const missing: MissingEvidence[] = [];
  const { peak, evidence } = facts;
  const filtered = peak !== null && facts.ledger.every(({ unseen }) => unseen.includes('listening'));
  const boundUnseen = !facts.everShown.has('bound');
  const dated = facts.ledger.filter(({ at }) => at !== null).length;
  if (peak === null) {
    missing.push({
      what: say('lacking.tables'),
      why: say('lacking.tables.why'),
      collectWith: [NETSTAT_ONCE, SNAPSHOT_LOOP],
    });
  } else if (filtered) {
    missing.push({
      what: say('lacking.all-states'),
      why: say('lacking.all-states.why', { classes: peak.unseen }),
      collectWith: [SNAPSHOT_LOOP, NETSTAT_ONCE],
    });
  } else if (boundUnseen) {
    missing.push({ what: say('lacking.bound'), why: say('lacking.bound.why'), collectWith: [NETSTAT_ONCE] });
  }
  if (peak !== null && (mechanism === 'undetermined' || dated < SNAPSHOTS_FOR_A_SERIES)) {
    missing.push({ what: say('lacking.series'), why: say('lacking.series.why'), collectWith: [SNAPSHOT_LOOP] });
  }
  if (!facts.hasSystemLog || (dated > 0 && !facts.logCoversSnapshots)) {
    missing.push({
      what: say('lacking.log'),
      why: say('lacking.log.why'),
      collectWith: ['wevtutil qe System /f:xml > System.xml'],
    });
  }
  if (facts.pool.rangeSource === 'assumed-default' || facts.pool.rangeSource === 'registry') {
    missing.push({
      what: say('lacking.range'),
      why: say('lacking.range.why'),
      collectWith: [
        'netsh int ipv4 show dynamicport tcp',
        'netsh int ipv6 show dynamicport tcp',
        'netsh int ipv4 show dynamicport udp',
      ],
    });
  }
  if (!facts.pool.exclusionsCaptured) {
    missing.push({
      what: say('lacking.exclusions'),
      why: say('lacking.exclusions.why'),
      collectWith: [
        'netsh int ipv4 show excludedportrange protocol=tcp',
        'netsh int ipv6 show excludedportrange protocol=tcp',
      ],
    });
  }
  if (peak !== null && evidence.processes.size === 0) {
    missing.push({
      what: say('lacking.processes'),
      why: say('lacking.processes.why'),
      collectWith: ['tasklist /svc /fo csv > tasklist.csv'],
    });
  }
  if (facts.timeWait.configuredSeconds === null && !hasParametersKey(facts)) {
    missing.push({
      what: say('lacking.registry'),
      why: say('lacking.registry.why'),
      collectWith: [`reg query "${PARAMETERS_KEY}"`],
    });
  }
  if (facts.udpPeak === null) {
    missing.push({
      what: say('lacking.udp'),
      why: say('lacking.udp.why'),
      collectWith: ['Get-NetUDPEndpoint | Export-Csv udp.csv -NoTypeInformation'],
    });
  }
  return missing;
}

function hasParametersKey(facts: HostFacts): boolean {
  return facts.evidence.settings.some(
    ({ record }) =>
      (record.kind === 'registry-key' || record.kind === 'registry-value') && isParametersKey(record.path),
  );
}
