import { englishPage } from './english/page.js';

/** The words of the page in one language. */
export type PageWords = typeof englishPage;

/** The words for a report's language (ISO 639-1); English for one that is not there. */
export function pageWords(_language: string): PageWords {
  return englishPage;
}
