import type { Action, Message } from '../../model/report.js';
import { say } from '../../messages/say.js';
import type { AdviceInput } from '../action.js';
import { emergencyRange, leakPerHour, secondsUntilFull } from '../leak-outlook.js';
import { namedListeners } from '../named-listeners.js';
import { showRangeCommands, wayBackRisks } from '../range-way-back.js';
import { setRangeCommands } from './change-dynamic-port-range.js';

/** For a leak: a wider range cures nothing, but it may carry a host that nobody may restart until the process can be ended. */
export const widenInEmergency = ({ facts, conclusion, plan }: AdviceInput): Action | null => {
  const { mechanism } = conclusion.verdict;
  const leaks = mechanism === 'bound-leak' || mechanism === 'close-wait-leak' || mechanism === 'established-leak';
  const range = emergencyRange(plan);
  const usable = plan.offer.usable(range);
  const gained = usable - plan.currentUsable;
  if (plan.kind !== 'dynamic' || !leaks || plan.range !== null || gained <= 0) return null;
  const ipv6 = facts.pools.find(({ id }) => id === 'tcp-ipv6')?.range ?? plan.current;
  const show = showRangeCommands('tcp');
  const commands = [...show, ...setRangeCommands(range, range)];
  const now = new Set(plan.offer.listenersIn(plan.current));
  const added = plan.offer.listenersIn(range).filter((port) => !now.has(port));
  const risks: Message[] = [];
  if (added.length > 0) risks.push(say('action.range.risk-listeners', namedListeners(facts, added)));
  risks.push(say('action.range.risk-unseen'), ...wayBackRisks(facts, 'tcp'));
  return {
    id: 'widen-in-emergency',
    title: say('action.widen-in-emergency.title'),
    why: say('action.widen-in-emergency.why', {
      gained,
      perHour: leakPerHour(facts, conclusion),
      seconds: secondsUntilFull(facts, conclusion, usable),
    }),
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: commands, powershell: commands, reg: null },
    verify: show,
    rollback: setRangeCommands(plan.current, ipv6),
    risks,
  };
};
