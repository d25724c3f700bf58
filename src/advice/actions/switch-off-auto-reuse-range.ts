import { say } from '../../messages/say.js';
import { formatRange } from '../../model/port.js';
import type { ActionMaker } from './action.js';
import { setAutoReuse, SHOW_AUTO_REUSE } from './auto-reuse-commands.js';

const id = 'switch-off-auto-reuse-range';

/** Where the dynamic range is the larger one, no auto-reuse range at all does as well: connections then draw from there. */
export const switchOffAutoReuseRange: ActionMaker = {
  id,
  askedBy: 'verdict',
  make: ({ facts, plan }) => {
    const dynamic = facts.pools.find(({ id }) => id === 'tcp');
    if (facts.pool.kind !== 'auto-reuse' || dynamic === undefined) return null;
    return {
      id,
      title: say('action.switch-off-auto-reuse.title', { range: formatRange(plan.current) }),
      why: say('action.switch-off-auto-reuse.why', { dynamic: formatRange(dynamic.range) }),
      who: say('action.who', { role: 'host' }),
      when: 'next-restart',
      planned: false,
      restartRequired: 'yes',
      duration: say('action.duration', { kind: 'commands-and-restart' }),
      apply: { cmd: [], powershell: [setAutoReuse({ start: 0, count: 0 })], reg: null },
      verify: [SHOW_AUTO_REUSE],
      workedWhen: say('action.worked.auto-reuse-off'),
      rollback: [setAutoReuse(plan.current)],
      risks: [say('action.switch-off-auto-reuse.risk')],
    };
  },
};
