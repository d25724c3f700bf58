import { crowdOfProcesses } from '../../mechanisms/crowd-of-processes.js';
import { say } from '../../messages/say.js';
import type { Action } from '../../model/report-advice.js';
import { changeOfTheProgram, type ActionMaker } from './action.js';
import { namedCulprits } from './culprits.js';
import { holdersOf } from './holders-of.js';

const id = 'share-connections';

/** Nobody changes a program: an administrator spreads its users. */
const OF_A_CROWD: Pick<Action, 'who' | 'planned' | 'restartRequired' | 'duration' | 'risks'> = {
  who: say('action.who', { role: 'host' }),
  planned: true,
  restartRequired: 'no',
  duration: say('action.duration', { kind: 'look-and-change' }),
  risks: [say('action.share-connections.risk-crowd')],
};

/** For a crowd of live connections: fewer of them, each used by more. */
export const shareConnections: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { atFault }) => {
    const crowd = atFault.length === 0 ? crowdOfProcesses(facts) : null;
    const named = crowd === null ? {} : { crowd: crowd.image };
    return {
      ...changeOfTheProgram(facts, atFault),
      ...(crowd === null ? {} : OF_A_CROWD),
      id,
      title: say('action.share-connections.title', { ...namedCulprits(facts, atFault), ...named }),
      why: say('action.share-connections.why', crowd === null ? {} : { crowdProcesses: crowd.processes }),
      verify: [holdersOf('established')],
      workedWhen: say('action.worked.share'),
    };
  },
};
