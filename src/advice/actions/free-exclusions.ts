import { say } from '../../messages/say.js';
import type { ActionMaker } from '../action.js';
import { freeableExclusions } from '../freeable-exclusions.js';

/** Administered exclusions can be deleted; those that services reserve at run time go with the service. */
export const freeExclusions: ActionMaker = (input) => {
  const blocks = freeableExclusions(input);
  if (blocks.length === 0) return null;
  const command = (verb: 'add' | 'delete', [first, last]: readonly [number, number]): string =>
    `netsh int ipv4 ${verb} excludedportrange protocol=tcp startport=${String(first)} numberofports=${String(last - first + 1)}`;
  const apply = blocks.map((block) => command('delete', block));
  return {
    id: 'free-exclusions',
    title: say('action.free-exclusions.title', { ports: blocks.reduce((sum, [a, b]) => sum + b - a + 1, 0) }),
    why: say('action.free-exclusions.why'),
    when: 'now',
    restartRequired: 'no',
    apply: { cmd: apply, powershell: apply, reg: null },
    verify: ['netsh int ipv4 show excludedportrange protocol=tcp'],
    rollback: blocks.map((block) => command('add', block)),
    risks: [say('action.free-exclusions.risk')],
  };
};
