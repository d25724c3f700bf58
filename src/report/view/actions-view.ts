import type { HostContext } from './context.js';

/** What to apply, how to verify and how to undo it; each block of commands is one text to copy. */
export function actionsView({ host, words, id }: HostContext) {
  return host.recommendation.actions.map((action, index) => ({
    anchor: `${id}-action-${String(index + 1)}`,
    title: action.title.text,
    why: action.why.text,
    when: `${words.actions.when[action.when]}, ${words.terms.restarts[action.restartRequired]}`,
    apply: [
      { name: words.actions.cmd, text: action.apply.cmd.join('\n') },
      { name: words.actions.powershell, text: action.apply.powershell.join('\n') },
      { name: words.actions.reg, text: (action.apply.reg ?? []).join('\n') },
    ].filter((block) => block.text !== ''),
    verify: action.verify.join('\n'),
    rollback: action.rollback.join('\n'),
    risks: action.risks.map((risk) => risk.text),
  }));
}
