import { LEDGER_VIEWS, portsOf } from '../../../model/ledger-view.js';
import type { Estimate } from '../../../model/estimate.js';
import { clockErrorSize } from './clock-error.js';
import type { HostContext } from './context.js';
import { isPartial, listedViews } from './partial-table.js';
import { logSources, peakSources, snapshotSources, sourcesView, type SourcesView } from './sources-view.js';

/** One key fact: the figure, what it is, the assumptions it rests on (none where it is proven) and its sources. */
export interface FactView {
  readonly figure: string;
  readonly label: string;
  readonly assumptions: readonly string[];
  readonly sources: SourcesView;
}

/** How many ports were in use, what they were, and what drove it: what this mechanism is judged by. */
export function factsView(context: HostContext): FactView[] {
  return [peakFact(context), stateFact(context), causeFact(context)].filter((fact) => fact !== null);
}

function peakFact(context: HostContext): FactView {
  const { pool, words, figures, clock } = context;
  if (pool === null || pool.peakInUse === null) {
    return { figure: words.notKnown, label: words.facts.peakUnknown, assumptions: [], sources: noSources };
  }
  const partial = partOf(context);
  const error = clockErrorSize(context.peak?.clockErrorSeconds ?? null, words);
  const at = pool.peakAt === null ? words.noPeriod : `${clock.timeOfDay(pool.peakAt)} ${error}`.trimEnd();
  return {
    figure: words.facts.peak(figures.number(pool.peakInUse), figures.number(pool.usable)),
    label: figures.clauses([
      partial === null ? words.facts.peakLabel(at) : words.facts.listedLabel(at),
      ...misleading(context, pool.peakInUse, pool.usable),
    ]),
    assumptions: [
      ...(partial === null ? [] : [partial]),
      ...(pool.rangeSource === 'assumed-default' ? [words.rangeAssumed] : []),
    ],
    sources: peakSources(context, pool),
  };
}

/** Where counting rows gives this many times the ports in use, and a visible part of the pool, the page says so. */
const MISLEADING_TIMES = 2;
const MISLEADING_SHARE = 0.05;

/** The numbers that would mislead who counts rows: TIME_WAIT of the server side, or all rows of the range. */
function misleading({ host, pool, words, figures }: HostContext, inUse: number, usable: number): string[] {
  const misleads = (rows: number): boolean => rows > MISLEADING_TIMES * inUse && rows > MISLEADING_SHARE * usable;
  const { serverSide, clientTimeWait } = host.attribution;
  if (pool !== null && misleads(serverSide)) {
    const rows = serverSide + clientTimeWait;
    return [words.facts.serverSide(figures.number(rows), figures.share(rows / pool.count), figures.number(serverSide))];
  }
  const naive = pool?.rowsCountedNaively ?? 0;
  return misleads(naive) ? [words.facts.rows(figures.number(naive))] : [];
}

/** The largest class at the peak; the events where no snapshot, an empty one or a filtered one says nothing of it. */
function stateFact(context: HostContext): FactView {
  const { peak, words, figures, pool } = context;
  if (peak === null || pool === null || !tellsStates(context)) return onsetFact(context);
  const [largest] = LEDGER_VIEWS.map((view) => ({ view, ports: portsOf(peak, view) })).sort(
    (a, b) => b.ports - a.ports,
  );
  if (largest === undefined) return onsetFact(context);
  return {
    figure: words.facts.topClass(figures.share(largest.ports / peak.usable), words.terms.classes[largest.view]),
    label: words.facts.topClassLabel,
    assumptions: [],
    sources: peakSources(context, pool),
  };
}

function tellsStates(context: HostContext): boolean {
  return context.peak !== null && context.peak.inUse > 0 && partOf(context) === null;
}

/** Where a rate fills the pool it tells the story; elsewhere the events, or how a leak grows. */
function causeFact(context: HostContext): FactView | null {
  const { isLeak, filledByRate } = context.host.verdict;
  const rate = context.host.demand.connectionsPerSecond;
  if (isLeak) return growthFact(context) ?? onsetFact(context);
  if (filledByRate && rate !== null) return rateFact(context, rate);
  // The events stand in the second fact already.
  return tellsStates(context) ? onsetFact(context) : delayFact(context);
}

/** Connections a second with their TIME_WAIT. */
function rateFact(context: HostContext, rate: Estimate): FactView {
  const { host, words, figures } = context;
  const { effective } = host.timeWait;
  return {
    figure: figures.perSecond(rate),
    label: figures.clauses([words.facts.rate, words.facts.lifetime(figures.seconds(effective))]),
    assumptions: effective.source === 'assumed' ? [words.lifetimeAssumed] : [],
    sources: snapshotSources(context),
  };
}

/** How long after the last event before it a table was taken that does not tell the states; null where no event came before. */
function delayFact(context: HostContext): FactView | null {
  const { host, peak, words, figures } = context;
  const takenAt = peak?.at ?? null;
  if (takenAt === null) return null;
  const last = host.events.findLast((event) => event.role === 'onset' && event.at <= takenAt);
  if (last === undefined) return null;
  const error = clockErrorSize(peak?.clockErrorSeconds ?? null, words);
  return {
    figure: figures.elapsed((Date.parse(takenAt) - Date.parse(last.at)) / 1000),
    label: words.facts.delay,
    assumptions: error === '' ? [] : [error],
    sources: peakSources(context, last),
  };
}

/** How many ports an hour the process at fault gains; null where no series shows it. */
function growthFact({ host, words, figures }: HostContext): FactView | null {
  const leaking = host.consumers.find((consumer) => consumer.atFault === 'yes');
  const trend = leaking?.trendPortsPerHour ?? null;
  if (leaking === undefined || trend === null || trend.low <= 0) return null;
  return {
    figure: words.perHour(trend.best === null ? figures.span(trend) : figures.number(trend.best)),
    label: words.facts.growth(leaking.process),
    assumptions: [],
    sources: sourcesView(leaking, words),
  };
}

function onsetFact(context: HostContext): FactView {
  const { host, words, figures } = context;
  const onsets = host.events.filter((event) => event.role === 'onset');
  const count = onsets.reduce((sum, event) => sum + event.count, 0);
  const ids = figures.series([...new Set(onsets.map((event) => String(event.id)))]);
  if (count === 0 && host.coverage.length === 0) {
    return { figure: words.notKnown, label: words.events.noCoverage, assumptions: [], sources: noSources };
  }
  return {
    figure: words.facts.onsets(count),
    label: count === 0 ? words.facts.noOnsets : words.facts.onsetsLabel(ids),
    assumptions: [],
    sources: logSources(context, onsets),
  };
}

/** What the fullest snapshot is a part of the table, null where it is the whole. */
function partOf({ peak, words, figures }: HostContext): string | null {
  if (peak === null || !isPartial(peak)) return null;
  if (peak.scope === 'not-known') return words.facts.notKnownWhole;
  const listed = listedViews(peak).map((view) => words.terms.classes[view]);
  return listed.length === 0 ? words.facts.filtered : words.facts.filteredTo(figures.series(listed));
}

const noSources: SourcesView = { summary: '', items: [], more: '' };
