import type { RangeAdvice } from '../../model/report.js';
import { formatRange } from '../../model/port.js';
import type { HostContext } from './context.js';

/** One setting of the card: its name, what to do with it, the assumption or note beside it, and why. */
export interface SettingAdviceView {
  readonly name: string;
  readonly value: string;
  readonly change: boolean;
  readonly note: string;
  readonly reason: string;
}

/** The recommendation card. */
export function adviceView(context: HostContext) {
  const { host, words } = context;
  const { recommendation } = host;
  const actions = recommendation.actions.map((action, index) => ({
    title: action.title.text,
    when: `${words.actions.when[action.when]}, ${words.terms.restarts[action.restartRequired]}`,
    anchor: `${context.id}-action-${String(index + 1)}`,
  }));
  return {
    help: words.terms.settingsHelp[recommendation.settingsHelp],
    first: actions.slice(0, 1),
    further: actions.slice(1),
    settings: [
      ...rangeSettings(context),
      delaySetting(context),
      maxUserPortSetting(context),
      ...exclusionSettings(context),
    ],
    predicted: predicted(context),
  };
}

function rangeSettings({ host, words, pool }: HostContext): SettingAdviceView[] {
  const groups = new Map<string, RangeAdvice[]>();
  for (const advice of host.recommendation.dynamicPortRanges) {
    const key = JSON.stringify([advice.transport, advice.current, advice.recommended, advice.reason.text]);
    groups.set(key, [...(groups.get(key) ?? []), advice]);
  }
  return [...groups.values()].flatMap((group) => {
    const [advice] = group;
    if (advice === undefined) return [];
    const families = [...new Set(group.map((one) => words.terms.families[one.family]))].join(', ');
    return {
      name: `${words.advice.range}, ${words.transportFamilies(advice.transport.toUpperCase(), families)}`,
      value: advice.change
        ? words.change(formatRange(advice.current), formatRange(advice.recommended))
        : `${words.advice.leave} ${formatRange(advice.current)}`,
      change: advice.change,
      note: pool?.rangeSource === 'assumed-default' && advice.transport === pool.transport ? words.rangeAssumed : '',
      reason: advice.reason.text,
    };
  });
}

function delaySetting({ host, words, figures }: HostContext): SettingAdviceView {
  const { configured, recommended, change, restartRequired, reason } = host.recommendation.tcpTimedWaitDelay;
  const { effective } = host.timeWait;
  const lasts = `${words.method.lifetime} ${figures.seconds(effective)}, ${words.terms.lifetimeSources[effective.source]}`;
  const present = configured === null ? words.settings.absent : words.seconds(words.number(configured));
  const willChange = change && recommended !== null;
  return {
    name: 'TcpTimedWaitDelay',
    value: willChange
      ? words.change(present, words.seconds(words.number(recommended)))
      : `${words.advice.leave} (${present})`,
    change: willChange,
    note: willChange ? `${lasts}; ${words.terms.restarts[restartRequired]}` : lasts,
    reason: reason.text,
  };
}

function maxUserPortSetting({ host, words }: HostContext): SettingAdviceView {
  const { configured, recommended, change, standsFor, applied, reason } = host.recommendation.maxUserPort;
  const present = configured === null ? words.settings.absent : String(configured);
  const target = recommended === null ? words.settings.absent : String(recommended);
  const instead =
    recommended === null || applied !== 'instead-of-netsh'
      ? ''
      : `${target} ${words.terms.maxUserPortApplied[applied]}`;
  const range = standsFor === null ? '' : words.standsFor(formatRange(standsFor));
  return {
    name: 'MaxUserPort',
    value: change
      ? applied === 'remove-leftover'
        ? `${present}: ${words.terms.maxUserPortApplied[applied]}`
        : words.change(present, target)
      : `${words.advice.leave} (${present})`,
    change,
    note: [instead, range].filter((part) => part !== '').join(', '),
    reason: reason.text,
  };
}

function exclusionSettings({ host, words }: HostContext): SettingAdviceView[] {
  const { remove, reason } = host.recommendation.exclusions;
  if (remove.length === 0) return [];
  const value = remove.map(([start, end]) => `${String(start)}–${String(end)}`).join(', ');
  return [{ name: words.advice.exclusions, value: `− ${value}`, change: true, note: '', reason: reason.text }];
}

function predicted({ host, words, figures, pool }: HostContext) {
  const { predicted: figuresOfPlan, whatIf } = host.recommendation;
  const { effective } = host.timeWait;
  const today = whatIf.find(
    (one) =>
      one.start === pool?.start &&
      one.count === pool.count &&
      one.timeWaitSeconds === (effective.high ?? effective.best),
  );
  const rate = host.demand.connectionsPerSecond;
  return {
    figure: figures.number(figuresOfPlan.sustainsConnectionsPerSecond),
    known: figuresOfPlan.sustainsConnectionsPerSecond !== null,
    assumption:
      effective.source === 'assumed' ? `${words.method.lifetime} ${figures.seconds(effective)}, ${words.assumed}` : '',
    lines: [
      { name: words.advice.seen, value: figures.perSecond(rate) },
      ...(today === undefined
        ? []
        : [{ name: words.whatIf.current, value: words.perSecond(words.number(today.sustainsConnectionsPerSecond)) }]),
      { name: words.advice.peak, value: figures.span(figuresOfPlan.peakPorts) },
      { name: words.advice.usable, value: figures.number(figuresOfPlan.usable) },
      ...(figuresOfPlan.secondsToExhaustion === null
        ? []
        : [{ name: words.advice.exhaustion, value: words.duration(figuresOfPlan.secondsToExhaustion) }]),
    ],
  };
}
