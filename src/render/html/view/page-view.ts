import type { Language, PageWords } from '../../../messages/language.js';
import { UNKNOWN_HOST, type HostReport, type Report } from '../../../model/report.js';
import { actionsView } from './actions-view.js';
import { adviceView } from './advice-view.js';
import { clockError } from './clock-error.js';
import { consumersView, destinationsView } from './consumers-view.js';
import { hostContext, type HostContext } from './context.js';
import { pageContext } from './page-context.js';
import { eventsView } from './events-view.js';
import { methodView, settingsView } from './findings-view.js';
import { hypothesesView, missingView, otherExplanationsView } from './hypotheses-view.js';
import { inputsView } from './inputs-view.js';
import { ledgerView } from './ledger-table.js';
import { timelineView } from './timeline-view.js';
import { partedHosts, hostsWithoutEvidence } from './hosts-without-evidence.js';
import { verdictView } from './verdict-view.js';
import { whatIfView } from './what-if-view.js';

/** Everything the templates print, as text and plain lists; they add structure only. */
export type PageView = ReturnType<typeof pageView>;

/** The view of a report in a language: one section a host, in report order. */
export function pageView(report: Report, language: Language) {
  const context = pageContext(language);
  const { words, figures } = context;
  const { told, untold } = partedHosts(report.hosts);
  const several = told.length !== 1;
  const contexts = told.map((host, index) => hostContext(host, index, { ...report, hosts: told }, context));
  const hosts = contexts.map(hostView);
  const [first] = hosts;
  const made = words.inUtc(figures.stamp(new Date(report.generatedAt)));
  const tool = `${report.tool.name} ${report.tool.version}`;
  return {
    language: language.code,
    words,
    tool,
    title:
      several || first === undefined
        ? words.hostCount(report.hosts.length)
        : words.documentTitle(first.name, first.verdict.mechanism),
    overview: several ? [{ title: words.hostCount(report.hosts.length), rows: contexts.map(overviewRow) }] : [],
    untold: untold.length === 0 ? [] : [hostsWithoutEvidence(untold, context)],
    made,
    hosts,
    inputs: inputsView(report.inputs, context),
    definitions: words.definitions,
    glossary: words.glossary,
    madeWith: report.options.arguments.length === 0 ? '' : words.madeWith(report.options.arguments.join(' ')),
    generated: words.generated(tool, made),
    redacted: report.options.redacted ? words.redacted : '',
  };
}

function hostView(context: HostContext) {
  const { host, id, name, several, words, clock } = context;
  const level = several ? { verdict: 2, section: 3, part: 4 } : { verdict: 1, section: 2, part: 3 };
  return {
    id,
    level,
    name,
    period: period(context),
    named: host.host !== UNKNOWN_HOST,
    naming: naming(context),
    regions: regions(context),
    zone: words.beside(clock.zone),
    verdict: verdictView(context),
    advice: adviceView(context),
    missing: missingView(context),
    contents: contents(id, words),
    timeline: timelineView(context),
    consumers: consumersView(context),
    destinations: destinationsView(context),
    ledger: ledgerView(context),
    hypotheses: hypothesesView(context),
    otherExplanations: otherExplanationsView(context),
    whatIf: whatIfView(context),
    actions: actionsView(context),
    settings: settingsView(context),
    events: eventsView(context),
    method: methodView(context),
  };
}

/** Behind the name: what a reader would otherwise look for in vain, and whether it is known at all. */
function naming({ host, words, figures }: HostContext): string[] {
  const former = host.formerNames.length === 0 ? [] : [words.formerly(figures.series(host.formerNames))];
  return [...former, ...(host.nameFrom === 'folder' ? [words.nameAssumed] : [])].map(words.beside);
}

/** What a screen reader calls the parts that scroll: of several hosts each has its own. */
function regions({ name, words }: HostContext) {
  const of = (title: string): string => words.about(title, name);
  return {
    contents: of(words.contents),
    consumers: of(words.sections.consumers),
    destinations: of(words.sections.destinations),
    pools: of(words.ledger.pools),
    whatIf: of(words.sections.whatIf),
    settings: of(words.sections.settings),
    events: of(words.sections.events),
    coverage: of(words.events.coverage),
  };
}

const SECTIONS = [
  'missing',
  'timeline',
  'consumers',
  'destinations',
  'ledger',
  'hypotheses',
  'whatIf',
  'actions',
  'settings',
  'events',
] as const;

function contents(id: string, words: PageWords) {
  return [
    ...SECTIONS.map((section) => ({ anchor: `${id}-${section}`, title: words.sections[section] })),
    { anchor: 'inputs', title: words.sections.inputs },
    { anchor: `${id}-method`, title: words.sections.method },
    { anchor: 'glossary', title: words.sections.glossary },
  ];
}

/** The verdict's incident; without one, the time that snapshots and logs cover; with how far off it may be. */
function period({ host, words, clock }: HostContext): string {
  const incident = host.verdict.incident === null ? undefined : host.incidents[host.verdict.incident];
  const [from, to] = incident === undefined ? evidenceSpan(host) : [incident.from, incident.to];
  if (from === undefined || to === undefined) return words.noPeriod;
  const bounding = host.ledger.filter((entry) => entry.at !== null && (entry.at === from || entry.at === to));
  const error = clockError(Math.max(0, ...bounding.map((entry) => entry.clockErrorSeconds ?? 0)), words);
  return [clock.period(from, to), error].filter((part) => part !== '').join(' ');
}

/** First and last snapshot; where there is none, of the time that the logs cover. ISO times in UTC sort as text. */
function evidenceSpan(host: HostReport): [string | undefined, string | undefined] {
  const snapshots = host.ledger.flatMap((entry) => (entry.at === null ? [] : [entry.at]));
  const moments = (snapshots.length > 0 ? snapshots : host.coverage.flatMap(({ from, to }) => [from, to])).sort();
  return [moments[0], moments.at(-1)];
}

function overviewRow(context: HostContext) {
  const { host, id, name, words, clock } = context;
  const { sentence, tone, mechanism, confidence } = verdictView(context);
  return {
    id,
    name,
    named: host.host !== UNKNOWN_HOST,
    sentence,
    tone,
    mechanism,
    confidence: words.aside(confidence),
    period: period(context),
    zone: clock.zone,
  };
}
