import { say } from '../../messages/say.js';
import { changeOfTheProgram, type ActionMaker } from './action.js';

const id = 'restart-host';

/** Where no program can help: the defect counts the uptime. */
export const restartHost: ActionMaker = {
  id,
  askedBy: 'fault',
  make: () => ({
    ...changeOfTheProgram(),
    id,
    title: say('action.restart-host.title'),
    why: say('action.restart-host.why'),
    when: 'next-restart',
    restartRequired: 'yes',
    apply: { cmd: ['shutdown /r /t 0'], powershell: ['Restart-Computer'], reg: null },
  }),
};
