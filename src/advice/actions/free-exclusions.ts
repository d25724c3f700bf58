import { say } from '../../messages/say.js';
import { ADDRESS_FAMILIES } from '../../model/endpoint.js';
import { formatRange } from '../../model/port.js';
import type { ActionMaker } from './action.js';
import { portsIn } from '../plan/freeable-exclusions.js';

const SHOW_EXCLUSIONS = ADDRESS_FAMILIES.map((family) => `netsh int ${family} show excludedportrange protocol=tcp`);

/** Administered exclusions can be deleted, each in the family it was listed for. */
export const freeExclusions: ActionMaker = ({ plan }) => {
  const { administered } = plan.freed;
  if (administered.length === 0) return null;
  const commands = (verb: 'add' | 'delete'): string[] =>
    administered.flatMap(({ first, last, families }) =>
      families.map(
        (family) =>
          `netsh int ${family} ${verb} excludedportrange protocol=tcp startport=${String(first)} numberofports=${String(last - first + 1)}`,
      ),
    );
  const apply = [...SHOW_EXCLUSIONS, ...commands('delete')];
  return {
    id: 'free-exclusions',
    title: say('action.free-exclusions.title', {
      ports: portsIn(administered.map(({ first, last }) => [first, last] as const)),
    }),
    why: say('action.free-exclusions.why'),
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: apply, powershell: apply, reg: null },
    verify: SHOW_EXCLUSIONS,
    rollback: commands('add'),
    risks: [say('action.free-exclusions.risk')],
  };
};

/** What services reserve when they start has no star in the list, and goes with the service: netsh cannot delete it. */
export const releaseReservedBlocks: ActionMaker = ({ plan }) => {
  const { reserved } = plan.freed;
  if (reserved.length === 0) return null;
  const stop = ['net stop winnat', ...SHOW_EXCLUSIONS];
  return {
    id: 'release-reserved-exclusions',
    title: say('action.release-blocks.title', { ports: portsIn(reserved) }),
    why: say('action.release-blocks.why', {
      around: plan.aroundExclusions === null ? null : formatRange(plan.aroundExclusions),
    }),
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: stop, powershell: stop, reg: null },
    verify: SHOW_EXCLUSIONS,
    rollback: ['net start winnat'],
    risks: [say('action.release-blocks.risk-network'), say('action.release-blocks.risk-return')],
  };
};
