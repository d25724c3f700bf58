import type { HostContext } from './context.js';
import { mechanismName } from './mechanism-words.js';
import { factsView } from './facts-view.js';

/** The head of a host's section: the sentence, how sure it is, three facts. */
export function verdictView(context: HostContext) {
  const { host, words, phrase } = context;
  const { verdict } = host;
  return {
    sentence: phrase(verdict.summary),
    tone: verdict.exhaustion,
    exhaustion: words.terms.exhaustion[verdict.exhaustion],
    confidence: words.terms.confidences[verdict.confidence],
    mechanism: mechanismName(verdict.mechanism, words),
    facts: factsView(context),
  };
}
