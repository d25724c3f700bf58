import { figures } from './figures.js';
import { englishPage } from './page.js';
import { englishSummary } from './summary.js';
import { sentences } from './sentences.js';

/** Everything that is said in English. A further language is one more folder with an object of this shape. */
export const english = { code: 'en', sentences, page: englishPage, summary: englishSummary, figures };
