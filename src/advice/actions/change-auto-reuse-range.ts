import { say } from '../../messages/say.js';
import { formatRange, type PortRange } from '../../model/port.js';
import type { ActionMaker } from './action.js';

/** The template that can be changed; Microsoft's own ones are read-only on some editions. */
const TEMPLATE = 'InternetCustom';
export const SHOW_AUTO_REUSE =
  'Get-NetTCPSetting | Format-Table SettingName, DynamicPortRangeStartPort, DynamicPortRangeNumberOfPorts, AutoReusePortRangeStartPort, AutoReusePortRangeNumberOfPorts';

/** Set-NetTCPSetting, read when the host starts: the tests of .NET that need the range say so (dotnet/runtime pull 54903). */
export const changeAutoReuseRange: ActionMaker = ({ facts, plan }) => {
  const { range, current } = plan;
  if (facts.pool.kind !== 'auto-reuse' || range === null) return null;
  return {
    id: 'change-auto-reuse-range',
    title: say('action.change-auto-reuse.title', { from: formatRange(current), to: formatRange(range) }),
    why: say('action.change-auto-reuse.why', {
      destination: facts.destinations[0]?.remote ?? null,
      before: plan.currentUsable,
      after: plan.usable,
      sustains: plan.sustains,
    }),
    when: 'next-restart',
    restartRequired: 'yes',
    apply: { cmd: [], powershell: [setAutoReuse(range)], reg: null },
    verify: [SHOW_AUTO_REUSE],
    rollback: [setAutoReuse(current)],
    risks: [
      say('action.change-auto-reuse.risk-firewall', { range: formatRange(range) }),
      say('action.range.risk-unseen'),
    ],
  };
};

/** Where the dynamic range is the larger one, no auto-reuse range at all does as well: connections then draw from there. */
export const switchOffAutoReuse: ActionMaker = ({ facts, conclusion, plan }) => {
  const dynamic = facts.pools.find(({ id }) => id === 'tcp');
  if (facts.pool.kind !== 'auto-reuse' || dynamic === undefined) return null;
  if (conclusion.verdict.mechanism !== 'undersized-range') return null;
  return {
    id: 'switch-off-auto-reuse-range',
    title: say('action.switch-off-auto-reuse.title', { range: formatRange(plan.current) }),
    why: say('action.switch-off-auto-reuse.why', { dynamic: formatRange(dynamic.range) }),
    when: 'next-restart',
    restartRequired: 'yes',
    apply: { cmd: [], powershell: [setAutoReuse({ start: 0, count: 0 })], reg: null },
    verify: [SHOW_AUTO_REUSE],
    rollback: [setAutoReuse(plan.current)],
    risks: [say('action.switch-off-auto-reuse.risk')],
  };
};

export function setAutoReuse({ start, count }: PortRange): string {
  return `Set-NetTCPSetting -SettingName ${TEMPLATE} -AutoReusePortRangeStartPort ${String(start)} -AutoReusePortRangeNumberOfPorts ${String(count)}`;
}
