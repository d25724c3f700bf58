import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';
import {
  capturedParameter,
  deleteParameter,
  PARAMETERS_PATH,
  RECORD_PARAMETERS,
  RECORD_PARAMETERS_POWERSHELL,
  restoreParameter,
  showParameter,
} from '../settings/registry-commands.js';
import { isLegalMaxUserPort } from '../settings/max-user-port.js';
import { plannedDynamicRange } from '../plan/settings-plan.js';

const id = 'remove-max-user-port';

/** A MaxUserPort beside a range set by netsh: two mechanisms for one thing, and no source says which wins. */
export const removeMaxUserPort: ActionMaker = {
  id,
  askedBy: 'plan',
  make: ({ facts, plan }) => {
    const value = capturedParameter(facts, 'MaxUserPort');
    if (typeof value !== 'number' || (plannedDynamicRange(plan) === null && isLegalMaxUserPort(value))) return null;
    return {
      id,
      title: say('action.remove-max-user-port.title', { value }),
      why: say('action.remove-max-user-port.why', { legal: isLegalMaxUserPort(value) }),
      who: say('action.who', { role: 'host' }),
      when: 'next-restart',
      planned: false,
      restartRequired: 'unverified',
      duration: say('action.duration', { kind: 'commands-and-restart' }),
      apply: {
        cmd: [RECORD_PARAMETERS, showParameter('MaxUserPort'), deleteParameter('MaxUserPort')],
        powershell: [
          RECORD_PARAMETERS_POWERSHELL,
          showParameter('MaxUserPort'),
          `Remove-ItemProperty -Path '${PARAMETERS_PATH}' -Name MaxUserPort`,
        ],
        reg: null,
      },
      verify: [showParameter('MaxUserPort'), 'netsh int ipv4 show dynamicport tcp'],
      workedWhen: say('action.worked.max-user-port'),
      rollback: restoreParameter(facts, 'MaxUserPort'),
      risks: [say('action.remove-max-user-port.risk'), say('action.registry.risk-way-back', { name: 'MaxUserPort' })],
    };
  },
};
