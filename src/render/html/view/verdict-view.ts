import type { HostContext } from './context.js';
import { mechanismName } from './mechanism-words.js';
import { factsView } from './facts-view.js';
import { evidenceView } from './hypotheses-view.js';

/** The head of a host's section: the sentence, how sure it is, what the signs were where nothing was found, three facts. */
export function verdictView(context: HostContext) {
  const { host, words, phrase } = context;
  const { verdict } = host;
  return {
    sentence: phrase(verdict.summary),
    tone: verdict.exhaustion,
    exhaustion: words.terms.exhaustion[verdict.exhaustion],
    confidence: words.terms.confidences[verdict.confidence],
    mechanism: mechanismName(verdict.mechanism, words),
    answers: evidenceView(host.answers, context),
    facts: factsView(context),
  };
}
