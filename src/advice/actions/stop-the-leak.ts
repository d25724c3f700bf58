import type { HostFacts } from '../../measure/facts.js';
import type { Fault } from '../../verdict/conclude.js';
import { udpSettingsHelp } from '../../mechanisms/udp-exhaustion.js';
import { say } from '../../messages/say.js';
import type { Action } from '../../model/report.js';
import { namedCulprits, programsOf } from './culprits.js';
import { SYSTEM_PID } from '../../model/process.js';

/** More are not written out in a command. */
const MOST_PIDS = 3;

export type LeakMechanism = 'bound-leak' | 'close-wait-leak' | 'established-leak' | 'udp-exhaustion';

/** Ending the process gives the ports back at once; for UDP ports that no process is known to keep, the holder comes first. */
export function stopTheLeak(facts: HostFacts, mechanism: LeakMechanism, atFault: Fault['atFault']): Action | null {
  if (mechanism === 'udp-exhaustion' && atFault.length === 0) {
    return udpSettingsHelp(facts) === 'cannot-tell' ? findUdpHolder() : null;
  }
  const pids = programsOf(facts.identities, atFault)
    .flatMap((identity) => [...identity.pids])
    .sort((a, b) => a - b);
  const kernel = pids.length > 0 && pids.every((pid) => pid === SYSTEM_PID);
  return {
    id: 'stop-the-leak',
    title: say('action.stop-the-leak.title', { ...namedCulprits(facts, atFault), kernel }),
    why: say('action.stop-the-leak.why', { mechanism, pids: pids.slice(0, MOST_PIDS).map(String), kernel }),
    when: 'now',
    restartRequired: 'program',
    apply: { cmd: [], powershell: [], reg: null },
    verify: [holdersOf(mechanism)],
    rollback: [],
    risks: [say('action.stop-the-leak.risk')],
  };
}

/** Nobody is known to hold them: a UDP table with owners comes before any remedy. */
function findUdpHolder(): Action {
  return {
    id: 'find-udp-holder',
    title: say('action.find-udp-holder.title'),
    why: say('action.find-udp-holder.why'),
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: [], powershell: [holdersOf('udp-exhaustion')], reg: null },
    verify: [],
    rollback: [],
    risks: [],
  };
}

/** Counts by process what this leak holds, most first. */
function holdersOf(mechanism: LeakMechanism): string {
  const count = 'Group-Object OwningProcess -NoElement | Sort-Object Count -Descending';
  switch (mechanism) {
    case 'bound-leak':
      return `Get-NetTCPConnection -State Bound | ${count}`;
    case 'close-wait-leak':
      return `Get-NetTCPConnection -State CloseWait | ${count}`;
    case 'established-leak':
      return `Get-NetTCPConnection -State Established | ${count}`;
    case 'udp-exhaustion':
      return `Get-NetUDPEndpoint | ${count}`;
  }
}
