import type { PageWords } from '../../../messages/language.js';
import type { Evidence } from '../../../model/report-message.js';
import type { HypothesisResult, Outcome } from '../../../model/report-judgement.js';
import type { MissingEvidence } from '../../../model/report.js';
import type { HostContext } from './context.js';
import { mechanismMeaning, mechanismName } from './mechanism-words.js';
import { sourcesView } from './sources-view.js';

/** Every hypothesis in the report's order, with what speaks for it, against it, and what would decide it. */
export function hypothesesView(context: HostContext) {
  const { host, words, phrase } = context;
  return host.hypotheses.map((hypothesis) => ({
    name: mechanismName(hypothesis.id, words),
    meaning: mechanismMeaning(hypothesis.id, words),
    outcome: words.terms.outcomes[hypothesis.outcome],
    kind: hypothesis.outcome,
    leading: leading(hypothesis, phrase),
    pro: evidenceView(hypothesis.for, context),
    con: evidenceView(hypothesis.against, context),
    missing: hypothesis.missing.map(phrase),
    nothing: hypothesis.for.length + hypothesis.against.length + hypothesis.missing.length === 0,
  }));
}

/** What else can look like this; named, never counted as proof. */
export function otherExplanationsView(context: HostContext) {
  return evidenceView(context.host.otherExplanations, context);
}

/** Sentences with the rows they stand on. */
export function evidenceView(list: readonly Evidence[], { words, phrase }: HostContext) {
  return list.map((one) => ({ text: phrase(one.message), sources: sourcesView(one, words) }));
}

const SHOWN_FIRST: Record<Outcome, 'for' | 'against' | 'missing'> = {
  confirmed: 'for',
  likely: 'for',
  'ruled-out': 'against',
  'cannot-tell': 'missing',
  'not-applicable': 'against',
  errored: 'missing',
};

/** The one sentence that the closed line shows: what decided the outcome. */
function leading(hypothesis: HypothesisResult, phrase: HostContext['phrase']): string {
  const first = SHOWN_FIRST[hypothesis.outcome];
  const deciding = first === 'missing' ? hypothesis.missing[0] : hypothesis[first][0]?.message;
  const message = deciding ?? hypothesis.for[0]?.message ?? hypothesis.against[0]?.message;
  return message === undefined ? '' : phrase(message);
}

/** The names of what this evidence neither shows nor excludes. */
export function untoldMechanisms({ host, words }: HostContext): string[] {
  const untold = host.hypotheses.filter(({ outcome }) => outcome === 'cannot-tell' || outcome === 'errored');
  return untold.map(({ id }) => mechanismName(id, words));
}

/** A command longer than this takes the whole width. */
const LONG_COMMAND = 200;

/** What the capture could not tell, each with the commands that would: first those that only help while it happens. */
export function missingView(context: HostContext) {
  const { host, words, figures, phrase } = context;
  const untold = untoldMechanisms(context);
  const groups = (['while-it-happens', 'any-time'] as const).map((when) => ({
    title: words.missing.when[when],
    items: host.missingEvidence
      .filter((missing) => missing.when === when)
      .map((missing) => ({
        what: phrase(missing.what),
        why: phrase(missing.why),
        long: missing.collectWith.some((command) => command.length > LONG_COMMAND),
        boxes: boxes(missing, phrase(missing.what), words),
      })),
  }));
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    untold: untold.length === 0 ? '' : words.untold(figures.series(untold)),
    nothing: host.missingEvidence.length === 0 && untold.length === 0,
  };
}

/** The commands to copy, one box a shell; a script has a box of its own, so that one copy never runs two of them. */
function boxes({ collectWith, powershellOnly }: MissingEvidence, what: string, words: PageWords) {
  const both = collectWith.filter((command) => !powershellOnly.includes(command));
  return [
    ...boxesOf(powershellOnly, words.missing.powershell, words),
    ...boxesOf(both, words.missing.eitherShell, words),
  ].map((box) => ({ ...box, label: words.about(box.shell, what) }));
}

function boxesOf(commands: readonly string[], shell: string, words: PageWords): { shell: string; text: string }[] {
  const scripts = commands.filter(isScript);
  const short = commands.filter((command) => !isScript(command));
  const texts = [...scripts, ...(short.length === 0 ? [] : [short.join('\n')])];
  return texts.map((text, index) => ({
    shell: texts.length === 1 ? shell : words.oneOf(shell, index + 1, texts.length),
    text,
  }));
}

/** Starts and ends something by itself, and is long for that. */
function isScript(command: string): boolean {
  return command.length > LONG_COMMAND || command.includes('\n');
}
