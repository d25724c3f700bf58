import { lacks } from '../../../messages/lacking.js';
import { isSameRange } from '../../../model/port.js';
import type { RangeAdvice } from '../../../model/report-advice.js';
import type { HostContext } from './context.js';
import { whenDone } from './actions-view.js';
import { capacityPanel } from './capacity-panel.js';

/** One setting of the card: its name, what to do with it, what that rests on, a note beside it, and why. */
export interface SettingAdviceView {
  readonly name: string;
  /** True for a name that Windows gives it, which is the same in every language. */
  readonly named: boolean;
  readonly value: string;
  readonly change: boolean;
  /** What the value rests on without proof, empty where nothing. */
  readonly assumption: string;
  readonly note: string;
  readonly reason: string;
}

/** The recommendation card. */
export function adviceView(context: HostContext) {
  const { host, words, phrase } = context;
  const { recommendation } = host;
  const actions = recommendation.actions.map((action, index) => ({
    title: phrase(action.title),
    when: words.whenAndRestart(whenDone(action, words), words.terms.restarts[action.restartRequired]),
    anchor: `${context.id}-action-${String(index + 1)}`,
  }));
  return {
    help: words.terms.settingsHelp[recommendation.settingsHelp],
    idle: idle(context),
    first: actions.slice(0, 1),
    further: actions.slice(1),
    settings: [
      ...rangeSettings(context),
      delaySetting(context),
      maxUserPortSetting(context),
      ...exclusionSettings(context),
    ],
    panel: capacityPanel(context),
  };
}

/** What the card says instead of a first action: nothing to do, or nothing known to do before the gaps are closed. */
function idle({ host, words }: HostContext): string {
  if (host.recommendation.settingsHelp === 'not-needed')
    return host.verdict.confidence === 'low' ? words.advice.nothingKnown : words.advice.nothing;
  return host.missingEvidence.length > 0 ? words.advice.collect : words.advice.noAction;
}

function rangeSettings({ host, words, figures, phrase }: HostContext): SettingAdviceView[] {
  const groups = new Map<string, RangeAdvice[]>();
  for (const advice of host.recommendation.dynamicPortRanges) {
    const key = JSON.stringify([advice.transport, advice.current, advice.recommended, advice.reason]);
    groups.set(key, [...(groups.get(key) ?? []), advice]);
  }
  if (groups.size === 0) {
    return [
      {
        name: words.advice.range,
        named: false,
        value: words.notKnown,
        change: false,
        assumption: '',
        note: '',
        reason: words.advice.rangeNotKnown,
      },
    ];
  }
  return [...groups.values()].flatMap((group) => {
    const [advice] = group;
    if (advice === undefined) return [];
    const families = figures.series([...new Set(group.map((one) => words.terms.families[one.family]))]);
    return {
      name: words.rangeOf(advice.transport.toUpperCase(), families),
      named: false,
      value: advice.change
        ? words.change(figures.range(advice.current), figures.range(advice.recommended))
        : figures.range(advice.current),
      change: advice.change,
      assumption: host.pools.some(
        (pool) => pool.transport === advice.transport && pool.rangeSource === 'assumed-default',
      )
        ? words.rangeAssumed
        : '',
      note: sizesBeside(advice, { words, figures }),
      reason: phrase(advice.reason),
    };
  });
}

/** What would do for what was seen, and how far one could go, beside the range that is recommended. */
function sizesBeside(
  { needed, recommended, upTo }: RangeAdvice,
  { words, figures }: Pick<HostContext, 'words' | 'figures'>,
): string {
  const differs = (range: RangeAdvice['needed']): range is RangeAdvice['recommended'] =>
    range !== null && !isSameRange(range, recommended);
  return figures.series([
    ...(differs(needed) ? [words.advice.needed(figures.range(needed))] : []),
    ...(differs(upTo) ? [words.advice.upTo(figures.range(upTo))] : []),
  ]);
}

/** A value that was not seen is absent only where the registry key itself was captured. */
function noValue({ host, words }: Pick<HostContext, 'host' | 'words'>): string {
  const unknown = host.missingEvidence.some((one) => lacks(one, 'registry'));
  return unknown ? words.settings.notCaptured : words.settings.absent;
}

function delaySetting({ host, words, figures, phrase }: HostContext): SettingAdviceView {
  const { configured, recommended, change, restartRequired, reason } = host.recommendation.tcpTimedWaitDelay;
  const { effective } = host.timeWait;
  const assumed = effective.source === 'assumed';
  const present = configured === null ? noValue({ host, words }) : words.seconds(figures.number(configured));
  const willChange = change && recommended !== null;
  const notes = [
    ...(assumed ? [] : [words.lasts(figures.seconds(effective), words.terms.lifetimeSources[effective.source])]),
    ...(willChange ? [words.terms.restarts[restartRequired]] : []),
  ];
  return {
    name: 'TcpTimedWaitDelay',
    named: true,
    value: willChange ? words.change(present, words.seconds(figures.number(recommended))) : present,
    change: willChange,
    assumption: assumed ? words.lasts(figures.seconds(effective), words.assumed) : '',
    note: figures.clauses(notes),
    reason: phrase(reason),
  };
}

function maxUserPortSetting({ host, words, figures, phrase }: HostContext): SettingAdviceView {
  const { configured, recommended, change, standsFor, applied, reason } = host.recommendation.maxUserPort;
  const present = configured === null ? noValue({ host, words }) : figures.plain(configured);
  const target = recommended === null ? words.settings.absent : figures.plain(recommended);
  const instead = recommended !== null && applied === 'instead-of-netsh' ? words.instead(target) : '';
  const leftover = applied === 'remove-leftover' ? words.terms.maxUserPortApplied[applied] : '';
  // Beside the registry spelling the reason says what it stands for.
  const range = standsFor === null || instead !== '' ? '' : words.standsFor(figures.range(standsFor));
  return {
    name: 'MaxUserPort',
    named: true,
    value: change
      ? applied === 'remove-leftover'
        ? words.change(present, words.advice.remove)
        : words.change(present, target)
      : present,
    change,
    assumption: '',
    note: figures.series([instead, leftover, range].filter((part) => part !== '')),
    reason: phrase(reason),
  };
}

function exclusionSettings({ host, words, figures, phrase }: HostContext): SettingAdviceView[] {
  const { remove, reason } = host.recommendation.exclusions;
  const excluded =
    host.pools.find(({ transport, family }) => transport === 'tcp' && family === 'combined')?.excluded ?? 0;
  if (remove.length === 0 && excluded === 0) return [];
  const blocks = remove.map(([start, end]) => figures.range({ start, count: end - start + 1 }));
  return [
    {
      name: words.advice.exclusions,
      named: false,
      value: remove.length === 0 ? figures.number(excluded) : words.advice.less(figures.series(blocks)),
      change: remove.length > 0,
      assumption: '',
      note: '',
      reason: phrase(reason),
    },
  ];
}
