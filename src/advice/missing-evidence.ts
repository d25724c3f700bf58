import { areExclusionsKnown, type HostFacts } from '../measure/facts.js';
import { isUnderPressure } from '../measure/pools/fullness.js';
import { isParametersKey } from '../measure/pools/range-in-effect.js';
import { say } from '../messages/say.js';
import type { Transport } from '../model/connection.js';
import type { Message } from '../model/report-message.js';
import type { MissingEvidence } from '../model/report.js';
import type { VerdictMechanism } from '../model/report-judgement.js';
import { networkKeeper } from '../verdict/neighbours.js';
import { CATCH_OPENER, SYSMON_LOG, TRACE_OF_SOCKETS, unnamedOpeners } from './catch-opener.js';
import { showExclusionCommands, showRangeCommands } from './settings/netsh-commands.js';
import { PARAMETERS_KEY } from './settings/registry-commands.js';

/** Appends a dated table every 30 s for two hours, some megabytes each where the pool is full; Ctrl+C ends it. Works in PowerShell 5.1, and shows Bound ports and owners. */
function tableLoop(cmdlet: string, columns: string, file: string): string {
  return `foreach ($i in 1..240) { $t = Get-Date -Format o; ${cmdlet} | Select-Object @{n='Timestamp';e={$t}}, @{n='HostName';e={$env:COMPUTERNAME}}, ${columns} | Export-Csv ${file} -Append -NoTypeInformation; Start-Sleep 30 }`;
}
const TCP_LOOP = tableLoop(
  'Get-NetTCPConnection',
  'LocalAddress, LocalPort, RemoteAddress, RemotePort, State, OwningProcess, CreationTime',
  'tcp.csv',
);
const UDP_LOOP = tableLoop('Get-NetUDPEndpoint', 'LocalAddress, LocalPort, OwningProcess, CreationTime', 'udp.csv');
/** The same with netstat. `!date!` is read anew in each round; ping waits where timeout would not, in a session without a console. */
const NETSTAT_LOOP =
  'cmd /v:on /c "for /l %i in (1,1,240) do @(echo !date! !time! >> netstat.txt & netstat -anoq >> netstat.txt & ping -n 31 127.0.0.1 > nul)"';
/** `cmd /c` because %date% is Command Prompt's; as it stands both shells run it. */
const NETSTAT_ONCE = 'cmd /c "echo %date% %time% >> netstat.txt & netstat -anoq >> netstat.txt"';
const UDP_TABLE = 'Get-NetUDPEndpoint | Export-Csv udp.csv -NoTypeInformation';
const NAT_TABLES = ['Get-NetNat | Format-List', 'Get-NetNatSession | Export-Csv nat-sessions.csv -NoTypeInformation'];
const NAT_STATE = [
  ...NAT_TABLES,
  // The log is off until somebody switches it on.
  'wevtutil sl Microsoft-Windows-WinNat/Oper /e:true',
  'wevtutil qe Microsoft-Windows-WinNat/Oper /q:"*[System[EventID=1033]]" /f:xml > WinNat.xml',
];
const SNAPSHOTS_FOR_A_SERIES = 3;

/** A leak of Bound ports, and anything of UDP, that is ruled out without a table of them. */
export interface RuledOut {
  readonly bound: boolean;
  readonly udp: boolean;
}

/**
 * What this capture lacks, why it matters, and the exact commands for the next time: first what is gone once the trouble is over,
 * then what can be collected at any time; within both the most decisive first. Nothing is asked for to find what is ruled out without it.
 */
export function missingEvidence(
  facts: HostFacts,
  mechanism: VerdictMechanism,
  ruledOut: RuledOut = { bound: false, udp: false },
  transport: Transport = 'tcp',
): MissingEvidence[] {
  const loop = transport === 'udp' ? UDP_LOOP : TCP_LOOP;
  return [...whileItHappens(facts, mechanism, ruledOut, loop), ...atAnyTime(facts, transport)];
}

