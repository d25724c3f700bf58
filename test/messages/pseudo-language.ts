import type { Language } from '../../src/messages/language.js';

/** A language in which everything said stands between ⟦ and ⟧: what is printed without them no language said. */
export function pseudoLanguage(english: Language): Language {
  return { ...wrapped(english), code: PSEUDO };
}

export const PSEUDO = 'x-pseudo';

function wrapped<Words>(words: Words): Words;
function wrapped(words: unknown): unknown {
  if (typeof words === 'string') return words === '' ? '' : `⟦${words}⟧`;
  if (isSaying(words)) return (...given: unknown[]) => wrapped(words(...given));
  if (Array.isArray(words)) return words.map((word: unknown) => wrapped(word));
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, wrapped<unknown>(word)]));
}

function isSaying(words: unknown): words is (...given: unknown[]) => unknown {
  return typeof words === 'function';
}

/** What of a text stands outside ⟦ and ⟧; blanks there are no words. */
export function bare(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  return rest.trim();
}
