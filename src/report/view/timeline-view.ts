import { isUnseen, LEDGER_VIEWS, portsOf, type LedgerView } from '../../model/ledger-view.js';
import type { LedgerEntry, ReportEvent } from '../../model/report.js';
import type { PoolPoint } from '../charts/pool-series.js';
import { timeline } from '../charts/timeline.js';
import type { HostContext } from './context.js';
import { poolView } from './pool-view.js';

/** The pictures of the pool: over time, and at its fullest. Each is a list of at most one, so that templates can walk it. */
export function timelineView(context: HostContext) {
  const { words, ledger } = context;
  const over = overTime(context);
  return {
    charts: over === null ? [] : [over.chart],
    nothing: over === null ? words.timeline.nothing : '',
    pool: poolView(context),
    notes: [
      ...(over === null ? [] : over.notes),
      ...unseenNote(context),
      ...(ledger.length === 0 ? [words.timeline.noSnapshots] : []),
    ],
    incidents: context.host.incidents.map((incident) => ({
      period: context.clock.period(incident.from, incident.to),
      mechanism: words.terms.mechanisms[incident.mechanism],
      confidence: words.terms.confidences[incident.confidence],
      onsets: words.facts.onsets(incident.onsets),
    })),
  };
}

function overTime({ host, name, words, figures, clock, ledger }: HostContext) {
  const dated = ledger
    .flatMap((entry) => (entry.at === null ? [] : [pointOf(entry, entry.at)]))
    .sort((a, b) => a.ms - b.ms);
  const drawing = timeline({
    points: dated,
    marks: host.events.map((event) => ({
      ms: Date.parse(event.at),
      role: event.role,
      title: markTitle(event, clock.at(event.at).text),
    })),
    incidents: host.incidents.map(({ from, to }) => ({
      fromMs: Date.parse(from),
      toMs: to === null ? null : Date.parse(to),
    })),
    offsetMs: clock.offsetMs,
  });
  if (drawing === null) return null;
  const from = clock.at(new Date(drawing.fromMs).toISOString()).text;
  const to = clock.at(new Date(drawing.toMs).toISOString()).text;
  const onsets = host.events.filter((event) => event.role === 'onset').reduce((sum, event) => sum + event.count, 0);
  const undated = ledger.length - dated.length;
  const notes = [
    ...(drawing.broken ? [words.timeline.gap] : []),
    ...(drawing.drawn < dated.length ? [words.timeline.thinned(drawing.drawn, dated.length + host.ledgerOmitted)] : []),
    ...(undated > 0 ? [words.timeline.undated(undated)] : []),
    ...(drawing.outside > 0 ? [words.timeline.outside(drawing.outside)] : []),
  ];
  const chart = {
    width: drawing.width,
    height: drawing.height,
    left: drawing.left,
    right: drawing.right,
    top: drawing.top,
    bottom: drawing.bottom,
    plotHeight: drawing.bottom - drawing.top,
    clockY: drawing.bottom + 20,
    dayY: drawing.bottom + 35,
    laneLabelX: drawing.left - 10,
    label: `${words.sections.timeline}: ${name}`,
    axis: clock.known ? words.axis(clock.zone) : words.axisUtc,
    description:
      drawing.peak === null || drawing.capacity === null
        ? words.timeline.describeEvents({ from, to, onsets })
        : words.timeline.describe({
            from,
            to,
            onsets,
            snapshots: dated.length,
            peak: figures.number(drawing.peak.inUse),
            usable: figures.number(drawing.capacity.usable),
          }),
    bands: drawing.bands,
    areas: drawing.stack.areas.map((area) => ({
      view: area.view,
      path: area.path,
      title: words.terms.classes[area.view],
      labels: area.label === null ? [] : [{ ...area.label, text: words.terms.classes[area.view] }],
    })),
    outline: drawing.stack.outline,
    capacity:
      drawing.capacity === null
        ? []
        : [
            {
              path: drawing.capacity.path,
              y: String(Number(drawing.capacity.y) - 7),
              text: `${figures.number(drawing.capacity.usable)} ${words.timeline.capacity}`,
            },
          ],
    peak:
      drawing.peak === null || drawing.capacity === null || drawing.peak.inUse > drawing.capacity.usable * 0.85
        ? []
        : [
            {
              x: drawing.peak.x,
              y: drawing.peak.y,
              anchor: drawing.peak.anchor,
              labelY: String(Number(drawing.peak.y) - 8),
              text: figures.number(drawing.peak.inUse),
            },
          ],
    portTicks: drawing.portTicks.map((tick) => ({
      y: tick.y,
      textY: String(Number(tick.y) + 4),
      text: figures.number(tick.ports),
    })),
    timeTicks: drawing.timeTicks.map(({ x, tick }) => ({
      x,
      clock: tick.clock,
      day: tick.day === null ? '' : words.shortDay(tick.day.month, tick.day.day),
    })),
    snapshotTicks: drawing.snapshotTicks,
    onsetLines: drawing.onsetLines,
    lanes: drawing.lanes.map((lane) => ({
      role: lane.role,
      y: lane.y,
      textY: lane.y + 4,
      name: words.timeline[lane.role],
      marks: lane.marks,
    })),
  };
  return { chart, notes };
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

function markTitle(event: ReportEvent, at: string): string {
  return `${at} ${event.provider} ${String(event.id)}${event.count > 1 ? ` × ${String(event.count)}` : ''}`;
}

function unseenNote({ ledger, words }: HostContext): string[] {
  const unseen = LEDGER_VIEWS.filter((view) => ledger.some((entry) => isUnseen(entry, view)));
  if (unseen.length === 0) return [];
  return [words.timeline.cannotShow(unseen.map((view) => words.terms.classes[view]).join(', '))];
}
