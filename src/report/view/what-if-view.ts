import { formatRange } from '../../model/port.js';
import type { WhatIf } from '../../model/report.js';
import type { HostContext } from './context.js';
import { isPresent, lastsAbout, sameRange } from './present-settings.js';

/** The grid of delays and ranges: what each pair sustains, whether the demand seen would exhaust it, which one is now. */
export function whatIfView(context: HostContext) {
  const { host, words, figures } = context;
  const { whatIf } = host.recommendation;
  const delays = [...new Set(whatIf.map((one) => one.timeWaitSeconds))].sort((a, b) => b - a);
  const ranges = [...new Map(whatIf.map((one) => [`${String(one.start)}:${String(one.count)}`, one])).values()].sort(
    (a, b) => a.count - b.count,
  );
  return {
    columns: ranges.map((range) => formatRange(range)),
    intro: words.whatIfIntro(figures.share(context.headroom)),
    censored: host.demand.censored ? words.censored : '',
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
              tag: tag(cell, context),
            };
      }),
    })),
  };
}

/** `now` for the host as it is, `recommended` for the plan; an unmeasured TIME_WAIT marks every delay it may have. */
function tag(cell: WhatIf, { host, words, pool }: HostContext): string {
  const { dynamicPortRanges, tcpTimedWaitDelay: delay } = host.recommendation;
  if (pool === null) return '';
  if (isPresent(cell, host, pool)) return words.whatIf.current;
  const range = dynamicPortRanges.find((advice) => advice.change && advice.transport === pool.transport)?.recommended;
  const planned = delay.change ? cell.timeWaitSeconds === delay.recommended : lastsAbout(cell.timeWaitSeconds, host);
  return planned && sameRange(cell, range ?? pool) ? words.whatIf.recommended : '';
}

function outcome(cell: WhatIf, { words, figures }: HostContext): string {
  if (cell.exhausts === null) return words.whatIf.unknown;
  if (cell.exhausts) return words.whatIf.exhausts;
  return cell.peakUtilisation === null ? words.whatIf.holds : words.holdsAt(figures.share(cell.peakUtilisation));
}
