import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';

const id = 'restart-host';

/** Where no program can help: the defect counts the uptime. */
export const restartHost: ActionMaker = {
  id,
  askedBy: 'fault',
  make: () => ({
    id,
    title: say('action.restart-host.title'),
    why: say('action.restart-host.why'),
    who: say('action.who', { role: 'host' }),
    when: 'next-restart',
    planned: true,
    restartRequired: 'yes',
    duration: say('action.duration', { kind: 'restart' }),
    apply: { cmd: ['shutdown /r /t 0'], powershell: ['Restart-Computer'], reg: null },
    verify: [
      'netstat -anoi',
      'wevtutil qe System "/q:*[System[Provider[@Name=\'EventLog\'] and EventID=6013]]" /c:1 /rd:true /f:text',
    ],
    workedWhen: say('action.worked.restart-host'),
    rollback: [],
    risks: [say('action.restart-host.risk'), say('action.restart-host.risk-wrong')],
  }),
};
