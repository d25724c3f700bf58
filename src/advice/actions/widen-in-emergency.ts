import { say } from '../../messages/say.js';
import { formatRange } from '../../model/port.js';
import type { ActionMaker } from './action.js';
import { familyRanges, setFamilyRanges } from './family-ranges.js';
import { emergencyRange, freeNow, isLeakOver, leakPerHour, timeToExhaustion } from '../plan/time-to-exhaustion.js';
import { collisionRisks, listingFirst } from './listeners-in-new-range.js';
import { rollbackRisks } from './range-rollback.js';
import { showRangeCommands } from '../settings/netsh-commands.js';

const id = 'widen-in-emergency';

/** For a leak: a wider range cures nothing, but it may carry a host that nobody may restart until the process can be ended. */
export const widenInEmergency: ActionMaker = {
  id,
  askedBy: 'verdict',
  make: ({ facts, conclusion, plan }) => {
    const range = emergencyRange(plan);
    const usable = plan.offer.usable(range);
    const gained = usable - plan.currentUsable;
    if (plan.kind !== 'dynamic' || plan.range !== null || gained <= 0 || isLeakOver(facts, conclusion)) return null;
    const ranges = familyRanges(facts, range);
    const show = showRangeCommands('tcp');
    const commands = [...show, ...setFamilyRanges(ranges, 'recommended')];
    const listing = listingFirst(facts);
    return {
      id,
      title: say('action.widen-in-emergency.title'),
      why: say('action.widen-in-emergency.gains', {
        gained,
        free: freeNow(facts, conclusion, usable),
        perHour: leakPerHour(facts, conclusion),
        lasts: timeToExhaustion(facts, conclusion, usable),
      }),
      who: say('action.who', { role: 'host' }),
      when: 'now',
      planned: false,
      restartRequired: 'no',
      duration: say('action.duration', { kind: 'commands' }),
      apply: { cmd: [...listing.cmd, ...commands], powershell: [...listing.powershell, ...commands], reg: null },
      verify: show,
      workedWhen: say('action.worked.range', { range: formatRange(range) }),
      rollback: setFamilyRanges(ranges, 'current'),
      risks: [
        ...collisionRisks(facts, plan, range),
        say('action.widen-in-emergency.risk-firewall', { range: formatRange(range) }),
        ...rollbackRisks(facts, 'tcp'),
        say('action.range.risk-wrong'),
      ],
    };
  },
};
