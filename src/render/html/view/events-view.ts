import type { ReportEvent } from '../../../model/report.js';
import type { HostContext } from './context.js';
import { clockError } from './clock-error.js';
import { capped } from './page-figures.js';
import { sourcesView } from './sources-view.js';

const EVENT_ROWS = 60;

/** The events that bear on ports, the changes apart from them, and what time the logs cover. */
export function eventsView(context: HostContext) {
  const { host, words, figures, clock } = context;
  const { shown, more } = capped(
    host.events.filter((event) => event.role !== 'change'),
    context.rows(EVENT_ROWS),
    words,
    host.eventsOmitted,
  );
  return {
    zone: clock.zone,
    rows: shown.map((event) => ({
      ...eventRow(event, context),
      kind: event.role,
      role: words.terms.eventRoles[event.role],
    })),
    more,
    changes: changes(context),
    noCoverage: host.events.some(isInWords) ? words.events.inWordsOnly : words.events.noCoverage,
    coverage: host.coverage.map((log) => ({
      file: log.file,
      from: clock.at(log.from),
      to: clock.at(log.to),
      events: figures.number(log.events),
      gaps: log.gaps
        .slice(0, 5)
        .map((gap) => words.gap(clock.at(gap.from).text, clock.at(gap.to).text, gap.missingRecords)),
      moreGaps: log.gaps.length > 5 ? words.moreInJson(log.gaps.length - 5) : '',
    })),
  };
}

/** Services started and stopped, updates: often dozens, one click away so that they do not drown the rest. A list of at most one. */
function changes(context: HostContext) {
  const { host, words } = context;
  const all = host.events.filter((event) => event.role === 'change');
  if (all.length === 0) return [];
  const summary = words.changeCount(all.reduce((sum, event) => sum + event.count, 0));
  const { shown, more } = capped(all, context.rows(EVENT_ROWS), words);
  return [
    {
      summary,
      label: words.about(summary, context.name),
      rows: shown.map((event) => eventRow(event, context)),
      more,
    },
  ];
}

/** Only what a text tells has a time that may be off. */
function isInWords({ clockErrorSeconds }: ReportEvent): boolean {
  return clockErrorSeconds !== undefined;
}

function eventRow(event: ReportEvent, { words, figures, phrase, clock }: HostContext) {
  return {
    at: clock.at(event.at),
    event: `${event.provider} ${String(event.id)}`,
    count: figures.number(event.count),
    message: [phrase(event.message), clockError(event.clockErrorSeconds ?? null, words)].filter(Boolean).join(' '),
    sources: sourcesView(event, words),
  };
}
