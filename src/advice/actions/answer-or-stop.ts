import { say } from '../../messages/say.js';
import { changeOfTheProgram, type ActionMaker } from './action.js';
import { destinationAtFault, namedCulprits, programsOf } from './culprits.js';
import { holdersOf } from './holders-of.js';
import { isEssential } from './process-care.js';

const id = 'answer-or-stop';

/** For attempts that nobody answers: make the far end answer, or stop trying. */
export const answerOrStop: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { atFault }) => {
    const { remote, port } = destinationAtFault(facts, atFault);
    const stoppable = atFault.filter((one) => !programsOf(facts.identities, [one]).some(isEssential));
    return {
      ...changeOfTheProgram(facts, atFault),
      id,
      title: say('action.answer-or-stop.title', { ...namedCulprits(facts, stoppable), destination: remote, port }),
      who: say('action.who', { role: 'destination' }),
      why: say('action.answer-or-stop.why'),
      duration: say('action.duration', { kind: 'look-and-change' }),
      verify: [holdersOf('synSent')],
      workedWhen: say('action.worked.answer'),
    };
  },
};
