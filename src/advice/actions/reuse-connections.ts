import { say } from '../../messages/say.js';
import { changeOfTheProgram, findDriver, NO_COMMANDS, type ActionMaker } from './action.js';
import { clientKind } from './client-kind.js';
import { destinationAtFault, namedCulprits, programsOf } from './culprits.js';

const id = 'reuse-connections';

/** For a client that opens and closes: keep its connections, in the way of its kind. */
export const reuseConnections: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { atFault }) => {
    const { remote, port, waiting, perSecond } = destinationAtFault(facts, atFault);
    const kind = clientKind(programsOf(facts.identities, atFault), port);
    return {
      ...changeOfTheProgram(facts, atFault),
      id,
      apply: kind === 'driver' ? findDriver() : NO_COMMANDS,
      title: say('action.reuse-connections.title', { ...namedCulprits(facts, atFault), kind }),
      why: say('action.reuse-connections.why', { destination: remote, kind, perSecond }),
      workedWhen: say('action.worked.reuse', { destination: remote, waiting }),
      // By state number or name, never by netstat's word: that is translated.
      verify: [
        'Get-NetTCPConnection -State TimeWait | Group-Object RemoteAddress, RemotePort -NoElement | Sort-Object Count -Descending',
      ],
    };
  },
};
