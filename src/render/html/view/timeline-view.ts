import { isUnseen, LEDGER_VIEWS, portsOf, type LedgerView } from '../../../model/ledger-view.js';
import type { Incident } from '../../../model/report-judgement.js';
import type { LedgerEntry } from '../../../model/report-ports.js';
import type { PoolPanel } from '../charts/pool-panel.js';
import type { PoolPoint } from '../charts/pool-series.js';
import type { TimeTick } from '../charts/time-ticks.js';
import { FRAMES, timeline, type Timeline, type TimelineInput } from '../charts/timeline.js';
import type { HostContext } from './context.js';
import type { Figures } from './page-figures.js';
import { mechanismName } from './mechanism-words.js';
import { isPartial } from './partial-table.js';
import { poolView } from './pool-view.js';

/** The pictures of the pool: over time, wide and narrow or none, and at its fullest, a list of at most one. */
export function timelineView(context: HostContext) {
  const { words, ledger } = context;
  const over = overTime(context);
  return {
    charts: over === null ? [] : over.charts,
    nothing: over === null ? words.timeline.nothing : '',
    pool: poolView(context),
    notes: [
      ...(over === null ? [] : over.notes),
      ...unseenNotes(context),
      ...(ledger.length === 0 ? [words.timeline.noSnapshots] : []),
    ],
    incidents: context.host.incidents.map((incident, index) => ({
      ...aboutIncident(context, incident, index),
      period: context.clock.period(incident.from, incident.to),
      facts: words.timeline.incidentFacts(
        mechanismName(incident.mechanism, words),
        words.terms.confidences[incident.confidence],
        words.facts.onsets(incident.onsets),
        incident.endedBy === null ? '' : words.timeline.endedBy[incident.endedBy],
      ),
    })),
  };
}

function overTime(context: HostContext) {
  const { host, words, clock, ledger } = context;
  const dated = ledger
    .flatMap((entry) => (entry.at === null ? [] : [pointOf(entry, entry.at)]))
    .sort((a, b) => a.ms - b.ms);
  const input = {
    points: dated,
    marks: host.events.map((event) => ({
      ms: Date.parse(event.at),
      role: event.role,
      title: words.timeline.mark(clock.at(event.at).text, `${event.provider} ${String(event.id)}`, event.count),
    })),
    incidents: host.incidents.map(({ from, to }) => ({
      fromMs: Date.parse(from),
      toMs: to === null ? null : Date.parse(to),
    })),
    offsetMs: clock.offsetMs,
  };
  const drawing = timeline(input, FRAMES.wide);
  if (drawing === null) return null;
  const undated = ledger.length - dated.length;
  const notes = [
    ...(drawing.broken ? [words.timeline.gap] : []),
    ...(drawing.drawn < dated.length ? [words.timeline.thinned(drawing.drawn, dated.length + host.ledgerOmitted)] : []),
    ...(undated > 0 ? [words.timeline.undated(undated)] : []),
    ...(drawing.outside > 0 ? [words.timeline.outside(drawing.outside)] : []),
  ];
  const narrow = timeline(input, FRAMES.narrow);
  const charts = [
    { frame: 'wide', ...chartView(drawing, input, context) },
    ...(narrow === null ? [] : [{ frame: 'narrow', ...chartView(narrow, input, context) }]),
  ];
  return { charts, notes };
}

/** The picture with its words. */
function chartView(drawing: Timeline, { points }: TimelineInput, context: HostContext) {
  const { words, figures, clock } = context;
  const peak = points.reduce<PoolPoint | null>(
    (best, one) => (best === null || one.inUse > best.inUse ? one : best),
    null,
  );
  return {
    width: drawing.width,
    height: drawing.height,
    left: drawing.left,
    right: drawing.right,
    bottom: drawing.bottom,
    clockY: drawing.bottom + 20,
    dayY: drawing.bottom + 35,
    laneLabelX: drawing.left - 10,
    axis: clock.known ? words.axis(clock.zone) : words.axisUtc,
    description: description(drawing, points.length, peak, context),
    bands: drawing.bands,
    panels: drawing.panels.map((panel) => panelView(panel, drawing, peak, context)),
    timeTicks: drawing.timeTicks.map(({ x, tick }) => ({
      x,
      clock: tickClock(tick, figures),
      day: tick.newDay ? figures.shortDay(tick.local) : '',
    })),
    snapshotTicks: drawing.snapshotTicks,
    lanes: drawing.lanes.map((lane) => ({
      role: lane.role,
      y: lane.y,
      textY: lane.y + 4,
      name: words.timeline[lane.role],
      marks: lane.marks.map(({ path, titles, more }) => ({
        path,
        title: [...titles, ...(more > 0 ? [words.timeline.moreMarks(more)] : [])].join('\n'),
      })),
    })),
  };
}

