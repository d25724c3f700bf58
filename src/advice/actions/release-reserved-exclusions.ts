import { say } from '../../messages/say.js';
import { formatRange } from '../../model/port.js';
import type { ActionMaker } from './action.js';
import { SHOW_EXCLUSIONS } from './free-exclusions.js';
import { portsIn } from '../plan/freeable-exclusions.js';

const id = 'release-reserved-exclusions';

/** What services reserve when they start has no star in the list, and goes with the service: netsh cannot delete it. */
export const releaseReservedExclusions: ActionMaker = {
  id,
  askedBy: 'plan',
  make: ({ plan }) => {
    const { reserved } = plan.freed;
    if (reserved.length === 0) return null;
    const stop = ['net stop winnat', ...SHOW_EXCLUSIONS];
    return {
      id,
      title: say('action.release-blocks.title', { ports: portsIn(reserved) }),
      why: say('action.release-blocks.why', {
        around: plan.aroundExclusions === null ? null : formatRange(plan.aroundExclusions),
      }),
      who: say('action.who', { role: 'containers' }),
      when: 'planned',
      restartRequired: 'no',
      duration: say('action.duration', { kind: 'service' }),
      apply: { cmd: stop, powershell: stop, reg: null },
      verify: SHOW_EXCLUSIONS,
      workedWhen: say('action.worked.exclusions', { ports: portsIn(reserved) }),
      rollback: ['net start winnat'],
      risks: [say('action.release-blocks.risk-network'), say('action.release-blocks.risk-return')],
    };
  },
};
