import type { HostContext } from './context.js';
import { evidenceView } from './hypotheses-view.js';
import { capped } from './page-figures.js';
import { sourcesView } from './sources-view.js';

/** The settings found, good and bad. */
export function settingsView(context: HostContext) {
  const { host, words, phrase } = context;
  const { shown, more } = capped(host.settings, context.rows(100), words);
  return {
    rows: shown.map((setting) => ({
      name: setting.name,
      value:
        setting.value === null
          ? words.settings.absent
          : typeof setting.value === 'number'
            ? String(setting.value)
            : setting.value,
      present: setting.value !== null,
      finding: words.terms.settingFindings[setting.finding],
      fine: setting.finding === 'ok',
      message: phrase(setting.message),
      sources: sourcesView(setting, words),
    })),
    more,
  };
}

/** "At least" less than this reads "at least 0". */
const LEAST_SHOWN_RATE = 0.05;

/** The arithmetic of the verdict and the advice. */
export function methodView(context: HostContext) {
  const { host, name, several, words, figures, phrase } = context;
  const { demand, timeWait, recommendation } = host;
  return {
    title: several ? words.about(words.sections.method, name) : words.sections.method,
    naming: evidenceView(host.naming, context),
    arithmetic: recommendation.arithmetic.map(phrase),
    lifetime: words.knownFrom(
      figures.seconds(timeWait.effective),
      words.terms.lifetimeSources[timeWait.effective.source],
    ),
    measuredApart: timeWait.families.some(({ measured }) => measured === null)
      ? ''
      : words.measuredApart(
          timeWait.families.map(({ family, measured }) =>
            words.timeline.part(words.terms.families[family], figures.seconds(measured)),
          ),
        ),
    lifetimeSources: sourcesView(timeWait, words),
    pendingRestart: timeWait.pendingRestart ? words.pendingRestart : '',
    demand: demand.methods
      .filter(({ perSecond }) => perSecond.high !== null || perSecond.low >= LEAST_SHOWN_RATE)
      .map((method) => ({
        name: words.terms.demandMethods[method.id],
        value: figures.perSecond(method.perSecond),
      })),
    censored: demand.censored ? words.censored : '',
    disagreement: demand.disagreement === null ? '' : phrase(demand.disagreement),
    backTest: backTestLines(host.recommendation.backTest, words, figures),
  };
}

/** How near the same arithmetic comes to what was counted. */
function backTestLines(
  backTest: HostContext['host']['recommendation']['backTest'],
  words: HostContext['words'],
  figures: HostContext['figures'],
): string[] {
  if (backTest === null) return [];
  const { snapshots, medianErrorPorts, onsetErrorSeconds: off } = backTest;
  return [
    words.backTest(snapshots, medianErrorPorts),
    ...(off === null ? [] : [words.backTestOnset(figures.duration(Math.abs(off)), Math.sign(off))]),
  ];
}
