import { scaleLinear } from 'd3-scale';
import type { EventRole } from '../../../model/report.js';
import { markPath } from './event-marks.js';
import { poolPanels, type PoolPanel } from './pool-panel.js';
import { segmentsOf, thinned, type PoolPoint } from './pool-series.js';
import { timeTicks, type TimeTick } from './time-ticks.js';

export interface TimelineMark {
  readonly ms: number;
  readonly role: EventRole;
  readonly title: string;
}

export interface TimelineInput {
  /** In time order. */
  readonly points: readonly PoolPoint[];
  readonly marks: readonly TimelineMark[];
  readonly incidents: readonly { readonly fromMs: number; readonly toMs: number | null }[];
  readonly offsetMs: number;
}

/** The picture of the pool over time, in units of its own; the words are put in by the view. */
export interface Timeline {
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly left: number;
  readonly right: number;
  /** Where the plots end and the axis of time and the lanes of events begin. */
  readonly bottom: number;
  /** None without a snapshot, one of the whole pool, or a second one that magnifies a nearly empty pool. */
  readonly panels: readonly PoolPanel[];
  readonly timeTicks: readonly { readonly x: string; readonly tick: TimeTick }[];
  readonly snapshotTicks: string;
  readonly lanes: readonly {
    readonly role: EventRole;
    readonly y: number;
    /** `more`: marks that stand there as well and are not named. */
    readonly marks: readonly { readonly path: string; readonly titles: readonly string[]; readonly more: number }[];
  }[];
  /** Where in the panels a port was refused. */
  readonly onsets: readonly string[];
  readonly bands: readonly { readonly x: string; readonly width: string; readonly middle: string }[];
  readonly outside: number;
  readonly drawn: number;
  readonly broken: boolean;
}

/** How wide a picture is, where its plots begin and end, and how many marks and snapshots it has room for. */
interface Frame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly ticks: number;
  readonly points: number;
}

/** The same picture for a page and for a telephone. */
export const FRAMES = {
  wide: { width: 1040, left: 104, right: 1016, ticks: 10, points: 240 },
  narrow: { width: 358, left: 86, right: 348, ticks: 4, points: 90 },
} as const satisfies Record<string, Frame>;

const TOP = 40;
const LANE = 24;
const LANE_ORDER: readonly EventRole[] = ['onset', 'symptom', 'context', 'boot', 'change', 'recovery', 'look-alike'];
/** These decide what time is drawn; other events are drawn when they fall inside. */
const LEADING: readonly EventRole[] = ['onset', 'symptom'];

/** The picture, or null when nothing has a time. */
export function timeline(input: TimelineInput, { width, left, right, ticks, points: most }: Frame): Timeline | null {
  const domain = domainOf(input);
  if (domain === null) return null;
  const [fromMs, toMs] = domain;
  const x = scaleLinear([fromMs, toMs], [left, right]);
  const points = thinned(input.points, most);
  const panels = poolPanels(points, { top: TOP, left, right, x });
  const bottom = panels.at(-1)?.bottom ?? TOP;
  const inside = input.marks.filter((mark) => mark.ms >= fromMs && mark.ms <= toMs);
  const lanes = lanesOf(inside, x, bottom);
  return {
    width,
    height: bottom + 46 + lanes.length * LANE,
    fromMs,
    toMs,
    left,
    right,
    bottom,
    panels,
    timeTicks: timeTicks(fromMs, toMs, input.offsetMs, ticks).map((tick) => ({ x: x(tick.ms).toFixed(1), tick })),
    snapshotTicks: points.map((point) => `M${x(point.ms).toFixed(1)} ${String(bottom)}v5`).join(''),
    lanes,
    onsets: distinct(inside.filter((mark) => mark.role === 'onset').map((mark) => x(mark.ms).toFixed(0))),
    bands: input.incidents.flatMap(({ fromMs: start, toMs: end }) => bandOf(x(start), x(end ?? toMs), left, right)),
    outside: input.marks.length - inside.length,
    drawn: points.length,
    broken: segmentsOf(points).length > 1,
  };
}

/** One row of marks a role, below the axis of time. */
function lanesOf(marks: readonly TimelineMark[], x: (ms: number) => number, bottom: number): Timeline['lanes'] {
  return LANE_ORDER.flatMap((role) => {
    const own = marks.filter((mark) => mark.role === role);
    return own.length === 0 ? [] : [{ role, own }];
  }).map(({ role, own }, index) => {
    const middle = bottom + 40 + LANE / 2 + index * LANE;
    return { role, y: middle, marks: merged(own, x, middle) };
  });
}

/** An incident from one place of the plot to another, cut at its edges; a list of at most one. */
function bandOf(start: number, end: number, left: number, right: number): Timeline['bands'] {
  const from = Math.max(start, left);
  const to = Math.min(end, right);
  if (to < from) return [];
  const across = Math.max(to - from, 2);
  const middle = Math.min(Math.max(from + across / 2, left + 30), right - 30);
  return [{ x: from.toFixed(1), width: across.toFixed(1), middle: middle.toFixed(1) }];
}

/** The time drawn: all snapshots, incidents, onsets and symptoms, with a margin; ten minutes around a single instant. */
function domainOf({ points, marks, incidents }: TimelineInput): [number, number] | null {
  const leading = marks.filter((mark) => LEADING.includes(mark.role)).map((mark) => mark.ms);
  const moments = [
    ...points.map((point) => point.ms),
    ...incidents.flatMap(({ fromMs, toMs }) => (toMs === null ? [fromMs] : [fromMs, toMs])),
    ...leading,
  ];
  if (moments.length === 0) moments.push(...marks.map((mark) => mark.ms));
  let first = Infinity;
  let last = -Infinity;
  for (const moment of moments) {
    first = Math.min(first, moment);
    last = Math.max(last, moment);
  }
  if (first > last) return null;
  const margin = first === last ? 300_000 : (last - first) * 0.03;
  return [first - margin, last + margin];
}

/** Lines that the title of one mark may have. */
const MOST_NAMED = 4;

/** Marks closer than they are wide become one, which names the first and says how many it stands for. */
function merged(
  marks: readonly TimelineMark[],
  x: (ms: number) => number,
  y: number,
): Timeline['lanes'][number]['marks'] {
  const groups: { x: number; titles: string[] }[] = [];
  for (const mark of [...marks].sort((a, b) => a.ms - b.ms)) {
    const at = x(mark.ms);
    const last = groups.at(-1);
    if (last !== undefined && at - last.x < 5) last.titles.push(mark.title);
    else groups.push({ x: at, titles: [mark.title] });
  }
  const role = marks[0]?.role ?? 'context';
  return groups.map((group) => ({
    path: markPath(role, group.x, y),
    titles: group.titles.length > MOST_NAMED ? group.titles.slice(0, MOST_NAMED - 1) : group.titles,
    more: group.titles.length > MOST_NAMED ? group.titles.length - MOST_NAMED + 1 : 0,
  }));
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
