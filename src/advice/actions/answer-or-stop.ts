import { say } from '../../messages/say.js';
import { changeOfTheProgram, type ActionMaker } from './action.js';
import { destinationAtFault, namedCulprits } from './culprits.js';

const id = 'answer-or-stop';

/** For attempts that nobody answers: make the far end answer, or stop trying. */
export const answerOrStop: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { atFault }) => {
    const { remote, port } = destinationAtFault(facts, atFault);
    return {
      ...changeOfTheProgram(),
      id,
      title: say('action.answer-or-stop.title', { ...namedCulprits(facts, atFault), destination: remote, port }),
      why: say('action.answer-or-stop.why'),
    };
  },
};
