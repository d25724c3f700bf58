import { say } from '../../messages/say.js';
import {
  capturedParameter,
  PARAMETERS_KEY,
  PARAMETERS_PATH,
  restoreParameter,
  SAVE_PARAMETERS,
  type ActionMaker,
} from '../action.js';

/** A MaxUserPort beside a range set by netsh: two mechanisms for one thing, and no source says which wins. */
export const removeMaxUserPort: ActionMaker = ({ facts, plan }) => {
  const value = capturedParameter(facts, 'MaxUserPort');
  if (typeof value !== 'number' || plan.range === null) return null;
  return {
    id: 'remove-max-user-port',
    title: say('action.remove-max-user-port.title', { value }),
    why: say('action.remove-max-user-port.why'),
    when: 'next-restart',
    restartRequired: 'unverified',
    apply: {
      cmd: [SAVE_PARAMETERS, `reg delete "${PARAMETERS_KEY}" /v MaxUserPort /f`],
      powershell: [SAVE_PARAMETERS, `Remove-ItemProperty -Path '${PARAMETERS_PATH}' -Name MaxUserPort`],
      reg: null,
    },
    verify: [`reg query "${PARAMETERS_KEY}" /v MaxUserPort`, 'netsh int ipv4 show dynamicport tcp'],
    rollback: restoreParameter(facts, 'MaxUserPort'),
    risks: [say('action.remove-max-user-port.risk')],
  };
};
