import { say } from '../../messages/say.js';
import { changeOfTheProgram, type ActionMaker } from './action.js';
import { namedCulprits } from './culprits.js';
import { holdersOf } from './holders-of.js';

const id = 'share-connections';

/** For a crowd of live connections: fewer of them, each used by more. */
export const shareConnections: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { atFault }) => ({
    ...changeOfTheProgram(facts, atFault),
    id,
    title: say('action.share-connections.title', namedCulprits(facts, atFault)),
    why: say('action.share-connections.why'),
    verify: [holdersOf('established')],
    workedWhen: say('action.worked.share'),
  }),
};
