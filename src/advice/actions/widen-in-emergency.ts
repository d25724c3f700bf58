import { say } from '../../messages/say.js';
import type { ActionMaker } from '../action.js';
import { setRangeCommands } from './change-dynamic-port-range.js';
import { WIDEST_RANGE } from '../range-plan.js';

/** For a leak: a wider range cures nothing, but it may carry a host that nobody may restart until the process can be ended. */
export const widenInEmergency: ActionMaker = ({ facts, conclusion, plan }) => {
  const { mechanism } = conclusion.verdict;
  const leaks = mechanism === 'bound-leak' || mechanism === 'close-wait-leak' || mechanism === 'established-leak';
  const gained = plan.offer.usable(WIDEST_RANGE) - plan.currentUsable;
  if (!leaks || plan.range !== null || gained <= 0) return null;
  const ipv6 = facts.pools.find(({ id }) => id === 'tcp-ipv6')?.range ?? plan.current;
  const commands = setRangeCommands(WIDEST_RANGE, WIDEST_RANGE);
  return {
    id: 'widen-in-emergency',
    title: say('action.widen-in-emergency.title'),
    why: say('action.widen-in-emergency.why', { gained }),
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: commands, powershell: commands, reg: null },
    verify: ['netsh int ipv4 show dynamicport tcp', 'netsh int ipv6 show dynamicport tcp'],
    rollback: setRangeCommands(plan.current, ipv6),
    risks: [say('action.widen-in-emergency.risk'), say('action.range.risk-unseen')],
  };
};
