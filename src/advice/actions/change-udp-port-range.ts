import { say } from '../../messages/say.js';
import { ADDRESS_FAMILIES } from '../../model/endpoint.js';
import { formatRange, lastPort } from '../../model/port.js';
import type { ActionMaker } from './action.js';
import { setRange } from './family-ranges.js';
import { rollbackRisks } from './range-rollback.js';
import { showRangeCommands } from '../settings/netsh-commands.js';
import { plannedUdpRange } from '../plan/udp-range.js';

const id = 'change-udp-port-range';

/** The range of UDP is a range of its own; netsh sets it for both address families, and it takes effect at once. */
export const changeUdpPortRange: ActionMaker = {
  id,
  askedBy: 'verdict',
  make: ({ facts, conclusion }) => {
    const range = plannedUdpRange(facts, conclusion);
    if (range === null) return null;
    const current = facts.udpPool.range;
    const show = showRangeCommands('udp');
    const commands = [...show, ...ADDRESS_FAMILIES.map((family) => setRange(family, range, 'udp'))];
    return {
      id,
      title: say('action.udp-range.title', { from: formatRange(current), to: formatRange(range) }),
      why: say('action.udp-range.why', { before: current.count, after: range.count }),
      who: say('action.who', { role: 'host' }),
      when: 'now',
      planned: false,
      restartRequired: 'no',
      duration: say('action.duration', { kind: 'commands' }),
      apply: { cmd: commands, powershell: commands, reg: null },
      verify: show,
      workedWhen: say('action.worked.udp-range', { range: formatRange(range) }),
      rollback: ADDRESS_FAMILIES.map((family) => setRange(family, current, 'udp')),
      risks: [
        say('action.range.risk-firewall', { start: range.start, end: lastPort(range) }),
        say('action.udp-range.risk-fixed', { start: range.start, end: lastPort(range) }),
        ...rollbackRisks(facts, 'udp'),
        say('action.range.risk-wrong'),
      ],
    };
  },
};
