import { say } from '../../messages/say.js';
import { formatRange } from '../../model/port.js';
import type { ActionMaker } from './action.js';
import { setAutoReuse, SHOW_AUTO_REUSE } from './auto-reuse-commands.js';

const id = 'change-auto-reuse-range';

/** Set-NetTCPSetting, read when the host starts: the tests of .NET that need the range say so (dotnet/runtime pull 54903). */
export const changeAutoReuseRange: ActionMaker = {
  id,
  askedBy: 'plan',
  make: ({ facts, plan }) => {
    const { range, current } = plan;
    if (facts.pool.kind !== 'auto-reuse' || range === null) return null;
    return {
      id,
      title: say('action.change-auto-reuse.title', { from: formatRange(current), to: formatRange(range) }),
      why: say('action.change-auto-reuse.why', {
        destination: facts.destinations[0]?.remote ?? null,
        before: plan.currentUsable,
        after: plan.usable,
        sustains: plan.sustains,
      }),
      who: say('action.who', { role: 'host' }),
      when: 'next-restart',
      planned: false,
      restartRequired: 'yes',
      duration: say('action.duration', { kind: 'commands-and-restart' }),
      apply: { cmd: [], powershell: [setAutoReuse(range)], reg: null },
      verify: [SHOW_AUTO_REUSE],
      workedWhen: say('action.worked.auto-reuse', { range: formatRange(range) }),
      rollback: [setAutoReuse(current)],
      risks: [
        say('action.change-auto-reuse.risk-firewall', { range: formatRange(range) }),
        say('action.range.risk-unseen'),
        say('action.auto-reuse.risk-wrong'),
      ],
    };
  },
};
