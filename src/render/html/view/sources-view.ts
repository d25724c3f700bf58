import type { PageWords } from '../../../messages/language.js';
import type { Source, Sourced } from '../../../model/report-message.js';
import { MAX_SOURCES } from '../../../model/source-ref.js';
import type { HostContext } from './context.js';

/** Where a number comes from: the line that opens the list, the places with their raw rows, and what was left out. */
export interface SourcesView {
  readonly summary: string;
  /** `covers`: in words, what a log covers that was read whole. */
  readonly items: readonly {
    readonly place: string;
    readonly record: string;
    readonly row: string;
    readonly covers: string;
  }[];
  readonly more: string;
}

/** The sources of one number; `items` is empty where there are none. */
export function sourcesView(sourced: Sourced, words: PageWords): SourcesView {
  const left = sourced.sourceCount - sourced.sources.length;
  return {
    summary: words.sourceCount(Math.max(sourced.sourceCount, sourced.sources.length)),
    items: sourced.sources.map((source) => ({
      place: place(source),
      record: source.record === null ? '' : words.record(source.record),
      row: source.row,
      covers: '',
    })),
    more: left > 0 ? words.sourcesOmitted(left) : '',
  };
}

/** The sources of a number counted in the snapshot at the peak: that snapshot, then what else it rests on. */
export function peakSources({ peak, words }: HostContext, further: Sourced): SourcesView {
  if (peak === null) return sourcesView(further, words);
  const { sources, sourceCount } = further;
  const snapshot: Source = { file: peak.file, line: peak.line, record: null, row: '' };
  return sourcesView({ sources: [snapshot, ...sources], sourceCount: sourceCount + 1 }, words);
}

/** The sources of a number measured between snapshots: those of the pool. */
export function snapshotSources({ ledger, words }: HostContext): SourcesView {
  const shown = ledger.slice(0, MAX_SOURCES);
  return {
    summary: words.snapshotCount(ledger.length),
    items: shown.map(({ file, line }) => ({ place: `${file}:${String(line)}`, record: '', row: '', covers: '' })),
    more: ledger.length > shown.length ? words.sourcesOmitted(ledger.length - shown.length) : '',
  };
}

/** The sources of a count of events: the events, then every log that was read with the time it covers. */
export function logSources({ host, words, figures, clock }: HostContext, events: readonly Sourced[]): SourcesView {
  const found = sourcesView(
    {
      sources: events.flatMap((event) => event.sources).slice(0, MAX_SOURCES),
      sourceCount: events.reduce((sum, event) => sum + event.sourceCount, 0),
    },
    words,
  );
  const logs = host.coverage.slice(0, MAX_SOURCES);
  const left = host.coverage.length - logs.length;
  return {
    summary: figures.series([...(found.items.length > 0 ? [found.summary] : []), words.logCount(host.coverage.length)]),
    items: [
      ...found.items,
      ...logs.map(({ file, from, to }) => ({
        place: file,
        record: '',
        row: '',
        covers: figures.fromTo(clock.at(from).text, clock.at(to).text),
      })),
    ],
    more: figures.clauses([found.more, left > 0 ? words.sourcesOmitted(left) : ''].filter((part) => part !== '')),
  };
}

/** `System.xml:120`. */
function place(source: Source): string {
  return source.line === null ? source.file : `${source.file}:${String(source.line)}`;
}
