import { growingClass } from '../../mechanisms/mechanism.js';
import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';
import { namedCulprits, programsOf } from './culprits.js';
import { SYSTEM_PID } from '../../model/process.js';
import { holdersOf } from './holders-of.js';

const id = 'stop-the-leak';

/** More are not written out in a command. */
const MOST_PIDS = 3;

/** Ending the process gives the ports back at once; what is no leak where nobody is at fault is none to stop. */
export const stopTheLeak: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { mechanism, atFault }) => {
    const held = growingClass(mechanism);
    if (held === null || (mechanism.leaks === null && atFault.length === 0)) return null;
    const pids = programsOf(facts.identities, atFault)
      .flatMap((identity) => [...identity.pids])
      .sort((a, b) => a - b);
    const kernel = pids.length > 0 && pids.every((pid) => pid === SYSTEM_PID);
    const named = pids.slice(0, MOST_PIDS).map(String);
    return {
      id,
      title: say('action.stop-the-leak.title', { ...namedCulprits(facts, atFault), kernel }),
      why: say('action.stop-the-leak.why', { mechanism: mechanism.id, pids: named, kernel }),
      when: 'now',
      restartRequired: 'program',
      apply: { cmd: [], powershell: [], reg: null },
      verify: [holdersOf(held)],
      rollback: [],
      risks: [say('action.stop-the-leak.risk')],
    };
  },
};
