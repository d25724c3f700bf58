import type { Language, PageWords } from '../../../messages/language.js';
import { phrase } from '../../../messages/phrase.js';
import type { Message } from '../../../model/report-message.js';
import { figuresOf, type Figures } from './page-figures.js';

/** What every part of the page needs to say something. */
export interface PageContext {
  readonly words: PageWords;
  readonly figures: Figures;
  /** The sentence of a message. */
  readonly phrase: (message: Message) => string;
}

export function pageContext(language: Language): PageContext {
  return { words: language.page, figures: figuresOf(language), phrase: (message) => phrase(message, language.code) };
}
