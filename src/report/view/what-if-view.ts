import { formatRange, type PortRange } from '../../model/port.js';
import type { WhatIf } from '../../model/report.js';
import type { HostContext } from './context.js';

/** The grid of delays and ranges: what each pair sustains, whether the demand seen would exhaust it, which one is now. */
export function whatIfView(context: HostContext) {
  const { host, words, figures } = context;
  const { whatIf } = host.recommendation;
  const delays = [...new Set(whatIf.map((one) => one.timeWaitSeconds))].sort((a, b) => b - a);
  const ranges = [...new Map(whatIf.map((one) => [`${String(one.start)}:${String(one.count)}`, one])).values()].sort(
    (a, b) => a.count - b.count,
  );
  const present = presentPoint(context);
  const planned = plannedPoint(context);
  return {
    columns: ranges.map((range) => formatRange(range)),
    headroom: host.demand.censored ? words.censored : '',
    rows: delays.map((seconds) => ({
      delay: words.seconds(figures.number(seconds)),
      cells: ranges.map((range) => {
        const cell = whatIf.find((one) => one.timeWaitSeconds === seconds && sameRange(one, range));
        return cell === undefined
          ? { figure: '–', state: 'unknown', outcome: '', tag: '' }
          : {
              figure: words.perSecond(figures.number(cell.sustainsConnectionsPerSecond)),
              state: cell.exhausts === null ? 'unknown' : cell.exhausts ? 'exhausts' : 'holds',
              outcome: outcome(cell, context),
              tag: samePoint(cell, present)
                ? words.whatIf.current
                : samePoint(cell, planned)
                  ? words.whatIf.recommended
                  : '',
            };
      }),
    })),
  };
}

interface GridPoint {
  readonly seconds: number | null;
  readonly range: PortRange | null;
}

function presentPoint({ host, pool }: HostContext): GridPoint {
  return { seconds: host.timeWait.effective.high ?? host.timeWait.effective.best, range: pool };
}

function plannedPoint(context: HostContext): GridPoint {
  const { recommendation } = context.host;
  const now = presentPoint(context);
  const range = recommendation.dynamicPortRanges.find(
    (advice) => advice.change && advice.transport === context.pool?.transport,
  );
  const delay = recommendation.tcpTimedWaitDelay;
  return { seconds: delay.change ? delay.recommended : now.seconds, range: range?.recommended ?? now.range };
}

function sameRange(a: PortRange, b: PortRange): boolean {
  return a.start === b.start && a.count === b.count;
}

function samePoint(cell: WhatIf, point: GridPoint): boolean {
  return point.range !== null && cell.timeWaitSeconds === point.seconds && sameRange(cell, point.range);
}

function outcome(cell: WhatIf, { words, figures }: HostContext): string {
  if (cell.exhausts === null) return words.whatIf.unknown;
  if (cell.exhausts) return words.whatIf.exhausts;
  return cell.peakUtilisation === null ? words.whatIf.holds : words.holdsAt(figures.share(cell.peakUtilisation));
}
