import { say } from '../../messages/say.js';
import type { Action } from '../../model/report-advice.js';
import type { Message } from '../../model/report-message.js';
import { formatRange, lastPort } from '../../model/port.js';
import type { AdviceInput } from '../plan/advice-input.js';
import { familyRanges, setFamilyRanges } from './family-ranges.js';
import { collisionRisks, listingFirst } from './listeners-in-new-range.js';
import { rollbackRisks } from './range-rollback.js';
import { showRangeCommands } from '../settings/netsh-commands.js';
import { excludedBlocks, portsIn, runsContainers } from '../plan/excluded-blocks.js';
import { plannedDynamicRange } from '../plan/settings-plan.js';

const TITLES = {
  'restore-dynamic-port-range': 'action.restore-range.title',
  'widen-dynamic-port-range': 'action.widen-range.title',
} as const;
type ChangeId = keyof typeof TITLES;

/** netsh for each address family whose range is no wider already: takes effect at once, survives a restart, and is easy to put back. */
export function changeDynamicPortRange(id: ChangeId, { facts, conclusion, plan }: AdviceInput): Action | null {
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
  const reserved = portsIn(excludedBlocks(facts, conclusion.main).reserved);
  if (reserved > 0) risks.push(say('action.range.risk-blocks', { ports: reserved, containers: runsContainers(facts) }));
  risks.push(...rollbackRisks(facts, 'tcp'), say('action.range.risk-wrong'));
  const show = showRangeCommands('tcp');
  const set = [...show, ...setFamilyRanges(ranges, 'recommended')];
  const listing = listingFirst(facts);
  return {
    id,
    title: say(TITLES[id], {
      from: `${String(current.start)}–${String(lastPort(current))}`,
      to: `${String(range.start)}–${String(lastPort(range))}`,
    }),
    why: say('action.range.why', { before: plan.currentUsable, after: plan.usable, sustains: plan.sustains }),
    who: say('action.who', { role: 'host' }),
    when: 'now',
    planned: false,
    restartRequired: 'no',
    duration: say('action.duration', { kind: 'commands' }),
    apply: { cmd: [...listing.cmd, ...set], powershell: [...listing.powershell, ...set], reg: null },
    verify: show,
    workedWhen: say('action.worked.range', { range: formatRange(range) }),
    rollback: setFamilyRanges(ranges, 'current'),
    risks,
  };
}
