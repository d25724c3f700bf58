import { say } from '../../messages/say.js';
import { changeOfTheProgram, type ActionMaker } from './action.js';
import { namedCulprits } from './culprits.js';
import { holdersOf } from './holders-of.js';
import { leakToStop } from './leak-to-stop.js';

const id = 'mend-the-leak';

/** For a program that was restarted: it leaks again until it is changed. What Windows cannot lose is restarted with the search for the cause. */
export const mendTheLeak: ActionMaker = {
  id,
  askedBy: 'fault',
  comesLast: true,
  make: ({ facts }, fault) => {
    const leak = leakToStop(facts, fault);
    if (leak === null || (leak.endable.length === 0 && fault.atFault.length > 0)) return null;
    const { held, endable } = leak;
    return {
      ...changeOfTheProgram(facts, endable),
      id,
      title: say('action.mend-the-leak.title', namedCulprits(facts, endable)),
      why: say('action.mend-the-leak.why', { held }),
      planned: true,
      verify: [holdersOf(held)],
      workedWhen: say('action.worked.mended'),
    };
  },
};