/** What the picture shows, for who does not see it. */
function description(
  { fromMs, toMs }: Timeline,
  snapshots: number,
  fullest: PoolPoint | null,
  { host, words, figures, clock, peak: entry }: HostContext,
): string {
  const from = clock.at(new Date(fromMs).toISOString()).text;
  const to = clock.at(new Date(toMs).toISOString()).text;
  const onsets = host.events.filter((event) => event.role === 'onset').reduce((sum, event) => sum + event.count, 0);
  if (fullest === null) return words.timeline.describeEvents({ from, to, onsets });
  const [peak, usable] = [figures.number(fullest.inUse), figures.number(fullest.usable)];
  const partial = isPartial(entry);
  return words.timeline.describe({ from, to, onsets, snapshots, peak, usable, partial });
}

/** One panel with its words: the capacity, the peak, and in a magnified one by how much and what would be full. */
function panelView(panel: PoolPanel, { onsets, bands }: Timeline, fullest: PoolPoint | null, context: HostContext) {
  const { words, figures } = context;
  return {
    top: panel.top,
    bottom: panel.bottom,
    height: panel.bottom - panel.top,
    areas: panel.stack.areas.map((area) => ({
      view: area.view,
      path: area.path,
      title: words.terms.classes[area.view],
      labels: area.label === null ? [] : [{ ...area.label, text: words.terms.classes[area.view] }],
    })),
    outline: panel.stack.outline,
    onsetLines: onsets.map((x) => `M${x} ${String(panel.top)}V${String(panel.bottom)}`).join(''),
    bands: bands.map(({ x, width }) => ({ x, width })),
    ...panelLabels(panel, fullest, context),
    portTicks: panel.portTicks.map((tick) => ({
      y: tick.y,
      textY: String(Number(tick.y) + 4),
      text: figures.number(tick.ports),
    })),
  };
}

/** Lists of at most one. */
function panelLabels(
  { top, peak, capacity, magnified }: PoolPanel,
  fullest: PoolPoint | null,
  { words, figures, peak: entry }: HostContext,
) {
  const partial = isPartial(entry);
  const inUse = figures.number(peak?.inUse ?? null);
  // On the line of the capacity its own label says enough.
  const hidden = peak === null || (capacity !== null && peak.inUse > capacity.usable * 0.85);
  return {
    capacity: [capacity]
      .filter((one) => one !== null)
      .map(({ path, y, usable }) => ({
        path,
        y: String(Number(y) - 7),
        text: words.timeline.capacity(figures.number(usable)),
      })),
    magnified: [magnified]
      .filter((one) => one !== null)
      .map((factor) => ({
        y: top - 8,
        text: words.timeline.magnifiedAxis(figures.number(factor), figures.number(fullest?.usable ?? null)),
      })),
    peak: hidden
      ? []
      : [
          {
            x: peak.x,
            y: peak.y,
            anchor: peak.anchor,
            labelY: String(Number(peak.y) - 8),
            text: partial ? words.timeline.listed(inUse) : inUse,
          },
        ],
  };
}

function pointOf(entry: LedgerEntry, at: string): PoolPoint {
  const ports = (view: LedgerView): number => portsOf(entry, view);
  return {
    ms: Date.parse(at),
    usable: entry.usable,
    inUse: entry.inUse,
    ports: {
      established: ports('established'),
      opening: ports('opening'),
      closing: ports('closing'),
      closeWait: ports('closeWait'),
      otherState: ports('otherState'),
      udp: ports('udp'),
      bound: ports('bound'),
      timeWait: ports('timeWait'),
    },
  };
}

/** Empty where a mark is a whole day. */
function tickClock({ local, unit }: TimeTick, figures: Figures): string {
  switch (unit) {
    case 'second':
      return figures.clock(local);
    case 'minute':
      return figures.shortClock(local);
    case 'day':
      return '';
  }
}

/** What of the pool the snapshots leave out: a state that none of them lists, one that some do, one listed that may have more. */
function unseenNotes({ ledger, words, figures }: HostContext): string[] {
  const { shownByNone, shownBySome, shownInPart } = words.timeline;
  const hiding = (view: LedgerView): LedgerEntry[] => ledger.filter((entry) => isUnseen(entry, view));
  const leftOut = (view: LedgerView): number => hiding(view).filter((entry) => portsOf(entry, view) === 0).length;
  const states = (isSo: (view: LedgerView) => boolean): string =>
    figures.series(LEDGER_VIEWS.filter(isSo).map((view) => words.terms.classes[view]));
  const none = states((view) => ledger.length > 0 && leftOut(view) === ledger.length);
  const some = states((view) => leftOut(view) > 0 && leftOut(view) < ledger.length);
  const inPart = states((view) => leftOut(view) === 0 && hiding(view).length > 0);
  return [
    none === '' ? '' : shownByNone(none, ledger.length),
    some === '' ? '' : shownBySome(some),
    inPart === '' ? '' : shownInPart(inPart),
  ].filter((note) => note !== '');
}

/** Of several incidents each has its sentence, and those that this page is not about say how to get a report of their own. */
function aboutIncident({ host, words, phrase }: HostContext, { summary, from, to }: Incident, index: number) {
  if (host.incidents.length < 2) return { summary: '', report: '' };
  const report = index === host.verdict.incident ? words.timeline.thisPage : words.reportOf(from, to);
  return { summary: phrase(summary), report };
}
