import { LEDGER_VIEWS, portsOf } from '../../model/ledger-view.js';
import type { ReportEvent } from '../../model/report.js';
import type { HostContext } from './context.js';
import { sourcesView, type SourcesView } from './sources-view.js';

/** One key fact: the figure, what it is, the assumption it rests on (empty where none) and its sources. */
export interface FactView {
  readonly figure: string;
  readonly label: string;
  readonly assumption: string;
  readonly sources: SourcesView;
}

/** The head of a host's section: the sentence, how sure it is, three facts. */
export function verdictView(context: HostContext) {
  const { host, words } = context;
  const { verdict } = host;
  return {
    sentence: verdict.summary.text,
    tone: verdict.exhaustion,
    exhaustion: words.terms.exhaustion[verdict.exhaustion],
    confidence: words.terms.confidences[verdict.confidence],
    mechanism: words.terms.mechanisms[verdict.mechanism],
    facts: [peakFact(context), stateFact(context), rateFact(context)],
  };
}

function peakFact({ pool, words, figures, clock }: HostContext): FactView {
  if (pool === null || pool.peakInUse === null) {
    return { figure: words.notKnown, label: words.facts.peakUnknown, assumption: '', sources: noSources };
  }
  return {
    figure: words.facts.peak(figures.number(pool.peakInUse), figures.number(pool.usable)),
    label: words.facts.peakLabel(pool.peakAt === null ? words.noPeriod : clock.timeOfDay(pool.peakAt)),
    assumption: pool.rangeSource === 'assumed-default' ? words.rangeAssumed : '',
    sources: sourcesView(pool, words),
  };
}

/** The largest class at the peak; without a snapshot, the events that a port could not be had. */
function stateFact(context: HostContext): FactView {
  const { peak, words, figures, pool } = context;
  const [largest] =
    peak === null
      ? []
      : LEDGER_VIEWS.map((view) => ({ view, ports: portsOf(peak, view) })).sort((a, b) => b.ports - a.ports);
  if (peak === null || largest === undefined || peak.inUse === 0 || pool === null) return onsetFact(context);
  return {
    figure: words.facts.topClass(figures.share(largest.ports / peak.inUse), words.terms.classes[largest.view]),
    label: words.facts.topClassLabel,
    assumption: '',
    sources: sourcesView(pool, words),
  };
}

/** Connections a second with their TIME_WAIT; where no rate is known, the events, then the lifetime alone. */
function rateFact(context: HostContext): FactView {
  const { host, words, figures, peak } = context;
  const { effective } = host.timeWait;
  const rate = host.demand.connectionsPerSecond;
  if (rate === null && peak !== null && peak.inUse > 0) return onsetFact(context);
  return {
    figure: rate === null ? figures.seconds(effective) : figures.perSecond(rate),
    label:
      rate === null ? words.facts.lasts : `${words.facts.rate}; ${words.facts.lifetime(figures.seconds(effective))}`,
    assumption: effective.source !== 'assumed' ? '' : rate === null ? words.assumed : words.lifetimeAssumed,
    sources: sourcesView(host.timeWait, words),
  };
}

function onsetFact({ host, words }: HostContext): FactView {
  const onsets = host.events.filter((event) => event.role === 'onset');
  const count = onsets.reduce((sum, event) => sum + event.count, 0);
  const ids = [...new Set(onsets.map((event) => String(event.id)))].join(', ');
  if (count === 0 && host.coverage.length === 0) {
    return { figure: words.notKnown, label: words.events.noCoverage, assumption: '', sources: noSources };
  }
  return {
    figure: words.facts.onsets(count),
    label: count === 0 ? words.facts.noOnsets : words.facts.onsetsLabel(ids),
    assumption: '',
    sources: sourcesView(joined(onsets), words),
  };
}

const noSources: SourcesView = { summary: '', items: [], more: '' };

function joined(events: readonly ReportEvent[]) {
  return {
    sources: events.flatMap((event) => event.sources).slice(0, 5),
    sourceCount: events.reduce((sum, event) => sum + event.sourceCount, 0),
  };
}
