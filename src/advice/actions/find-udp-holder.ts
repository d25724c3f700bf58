import { settingsHelpOf } from '../../mechanisms/mechanism.js';
import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';
import { holdersOf } from './holders-of.js';

const id = 'find-udp-holder';

/** Nobody is known to hold them: a UDP table with owners comes before any remedy. */
export const findUdpHolder: ActionMaker = {
  id,
  askedBy: 'fault',
  make: ({ facts }, { mechanism, atFault }) => {
    if (atFault.length > 0 || settingsHelpOf(mechanism, facts) !== 'cannot-tell') return null;
    return {
      id,
      title: say('action.find-udp-holder.title'),
      why: say('action.find-udp-holder.why'),
      who: say('action.who', { role: 'host' }),
      when: 'now',
      planned: false,
      restartRequired: 'no',
      duration: say('action.duration', { kind: 'look' }),
      apply: { cmd: [], powershell: [holdersOf('udp')], reg: null },
      verify: [],
      workedWhen: say('action.worked.udp-holder'),
      rollback: [],
      risks: [say('action.risk.looks-only')],
    };
  },
};
