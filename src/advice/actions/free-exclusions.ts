import { say } from '../../messages/say.js';
import type { ActionMaker } from './action.js';
import { showExclusionCommands } from '../settings/netsh-commands.js';
import { excludedBlocks, portsIn } from '../plan/excluded-blocks.js';

const id = 'free-exclusions';

/** Administered exclusions can be deleted, each in the family it was listed for, where nobody needs them; the plan does without. */
export const freeExclusions: ActionMaker = {
  id,
  askedBy: 'plan',
  make: ({ facts, conclusion, plan }) => {
    if (plan.why === 'restore-default') return null;
    const { administered } = excludedBlocks(facts, conclusion.main);
    if (administered.length === 0) return null;
    const commands = (verb: 'add' | 'delete'): string[] =>
      administered.flatMap(({ first, last, families }) =>
        families.map(
          (family) =>
            `netsh int ${family} ${verb} excludedportrange protocol=tcp startport=${String(first)} numberofports=${String(last - first + 1)}`,
        ),
      );
    const ports = portsIn(administered.map(({ first, last }) => [first, last] as const));
    const show = showExclusionCommands('tcp');
    const apply = [...show, ...commands('delete')];
    return {
      id,
      title: say('action.free-exclusions.title', {
        ports,
      }),
      why: say('action.free-exclusions.why', {
        blocks: administered.map(({ first, last }) => `${String(first)}–${String(last)}`),
      }),
      who: say('action.who', { role: 'exclusions' }),
      when: 'now',
      planned: true,
      restartRequired: 'no',
      duration: say('action.duration', { kind: 'commands' }),
      apply: { cmd: apply, powershell: apply, reg: null },
      verify: show,
      workedWhen: say('action.worked.exclusions', { ports }),
      rollback: commands('add'),
      risks: [say('action.free-exclusions.risk')],
    };
  },
};
