import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';
import { showExclusionCommands } from '../settings/netsh-commands.js';
import { excludedBlocks, portsIn, runsContainers } from '../plan/excluded-blocks.js';

const id = 'release-reserved-exclusions';

/**
 * What services reserve when they start has no star in the list, and goes with the service: netsh cannot delete it. Never on a host
 * that runs containers, and the plan does without.
 */
export const releaseReservedExclusions: ActionMaker = {
  id,
  askedBy: 'plan',
  make: ({ facts, conclusion, plan }) => {
    if (plan.why === 'restore-default') return null;
    const { reserved } = excludedBlocks(facts, conclusion.main);
    if (reserved.length === 0 || runsContainers(facts)) return null;
    const show = showExclusionCommands('tcp');
    const stop = ['net stop winnat', ...show];
    return {
      id,
      title: say('action.release-blocks.title', { ports: portsIn(reserved) }),
      why: say('action.release-blocks.why'),
      who: say('action.who', { role: 'containers' }),
      when: 'now',
      planned: true,
      restartRequired: 'no',
      duration: say('action.duration', { kind: 'service' }),
      apply: { cmd: stop, powershell: stop, reg: null },
      verify: show,
      workedWhen: say('action.worked.exclusions', { ports: portsIn(reserved) }),
      rollback: ['net start winnat'],
      risks: [say('action.release-blocks.risk-network'), say('action.release-blocks.risk-return')],
    };
  },
};
