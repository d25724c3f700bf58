import { say } from '../../messages/say.js';
import type { Transport } from '../../model/connection.js';
import type { Message } from '../../model/report.js';
import { formatRange, lastPort, type PortRange } from '../../model/port.js';
import type { ActionMaker } from '../action.js';
import { namedListeners } from '../named-listeners.js';
import { showRangeCommands, wayBackRisks } from '../range-way-back.js';
import { plannedDynamicRange } from '../plan.js';

/** netsh for both address families: takes effect at once, survives a restart, and is easy to put back. */
export const changeDynamicPortRange: ActionMaker = ({ facts, plan }) => {
  const { current } = plan;
  const range = plannedDynamicRange(plan);
  if (range === null) return null;
  const ipv6 = facts.pools.find(({ id }) => id === 'tcp-ipv6')?.range ?? current;
  const added = plan.offer.listenersIn({ start: range.start, count: Math.max(current.start - range.start, 0) });
  const risks: Message[] = [say('action.range.risk-firewall', { start: range.start, end: lastPort(range) })];
  if (added.length > 0) {
    risks.push(say('action.range.risk-listeners', namedListeners(facts, added)));
  }
  risks.push(say('action.range.risk-unseen'));
  const reused = facts.pools.find(({ kind }) => kind === 'auto-reuse');
  const shared = plan.offer.elsewhereIn(range);
  if (reused !== undefined && shared > 0) {
    risks.push(say('action.range.risk-auto-reuse', { range: formatRange(reused.range), ports: shared }));
  }
  risks.push(...wayBackRisks(facts, 'tcp'));
  const show = showRangeCommands('tcp');
  const set = [...show, ...setRangeCommands(range, range)];
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
    rollback: setRangeCommands(current, ipv6),
    risks,
  };
};

export function setRangeCommands(ipv4: PortRange, ipv6: PortRange, transport: Transport = 'tcp'): string[] {
  return [
    `netsh int ipv4 set dynamicport ${transport} start=${String(ipv4.start)} num=${String(ipv4.count)}`,
    `netsh int ipv6 set dynamicport ${transport} start=${String(ipv6.start)} num=${String(ipv6.count)}`,
  ];
}
