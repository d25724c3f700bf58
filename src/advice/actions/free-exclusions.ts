import { say } from '../../messages/say.js';
import { ADDRESS_FAMILIES } from '../../model/endpoint.js';
import type { ActionMaker } from './action.js';
import { portsIn } from '../plan/freeable-exclusions.js';

export const SHOW_EXCLUSIONS = ADDRESS_FAMILIES.map(
  (family) => `netsh int ${family} show excludedportrange protocol=tcp`,
);

const id = 'free-exclusions';

/** Administered exclusions can be deleted, each in the family it was listed for. */
export const freeExclusions: ActionMaker = {
  id,
  askedBy: 'plan',
  make: ({ plan }) => {
    const { administered } = plan.freed;
    if (administered.length === 0) return null;
    const commands = (verb: 'add' | 'delete'): string[] =>
      administered.flatMap(({ first, last, families }) =>
        families.map(
          (family) =>
            `netsh int ${family} ${verb} excludedportrange protocol=tcp startport=${String(first)} numberofports=${String(last - first + 1)}`,
        ),
      );
    const ports = portsIn(administered.map(({ first, last }) => [first, last] as const));
    const apply = [...SHOW_EXCLUSIONS, ...commands('delete')];
    return {
      id,
      title: say('action.free-exclusions.title', {
        ports,
      }),
      why: say('action.free-exclusions.why'),
      who: say('action.who', { role: 'exclusions' }),
      when: 'now',
      restartRequired: 'no',
      duration: say('action.duration', { kind: 'commands' }),
      apply: { cmd: apply, powershell: apply, reg: null },
      verify: SHOW_EXCLUSIONS,
      workedWhen: say('action.worked.exclusions', { ports }),
      rollback: commands('add'),
      risks: [say('action.free-exclusions.risk')],
    };
  },
};
