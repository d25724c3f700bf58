import type { Language, PageWords } from '../../../messages/language.js';
import type { Estimate } from '../../../model/estimate.js';

/** How the page writes figures: those of the language, and what is null as the words for "not known". */
export type Figures = ReturnType<typeof figuresOf>;

export function figuresOf({ page: words, figures }: Language) {
  const known = <T>(value: T | null, write: (value: T) => string): string =>
    value === null ? words.notKnown : write(value);
  const span = (estimate: Estimate): string => figures.interval({ ...estimate, best: null });
  return {
    ...figures,
    number: (value: number | null) => known(value, figures.number),
    share: (value: number | null) => known(value, figures.share),
    /** `118–122`, without the best of it. */
    span: (estimate: Estimate | null) => known(estimate, span),
    seconds: (estimate: Estimate | null) => known(estimate, (e) => words.seconds(span(e))),
    perSecond: (estimate: Estimate | null) => known(estimate, (e) => words.perSecond(span(e))),
  };
}

/** The first rows of a list, and what to say of the others: those in the JSON report, and those that even it leaves out. */
export function capped<T>(
  rows: readonly T[],
  limit: number,
  words: PageWords,
  omitted = 0,
): { shown: readonly T[]; more: string } {
  const left = rows.length - limit;
  const shown = rows.slice(0, limit);
  if (left > 0) return { shown, more: omitted > 0 ? words.moreInBoth(left, omitted) : words.moreInJson(left) };
  return { shown, more: omitted > 0 ? words.leftOut(omitted) : '' };
}
