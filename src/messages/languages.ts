import { english } from './english/english.js';
import type { Language } from './language.js';

/** The languages a report can be rendered in. The first one stands in for one that is not there. */
export const LANGUAGES: readonly [Language, ...Language[]] = [english];

export function languageOf(code: string): Language {
  return LANGUAGES.find((language) => language.code === code) ?? LANGUAGES[0];
}
