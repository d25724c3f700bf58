import { say } from '../../messages/say.js';
import {
  dword,
  PARAMETERS_KEY,
  PARAMETERS_PATH,
  restoreParameter,
  SAVE_PARAMETERS,
  type ActionMaker,
} from '../action.js';

/** TcpTimedWaitDelay is read when the host starts. Source: KB 314053. */
export const shortenTimeWait: ActionMaker = ({ facts, plan }) => {
  const seconds = plan.delaySeconds;
  if (seconds === null) return null;
  return {
    id: 'shorten-time-wait',
    title: say('action.shorten-time-wait.title', { seconds }),
    why: say('action.shorten-time-wait.why', { seconds, sustains: plan.sustains }),
    when: 'next-restart',
    restartRequired: 'yes',
    apply: {
      cmd: [SAVE_PARAMETERS, `reg add "${PARAMETERS_KEY}" /v TcpTimedWaitDelay /t REG_DWORD /d ${String(seconds)} /f`],
      powershell: [
        SAVE_PARAMETERS,
        `New-ItemProperty -Path '${PARAMETERS_PATH}' -Name TcpTimedWaitDelay -PropertyType DWord -Value ${String(seconds)} -Force`,
      ],
      reg: [
        'Windows Registry Editor Version 5.00',
        '',
        `[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]`,
        `"TcpTimedWaitDelay"=${dword(seconds)}`,
      ],
    },
    verify: [`reg query "${PARAMETERS_KEY}" /v TcpTimedWaitDelay`, 'netstat -anoi'],
    rollback: restoreParameter(facts, 'TcpTimedWaitDelay'),
    risks: [say('action.shorten-time-wait.risk')],
  };
};
