import { consumerNames } from '../../correlation/consumer-name.js';
import { say } from '../../messages/say.js';
import type { ActionMaker } from '../action.js';

/** Always first: the program that takes the ports. Settings only buy it room. */
export const fixConsumer: ActionMaker = ({ facts, conclusion }) => {
  const { mechanism } = conclusion.verdict;
  const processes = consumerNames(facts.identities, conclusion.atFault);
  const [destination] = facts.destinations;
  const base = {
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: [], powershell: [], reg: null },
    verify: [],
    rollback: [],
    risks: [],
  } as const;
  const mutable = { ...base, apply: { cmd: [], powershell: [], reg: null }, verify: [], rollback: [], risks: [] };
  switch (mechanism) {
    case 'time-wait-churn': {
      const kind = clientKind(destination?.port ?? null);
      return {
        ...mutable,
        id: 'reuse-connections',
        title: say('action.reuse-connections.title', { processes }),
        why: say('action.reuse-connections.why', { destination: destination?.remote ?? null, kind }),
        // By state number or name, never by netstat's word: that is translated.
        verify: [
          'Get-NetTCPConnection -State TimeWait | Group-Object RemoteAddress, RemotePort -NoElement | Sort-Object Count -Descending',
        ],
      };
    }
    case 'endpoint-collision':
      return {
        ...mutable,
        id: 'unpin-source-port',
        title: say('action.unpin-source-port.title', { processes }),
        why: say('action.unpin-source-port.why', {
          local: facts.pinned[0]?.local ?? '',
          remote: facts.pinned[0]?.remote ?? '',
        }),
      };
    case 'bound-leak':
    case 'close-wait-leak':
    case 'established-leak':
    case 'udp-exhaustion':
      return {
        ...mutable,
        id: 'stop-the-leak',
        title: say('action.stop-the-leak.title', { processes }),
        why: say('action.stop-the-leak.why', { mechanism }),
        verify:
          mechanism === 'udp-exhaustion'
            ? ['netstat -ano -p udp']
            : [
                'netstat -anoq',
                'Get-NetTCPConnection | Group-Object OwningProcess, State | Sort-Object Count -Descending',
              ],
        risks: [say('action.stop-the-leak.risk')],
      };
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

/** The well-known service behind a remote port decides what a client of its kind can do. */
function clientKind(port: number | null): 'sql' | 'http' | 'other' {
  if (port === 1433 || port === 1434 || port === 1521 || port === 3306 || port === 5432) return 'sql';
  if (port === 80 || port === 443 || port === 8080 || port === 8443) return 'http';
  return 'other';
}
