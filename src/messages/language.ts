import type { english } from './english/english.js';
import type { MessageId, ParamsOf } from './english/sentences.js';

/** One language, as complete as English: whatever it lacks the compiler lists. */
export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  readonly sentences: { readonly [Id in MessageId]: (...params: ParamsOf<Id>) => string };
  readonly page: PageWords;
  readonly summary: SummaryWords;
  readonly figures: typeof english.figures;
}

/** The words of the page. */
export type PageWords = typeof english.page;

/** The words of the summary at the terminal. */
export type SummaryWords = typeof english.summary;
