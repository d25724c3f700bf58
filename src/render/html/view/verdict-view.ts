import type { HostContext } from './context.js';
import { mechanismName } from './mechanism-words.js';
import { factsView } from './facts-view.js';
import { evidenceView, untoldMechanisms } from './hypotheses-view.js';

/** The head of a host's section: the sentence, how sure it is, what the signs were where nothing was found, three facts. */
export function verdictView(context: HostContext) {
  const { host, words, phrase, figures } = context;
  const { verdict } = host;
  const untold = untoldMechanisms(context);
  return {
    sentence: phrase(verdict.summary),
    tone: verdict.exhaustion,
    exhaustion: words.terms.exhaustion[verdict.exhaustion],
    // That no pool ran out says nothing of a leak that no table could show.
    untold: verdict.exhaustion === 'refuted' && untold.length > 0 ? words.untoldBadge(figures.series(untold)) : '',
    confidence: words.terms.confidences[verdict.confidence],
    mechanism: mechanismName(verdict.mechanism, words),
    answers: evidenceView(host.answers, context),
    facts: factsView(context),
  };
}
