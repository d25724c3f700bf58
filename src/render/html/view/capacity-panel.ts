import { assertNever } from '../../../model/assert-never.js';
import type { Estimate } from '../../../model/estimate.js';
import type { HostContext } from './context.js';
import { isPresent, slowestFirst } from './settings-in-force.js';

/** The figure beside the recommendation with what it stands for. */
export interface PanelView {
  /** `plan`: what the recommended settings will carry. `present`: what the settings carry as they are, in smaller type. */
  readonly kind: 'plan' | 'present';
  readonly label: string;
  readonly figure: string;
  readonly known: boolean;
  readonly unit: string;
  readonly assumption: string;
  readonly lines: readonly { readonly name: string; readonly value: string }[];
}

/** What the settings carry, beside the recommendation: a prediction only where something is to change. A list of at most one. */
export function capacityPanel(context: HostContext): PanelView[] {
  const { settingsHelp } = context.host.recommendation;
  switch (settingsHelp) {
    case 'yes':
    case 'buys-time':
      return [planPanel(context)];
    case 'no':
      return panelWithoutHelp(context);
    case 'not-needed':
      return presentPanel(context);
    case 'cannot-tell':
      return [];
    default:
      return assertNever(settingsHelp);
  }
}

function planPanel(context: HostContext): PanelView {
  const { words, figures, host } = context;
  const { predicted } = host.recommendation;
  const today = presentRate(context);
  const sustained = predicted.sustainsConnectionsPerSecond;
  return {
    kind: 'plan',
    label: words.advice.sustained,
    figure: figures.number(sustained),
    known: sustained !== null,
    unit: sustained === null ? '' : words.sustainedUnit(figures.share(context.headroom)),
    assumption: sustained === null ? '' : assumption(context),
    lines: [
      seenLine(context),
      ...(sustained === null ? [] : lifetimeLine(context)),
      ...(today === null ? [] : [{ name: words.advice.sustainedNow, value: words.perSecond(figures.number(today)) }]),
      { name: words.advice.peak, value: figures.span(predicted.peakPorts) },
      { name: words.advice.usable, value: figures.number(predicted.usable) },
      ...(predicted.secondsToExhaustion === null
        ? []
        : [{ name: words.advice.exhaustion, value: untilFull(predicted.secondsToExhaustion, context) }]),
    ],
  };
}

function panelWithoutHelp(context: HostContext): PanelView[] {
  const { isLeak, filledByRate, ports } = context.host.verdict;
  // Where ports are held by a leak, no rate of connections says how long the pool lasts.
  if (isLeak) return leakPanel(context);
  return filledByRate && ports === 'timeWait' ? presentPanel(context) : [];
}

/** Nothing changes, so nothing is predicted: the room that there is beside what was seen. */
function presentPanel(context: HostContext): PanelView[] {
  const { words, figures, host } = context;
  const today = presentRate(context) ?? host.recommendation.predicted.sustainsConnectionsPerSecond;
  if (today === null) return [];
  return [
    {
      kind: 'present',
      label: words.advice.asTheyAre,
      figure: figures.number(today),
      known: true,
      unit: words.sustainedUnit(figures.share(context.headroom)),
      assumption: assumption(context),
      lines: [...(host.demand.connectionsPerSecond === null ? [] : [seenLine(context)]), ...lifetimeLine(context)],
    },
  ];
}

/** Settings do not help against a leak: how long the pool lasts is information, not a plan. */
function leakPanel(context: HostContext): PanelView[] {
  const { words, host } = context;
  const lasts = host.recommendation.predicted.secondsToExhaustion;
  if (lasts === null) return [];
  const isFull = lasts.high === 0;
  return [
    {
      kind: 'present',
      label: isFull ? words.advice.poolIs : words.advice.poolLasts,
      figure: untilFull(lasts, context),
      known: true,
      unit: isFull ? '' : words.advice.untilFull,
      assumption: '',
      lines: [],
    },
  ];
}

/** The best guess, else the end that is known. */
function untilFull({ low, best, high }: Estimate, { words, figures }: HostContext): string {
  if (high === 0) return words.advice.alreadyFull;
  if (best !== null) return figures.duration(best);
  return high === null ? words.above(figures.duration(low)) : words.below(figures.duration(high));
}

/** The least that the host's range and TIME_WAIT sustain today; null where the grid does not hold them. */
function presentRate({ host, pool }: HostContext): number | null {
  if (pool === null) return null;
  const [slowest] = host.recommendation.whatIf.filter((one) => isPresent(one, host, pool)).sort(slowestFirst);
  return slowest?.sustainsConnectionsPerSecond ?? null;
}

function seenLine({ host, words, figures }: HostContext): { name: string; value: string } {
  return { name: words.advice.seen, value: figures.perSecond(host.demand.connectionsPerSecond) };
}

/** How long a connection holds its port before TIME_WAIT: what the settings sustain rests on it. */
function lifetimeLine({ host, words, figures }: HostContext): { name: string; value: string }[] {
  const lifetime = host.demand.meanLifetimeSeconds;
  return lifetime === null ? [] : [{ name: words.advice.lives, value: figures.seconds(lifetime) }];
}

function assumption({ host, words, figures }: HostContext): string {
  const { effective } = host.timeWait;
  if (effective.source !== 'assumed') return '';
  return words.lasts(figures.seconds(effective), words.assumed);
}
