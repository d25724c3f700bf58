import type { PageWords } from '../../../messages/language.js';
import type { Action } from '../../../model/report-advice.js';
import type { HostContext } from './context.js';

/** What to apply, how to verify and how to undo it; each block of commands is one text to copy. */
export function actionsView({ host, words, phrase, id }: HostContext) {
  return host.recommendation.actions.map((action, index) => ({
    anchor: `${id}-action-${String(index + 1)}`,
    title: phrase(action.title),
    why: phrase(action.why),
    facts: [
      { name: words.actions.facts.who, value: phrase(action.who) },
      { name: words.actions.facts.when, value: whenDone(action, words) },
      { name: words.actions.facts.restart, value: words.terms.restarts[action.restartRequired] },
      { name: words.actions.facts.duration, value: phrase(action.duration) },
      { name: words.actions.facts.workedWhen, value: phrase(action.workedWhen) },
    ],
    apply: applyBlocks(action.apply, words),
    verify: action.verify.join('\n'),
    rollback: action.rollback.join('\n'),
    risks: action.risks.map(phrase),
  }));
}

/** Planned work waits for its window, whenever it takes effect. */
export function whenDone({ when, planned }: Action, { actions }: PageWords): string {
  return planned ? actions.planned : actions.when[when];
}

/** One block a shell, one for both where they read the same commands, and the registry file. */
function applyBlocks({ cmd, powershell, reg }: Action['apply'], { actions }: PageWords) {
  const [prompt, shell] = [cmd.join('\n'), powershell.join('\n')];
  return [
    { name: prompt === shell ? actions.eitherShell : actions.cmd, text: prompt },
    { name: actions.powershell, text: prompt === shell ? '' : shell },
    { name: actions.reg, text: (reg ?? []).join('\n') },
  ].filter((block) => block.text !== '');
}
