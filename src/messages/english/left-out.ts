import { number } from './figures.js';
import { systemError } from './system-errors.js';

/** What a walk through a folder met and did not read. */
export const leftOutWords = {
  'left-out.not-a-file': (p: { path: string }) => `${p.path}: not a file`,
  'left-out.unreadable': (p: { path: string; reason: string }) => `${p.path}: ${systemError(p.reason)}`,
  'left-out.links': (p: { path: string; others: number }) =>
    p.others === 0
      ? `${p.path}: a link that leads outside the folder, not followed; name its target to have it read`
      : `${p.path} and ${number(p.others)} more: links that lead outside the folder, not followed; name their targets to have them read`,
};
