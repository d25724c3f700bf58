import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';
import {
  dword,
  PARAMETERS_PATH,
  RECORD_PARAMETERS,
  RECORD_PARAMETERS_POWERSHELL,
  restoreParameter,
  setParameter,
  showParameter,
} from '../settings/registry-commands.js';

const NAME = 'TcpTimedWaitDelay';

const id = 'shorten-time-wait';

/** TcpTimedWaitDelay is read when the host starts. Source: KB 314053. */
export const shortenTimeWait: ActionMaker = {
  id,
  askedBy: 'plan',
  make: ({ facts, plan }) => {
    const seconds = plan.delaySeconds;
    if (seconds === null) return null;
    return {
      id,
      title: say('action.shorten-time-wait.title', { seconds }),
      why: say('action.shorten-time-wait.why', { seconds, sustains: plan.sustains }),
      who: say('action.who', { role: 'host' }),
      when: 'next-restart',
      planned: false,
      restartRequired: 'yes',
      duration: say('action.duration', { kind: 'commands-and-restart' }),
      apply: {
        cmd: [RECORD_PARAMETERS, showParameter(NAME), setParameter(NAME, seconds)],
        powershell: [
          RECORD_PARAMETERS_POWERSHELL,
          showParameter(NAME),
          `New-ItemProperty -Path '${PARAMETERS_PATH}' -Name TcpTimedWaitDelay -PropertyType DWord -Value ${String(seconds)} -Force`,
        ],
        reg: [
          'Windows Registry Editor Version 5.00',
          '',
          `[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]`,
          `"TcpTimedWaitDelay"=${dword(seconds)}`,
        ],
      },
      verify: [showParameter(NAME), 'netstat -anoi'],
      workedWhen: say('action.worked.delay', { seconds }),
      rollback: restoreParameter(facts, NAME),
      risks: [say('action.shorten-time-wait.risk'), say('action.registry.risk-way-back', { name: NAME })],
    };
  },
};
