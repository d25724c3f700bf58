import { say } from '../../messages/say.js';
import type { Message } from '../../model/report.js';
import { formatRange, lastPort } from '../../model/port.js';
import type { ActionMaker } from './action.js';
import { familyRanges, setFamilyRanges } from './family-ranges.js';
import { collisionRisks } from './listeners-in-new-range.js';
import { showRangeCommands, rollbackRisks } from './range-rollback.js';
import { plannedDynamicRange } from '../plan/settings-plan.js';

/** netsh for each address family whose range is no wider already: takes effect at once, survives a restart, and is easy to put back. */
export const changeDynamicPortRange: ActionMaker = ({ facts, plan }) => {
  const { current } = plan;
  const range = plannedDynamicRange(plan);
  if (range === null) return null;
  const ranges = familyRanges(facts, range);
  const risks: Message[] = [
    say('action.range.risk-firewall', { start: range.start, end: lastPort(range) }),
    ...collisionRisks(facts, plan, range),
  ];
  const reused = facts.pools.find(({ kind }) => kind === 'auto-reuse');
  const shared = plan.offer.elsewhereIn(range);
  if (reused !== undefined && shared > 0) {
    risks.push(say('action.range.risk-auto-reuse', { range: formatRange(reused.range), ports: shared }));
  }
  risks.push(...rollbackRisks(facts, 'tcp'));
  const show = showRangeCommands('tcp');
  const set = [...show, ...setFamilyRanges(ranges, 'recommended')];
  const restored = plan.why === 'restore-default';
  return {
    id: restored ? 'restore-dynamic-port-range' : 'widen-dynamic-port-range',
    title: say(restored ? 'action.restore-range.title' : 'action.widen-range.title', {
      from: `${String(current.start)}–${String(lastPort(current))}`,
      to: `${String(range.start)}–${String(lastPort(range))}`,
    }),
    why: say('action.range.why', { before: plan.currentUsable, after: plan.usable, sustains: plan.sustains }),
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: set, powershell: set, reg: null },
    verify: show,
    rollback: setFamilyRanges(ranges, 'current'),
    risks,
  };
};
