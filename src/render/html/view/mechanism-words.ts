import type { PageWords } from '../../../messages/language.js';

/** What the page calls a mechanism; its id where this version has no word for it. */
export function mechanismName(id: string, { terms }: PageWords): string {
  return wordFor(id, terms.mechanisms) ?? id;
}

/** What it means, in a sentence; empty where this version knows none. */
export function mechanismMeaning(id: string, { terms }: PageWords): string {
  return wordFor(id, terms.mechanismMeanings) ?? '';
}

function wordFor(id: string, words: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(words, id) ? words[id] : undefined;
}
