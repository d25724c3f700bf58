import { isSameRange, type PortRange } from '../../../model/port.js';
import type { WhatIf } from '../../../model/report-advice.js';
import type { HostContext } from './context.js';
import { lastsAbout } from './settings-in-force.js';

/** The grid of delays and ranges: what each pair sustains, whether the demand seen would exhaust it, which one is now. */
export function whatIfView(context: HostContext) {
  const { host, words, figures } = context;
  const { whatIf } = host.recommendation;
  const { effective } = host.timeWait;
  // A delay longer than the one measured is nobody's choice.
  const longest = effective.source === 'measured' ? (effective.high ?? Infinity) : Infinity;
  const delays = [...new Set(whatIf.map((one) => one.timeWaitSeconds))]
    .filter((seconds) => seconds <= longest)
    .sort((a, b) => b - a);
  const ranges = [...new Map(whatIf.map((one) => [`${String(one.start)}:${String(one.count)}`, one])).values()].sort(
    (a, b) => a.count - b.count,
  );
  const tagged = taggedCells(delays, context);
  return {
    columns: ranges.map((range) => figures.range(range)),
    intro: words.whatIfIntro(figures.share(context.headroom)),
    censored: host.demand.censored ? words.censored : '',
    rows: delays.map((seconds) => ({
      delay: words.seconds(figures.number(seconds)),
      cells: ranges.map((range) => {
        const cell = whatIf.find((one) => one.timeWaitSeconds === seconds && isSameRange(one, range));
        if (cell === undefined) return { figure: words.nothing, state: 'unknown', outcome: '', tag: '' };
        const tag = tagged.find((one) => isSameRange(cell, one.range) && one.delay === seconds)?.name ?? '';
        return {
          figure: words.perSecond(figures.number(cell.sustainsConnectionsPerSecond)),
          state: cell.exhausts === null ? 'unknown' : cell.exhausts ? 'exhausts' : 'holds',
          outcome: outcome(cell, tag === words.whatIf.recommended, context),
          tag,
        };
      }),
    })),
  };
}

/** A cell of the grid that is the host as it is, or the plan. */
interface Tagged {
  readonly name: string;
  readonly range: PortRange;
  readonly delay: number | undefined;
}

/** Where TIME_WAIT is an interval, the longest delay in it stands for it: the arithmetic takes the upper end. */
function taggedCells(delays: readonly number[], { host, words, figures, pool }: HostContext): Tagged[] {
  const { dynamicPortRanges, tcpTimedWaitDelay: delay } = host.recommendation;
  if (pool === null) return [];
  const { effective } = host.timeWait;
  const lasting = delays.find((seconds) => lastsAbout(seconds, host));
  const range = dynamicPortRanges.find((advice) => advice.change && advice.transport === pool.transport)?.recommended;
  const changes = delay.change || range !== undefined;
  const { current, recommended } = words.whatIf;
  return [
    {
      name: effective.low === effective.high ? current : words.tagSpan(current, figures.seconds(effective)),
      range: pool,
      delay: lasting,
    },
    ...(changes
      ? [{ name: recommended, range: range ?? pool, delay: delay.change ? (delay.recommended ?? lasting) : lasting }]
      : []),
  ];
}

function outcome(cell: WhatIf, planned: boolean, { host, words, figures }: HostContext): string {
  if (cell.exhausts === true) return words.whatIf.exhausts;
  if (cell.exhausts === false) {
    return cell.peakUtilisation === null ? words.whatIf.holds : words.holdsAt(figures.share(cell.peakUtilisation));
  }
  const { peakPorts, usable } = host.recommendation.predicted;
  if (!planned || peakPorts === null || usable === null || usable === 0) return words.whatIf.unknown;
  return words.fillsAtLeast(figures.share(peakPorts.low / usable));
}
