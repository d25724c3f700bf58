import type { HostFacts } from '../../measure/facts.js';
import type { Fault } from '../../verdict/conclude.js';
import { say } from '../../messages/say.js';
import type { Action } from '../../model/report.js';
import type { ActionMaker } from './action.js';
import type { AdviceInput } from '../plan/advice-input.js';
import { clientKind } from './client-kind.js';
import { destinationAtFault, namedCulprits, programsOf } from './culprits.js';
import { stopTheLeak } from './stop-the-leak.js';

/** Always first: the programs that take the ports, each mechanism with those at fault for it. Settings only buy them room. */
export const fixConsumer: ActionMaker = (input) =>
  input.conclusion.faults.flatMap((fault) => remedyFor(input, fault) ?? []);

function remedyFor({ facts, plan }: AdviceInput, { mechanism: { id: mechanism }, atFault }: Fault): Action | null {
  const culprits = namedCulprits(facts, atFault);
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
    case 'time-wait-churn': {
      const { remote, port, waiting } = destinationAtFault(facts, atFault);
      const kind = clientKind(programsOf(facts.identities, atFault), port);
      return {
        ...mutable,
        id: 'reuse-connections',
        title: say('action.reuse-connections.title', { ...culprits, kind }),
        why: say('action.reuse-connections.why', {
          destination: remote,
          kind,
          perSecond: plan.need.rate?.low ?? null,
          waiting,
        }),
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
        title: say('action.unpin-source-port.title', culprits),
        why: say('action.unpin-source-port.why', pinnedBy(facts, atFault)),
        verify: ['wevtutil qe System "/q:*[System[Provider[@Name=\'Tcpip\'] and EventID=4227]]" /c:5 /rd:true /f:text'],
      };
    case 'bound-leak':
    case 'close-wait-leak':
    case 'established-leak':
    case 'udp-exhaustion':
      return stopTheLeak(facts, mechanism, atFault);
    case 'syn-sent-pileup': {
      const { remote, port } = destinationAtFault(facts, atFault);
      return {
        ...mutable,
        id: 'answer-or-stop',
        title: say('action.answer-or-stop.title', { ...culprits, destination: remote, port }),
        why: say('action.answer-or-stop.why'),
      };
    }
    case 'connection-saturation':
      return {
        ...mutable,
        id: 'share-connections',
        title: say('action.share-connections.title', culprits),
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
      return null;
  }
}

/** The reopened pair of those at fault, else the one reopened most. */
function pinnedBy({ pinned }: HostFacts, atFault: readonly number[]): { local: string; remote: string } {
  const own = pinned.find(({ consumer }) => consumer !== null && atFault.includes(consumer)) ?? pinned[0];
  return { local: own?.local ?? '', remote: own?.remote ?? '' };
}