function whileItHappens(
  facts: HostFacts,
  mechanism: VerdictMechanism,
  ruledOut: RuledOut,
  loop: string,
): MissingEvidence[] {
  const missing: MissingEvidence[] = [];
  const add = (what: Message, why: Message, collectWith: string[], powershellOnly: string[] = []): void => {
    missing.push({ what, why, when: 'while-it-happens', collectWith, powershellOnly });
  };
  const { peak } = facts;
  const isPartial = peak !== null && facts.ledger.every(({ scope }) => scope !== 'whole');
  const tooFew = mechanism === 'undetermined' || datedTables(facts) < SNAPSHOTS_FOR_A_SERIES;
  if (peak === null) {
    add(say('lacking.tables'), say('lacking.tables.why'), [loop, NETSTAT_LOOP], [loop]);
  } else if (isPartial) {
    // The same loop gives the series, so that is no gap of its own.
    const why = say('lacking.all-states.why', { classes: peak.unseen, scope: peak.scope });
    add(say('lacking.all-states'), why, [loop, NETSTAT_LOOP], [loop]);
  } else {
    if (!facts.everShown.has('bound') && !ruledOut.bound)
      add(say('lacking.bound'), say('lacking.bound.why'), [NETSTAT_ONCE]);
    if (tooFew) add(say('lacking.series'), say('lacking.series.why'), [loop], [loop]);
  }
  // Of a pool with room somebody filled nothing, but where nothing is explained anybody may have.
  const isToBeNamed = mechanism === 'undetermined' || (mechanism !== 'none' && isUnderPressure(peak));
  const because = isToBeNamed ? unnamedOpeners(facts) : null;
  if (because !== null) {
    const commands = [CATCH_OPENER, SYSMON_LOG, TRACE_OF_SOCKETS];
    add(say('lacking.opener'), say('lacking.opener.why', { because }), commands, [CATCH_OPENER, TRACE_OF_SOCKETS]);
  }
  if (peak !== null && facts.evidence.processes.size === 0) {
    add(say('lacking.processes'), say('lacking.processes.why'), ['tasklist /svc /fo csv > tasklist.csv']);
  }
  if (hasNetworksBehind(facts))
    add(say('lacking.nat-sessions'), say('lacking.nat-sessions.why'), NAT_STATE, NAT_TABLES);
  if (facts.udpPeak === null && !ruledOut.udp)
    add(say('lacking.udp'), say('lacking.udp.why'), [UDP_TABLE], [UDP_TABLE]);
  return missing;
}

/** A NAT that says it had no port left, or refused connections on a host of containers whose own pool is far from full. */
function hasNetworksBehind(facts: HostFacts): boolean {
  const { events, onsets, peak } = facts;
  if (events.natPools.length > 0) return true;
  return onsets.length > 0 && !isUnderPressure(peak) && networkKeeper(facts) !== null;
}

function atAnyTime(facts: HostFacts, transport: Transport): MissingEvidence[] {
  const missing: MissingEvidence[] = [];
  const add = (what: Message, why: Message, collectWith: string[]): void => {
    missing.push({ what, why, when: 'any-time', collectWith, powershellOnly: [] });
  };
  if (!facts.hasSystemLog || (datedTables(facts) > 0 && !facts.logCoversSnapshots)) {
    add(say('lacking.log'), say('lacking.log.why'), ['wevtutil qe System /f:xml > System.xml']);
  }
  if (facts.pool.rangeSource === 'assumed-default' || facts.pool.rangeSource === 'registry') {
    add(say('lacking.range'), say('lacking.range.why'), [...showRangeCommands('tcp'), ...showRangeCommands('udp')]);
  }
  if (!areExclusionsKnown(facts)) {
    const transports = transport === 'udp' ? (['udp', 'tcp'] as const) : (['tcp'] as const);
    add(say('lacking.exclusions'), say('lacking.exclusions.why'), transports.flatMap(showExclusionCommands));
  }
  if (facts.timeWaitDelay.configuredSeconds === null && !hasParametersKey(facts)) {
    add(say('lacking.registry'), say('lacking.registry.why'), [`reg query "${PARAMETERS_KEY}"`]);
  }
  return missing;
}

function datedTables(facts: HostFacts): number {
  return facts.ledger.filter(({ at }) => at !== null).length;
}

/** A query for one value (`reg query … /v MaxUserPort`) says nothing of the others; a key that was listed says what it lacks. */
function hasParametersKey(facts: HostFacts): boolean {
  return facts.evidence.settings.some(({ record }) => record.kind === 'registry-key' && isParametersKey(record.path));
}
