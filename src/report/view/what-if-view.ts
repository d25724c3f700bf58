import { formatRange, type PortRange } from '../../model/port.js';
import type { WhatIf } from '../../model/report.js';
import type { HostContext } from './context.js';
import { lastsAbout, sameRange } from './present-settings.js';

/** The grid of delays and ranges: what each pair sustains, whether the demand seen would exhaust it, which one is now. */
export function whatIfView(context: HostContext) {
  const { host, words, figures } = context;
  const { whatIf } = host.recommendation;
  const delays = [...new Set(whatIf.map((one) => one.timeWaitSeconds))].sort((a, b) => b - a);
  const ranges = [...new Map(whatIf.map((one) => [`${String(one.start)}:${String(one.count)}`, one])).values()].sort(
    (a, b) => a.count - b.count,
  );
  const tagged = taggedCells(delays, context);
  return {
    columns: ranges.map((range) => formatRange(range)),
    intro: words.whatIfIntro(figures.share(context.headroom)),
    censored: host.demand.censored ? words.censored : '',
    rows: delays.map((seconds) => ({
      delay: words.seconds(figures.number(seconds)),
      cells: ranges.map((range) => {
        const cell = whatIf.find((one) => one.timeWaitSeconds === seconds && sameRange(one, range));
        return cell === undefined
          ? { figure: '–', state: 'unknown', outcome: '', tag: '', marked: false }
          : {
              figure: words.perSecond(figures.number(cell.sustainsConnectionsPerSecond)),
              state: cell.exhausts === null ? 'unknown' : cell.exhausts ? 'exhausts' : 'holds',
              outcome: outcome(cell, context),
              ...markOf(cell, tagged, context),
            };
      }),
    })),
  };
}

/** The delays of a column that are the host as it is, or the plan: one row, or all rows that an interval of TIME_WAIT covers. */
interface Tagged {
  readonly name: string;
  readonly range: PortRange;
  /** Longest first. */
  readonly delays: readonly number[];
}

function taggedCells(delays: readonly number[], { host, words, pool }: HostContext): Tagged[] {
  const { dynamicPortRanges, tcpTimedWaitDelay: delay } = host.recommendation;
  if (pool === null) return [];
  const lasting = delays.filter((seconds) => lastsAbout(seconds, host));
  const planned = delay.change ? delays.filter((seconds) => seconds === delay.recommended) : lasting;
  const range = dynamicPortRanges.find((advice) => advice.change && advice.transport === pool.transport)?.recommended;
  const changes = delay.change || range !== undefined;
  return [
    { name: words.whatIf.current, range: pool, delays: lasting },
    ...(changes ? [{ name: words.whatIf.recommended, range: range ?? pool, delays: planned }] : []),
  ];
}

/** What marks a cell: a name where one row is meant; at the top of several the name with both ends, below it a mark alone. */
function markOf(
  cell: WhatIf,
  tagged: readonly Tagged[],
  { words, figures }: HostContext,
): { tag: string; marked: boolean } {
  const found = tagged.find(({ range, delays }) => sameRange(cell, range) && delays.includes(cell.timeWaitSeconds));
  if (found === undefined) return { tag: '', marked: false };
  const [longest] = found.delays;
  const shortest = found.delays.at(-1);
  if (longest === undefined || shortest === undefined || longest === shortest) return { tag: found.name, marked: true };
  const seconds = (value: number): string => words.seconds(figures.number(value));
  const tag = cell.timeWaitSeconds === longest ? words.tagBetween(found.name, seconds(longest), seconds(shortest)) : '';
  return { tag, marked: true };
}

function outcome(cell: WhatIf, { words, figures }: HostContext): string {
  if (cell.exhausts === null) return words.whatIf.unknown;
  if (cell.exhausts) return words.whatIf.exhausts;
  return cell.peakUtilisation === null ? words.whatIf.holds : words.holdsAt(figures.share(cell.peakUtilisation));
}
