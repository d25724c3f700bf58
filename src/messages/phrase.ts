import type { Message } from '../model/report-message.js';
import { languageOf } from './languages.js';

/** The sentence of a message in a language; the text saved with it, then its id, where this version knows no such message. */
export function phrase({ id, params, text }: Message, language: string): string {
  const sentences: Readonly<Record<string, Sentence>> = languageOf(language).sentences;
  return (Object.hasOwn(sentences, id) ? sentences[id]?.(params) : undefined) ?? text ?? id;
}

/** A sentence of any message: `say` made its parameters by the sentence's own type. */
type Sentence = { of(params: Message['params']): string }['of'];
