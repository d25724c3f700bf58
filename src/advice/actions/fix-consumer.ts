import { consumerNames } from '../../correlation/consumer-name.js';
import { udpSettingsHelp } from '../../hypotheses/udp-exhaustion.js';
import { say } from '../../messages/say.js';
import type { Action } from '../../model/report.js';
import type { ActionMaker } from '../action.js';

/** The kernel: it cannot be ended or dumped alone. */
const SYSTEM_PID = 4;
/** More are not written out in a command. */
const MOST_PIDS = 3;

/** Always first: the program that takes the ports. Settings only buy it room. */
export const fixConsumer: ActionMaker = ({ facts, conclusion, plan }) => {
  const { mechanism } = conclusion.verdict;
  const processes = consumerNames(facts.identities, conclusion.atFault);
  const [destination] = facts.destinations;
  const mutable = {
    when: 'now' as const,
    // Of the program: its code or its configuration changes, and it starts again.
    restartRequired: 'program' as const,
    apply: { cmd: [], powershell: [], reg: null },
    verify: [],
    rollback: [],
    risks: [],
  };
  switch (mechanism) {
    case 'time-wait-churn':
      return {
        ...mutable,
        id: 'reuse-connections',
        title: say('action.reuse-connections.title', { processes }),
        why: say('action.reuse-connections.why', {
          destination: destination?.remote ?? null,
          kind: clientKind(destination?.port ?? null),
          perSecond: plan.need.rate?.low ?? null,
          waiting: destination?.timeWait ?? 0,
        }),
        // By state number or name, never by netstat's word: that is translated.
        verify: [
          'Get-NetTCPConnection -State TimeWait | Group-Object RemoteAddress, RemotePort -NoElement | Sort-Object Count -Descending',
        ],
      };
    case 'endpoint-collision':
      return {
        ...mutable,
        id: 'unpin-source-port',
        title: say('action.unpin-source-port.title', { processes }),
        why: say('action.unpin-source-port.why', {
          local: facts.pinned[0]?.local ?? '',
          remote: facts.pinned[0]?.remote ?? '',
        }),
        verify: ['wevtutil qe System "/q:*[System[Provider[@Name=\'Tcpip\'] and EventID=4227]]" /c:5 /rd:true /f:text'],
      };
    case 'bound-leak':
    case 'close-wait-leak':
    case 'established-leak':
    case 'udp-exhaustion': {
      if (mechanism === 'udp-exhaustion' && processes.length === 0) {
        return udpSettingsHelp(facts) === 'cannot-tell' ? findUdpHolder() : null;
      }
      const pids = facts.identities
        .filter(({ id }) => conclusion.atFault.includes(id))
        .flatMap((identity) => [...identity.pids])
        .sort((a, b) => a - b);
      const kernel = pids.length > 0 && pids.every((pid) => pid === SYSTEM_PID);
      return {
        ...mutable,
        id: 'stop-the-leak',
        title: say('action.stop-the-leak.title', { processes, kernel }),
        why: say('action.stop-the-leak.why', { mechanism, pids: pids.slice(0, MOST_PIDS).map(String), kernel }),
        verify: [holdersOf(mechanism)],
        risks: [say('action.stop-the-leak.risk')],
      };
    }
    case 'syn-sent-pileup':
      return {
        ...mutable,
        id: 'answer-or-stop',
        title: say('action.answer-or-stop.title', { processes, destination: destination?.remote ?? null }),
        why: say('action.answer-or-stop.why'),
      };
    case 'connection-saturation':
      return {
        ...mutable,
        id: 'share-connections',
        title: say('action.share-connections.title', { processes }),
        why: say('action.share-connections.why'),
      };
    case 'stuck-time-wait':
      return {
        ...mutable,
        id: 'restart-host',
        title: say('action.restart-host.title'),
        why: say('action.restart-host.why'),
        when: 'next-restart',
        restartRequired: 'yes',
        apply: { cmd: ['shutdown /r /t 0'], powershell: ['Restart-Computer'], reg: null },
      };
    case 'undersized-range':
    case 'undetermined':
    case 'none':
      return null;
  }
};

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
function holdersOf(mechanism: 'bound-leak' | 'close-wait-leak' | 'established-leak' | 'udp-exhaustion'): string {
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

/** The well-known service behind a remote port decides what a client of its kind can do. */
function clientKind(port: number | null): 'sql' | 'http' | 'other' {
  if (port === 1433 || port === 1434 || port === 1521 || port === 3306 || port === 5432) return 'sql';
  if (port === 80 || port === 443 || port === 8080 || port === 8443) return 'http';
  return 'other';
}
