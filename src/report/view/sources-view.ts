import type { PageWords } from '../../messages/page-words.js';
import type { Source, Sourced } from '../../model/report.js';

/** Where a number comes from: the line that opens the list, the places with their raw rows, and what was left out. */
export interface SourcesView {
  readonly summary: string;
  readonly items: readonly { readonly place: string; readonly row: string }[];
  readonly more: string;
}

/** The sources of one number; `items` is empty where there are none. */
export function sourcesView(sourced: Sourced, words: PageWords): SourcesView {
  const left = sourced.sourceCount - sourced.sources.length;
  return {
    summary: words.sourceCount(Math.max(sourced.sourceCount, sourced.sources.length)),
    items: sourced.sources.map((source) => ({ place: place(source, words), row: source.row })),
    more: left > 0 ? words.sourcesOmitted(left) : '',
  };
}

/** `System.xml:120, record 14996`. */
function place(source: Source, words: PageWords): string {
  const at = source.line === null ? source.file : `${source.file}:${String(source.line)}`;
  return source.record === null ? at : `${at}, ${words.record(source.record)}`;
}
