import type { SummaryWords } from '../messages/language.js';
import { languageOf } from '../messages/languages.js';
import { phrase } from '../messages/phrase.js';
import type { HostReport, Report } from '../model/report.js';
import type { Message } from '../model/report-message.js';
import type { Recommendation } from '../model/report-advice.js';
import type { WrittenFile } from './output-files.js';
import { terminalText, type Paint } from './terminal-text.js';

export interface SummaryContext {
  readonly written: readonly WrittenFile[];
  /** What the walk through a folder did not read. */
  readonly leftOut: readonly Message[];
  readonly elapsedMs: number;
  /** Also one line a file read. */
  readonly verbose: boolean;
  readonly paint: Paint;
}

/** Between the longest label and what stands beside it. */
const LABEL_GAP = 2;
/** More lines would push the verdict off the screen; the report has all. */
const MOST_PROBLEMS = 10;

/** What a run found and did, for a person at a terminal: verdict, recommendation, what was read, what was wrong with it, and what was written. */
export function summary(report: Report, context: SummaryContext, code = 'en'): string {
  const language = languageOf(code);
  const { summary: words } = language;
  const saying: Saying = {
    words,
    paint: context.paint,
    said: (message) => terminalText(phrase(message, language.code)),
    labelWidth: Math.max(...Object.values(words.labels).map((label) => label.length)) + LABEL_GAP,
  };
  const files = context.verbose ? fileLines(report, words) : [];
  const written = context.written.map(({ shown, bytes }) => words.written(terminalText(shown), bytes));
  const lines = [
    ...report.hosts.flatMap((host) => [...hostLines(host, saying), '']),
    ...labelled('read', [readLine(report, context.elapsedMs, words), ...files], saying),
    ...labelled('problems', problemLines(report, context.leftOut, saying), saying),
    ...labelled('written', written, saying),
  ];
  return `${lines.join('\n')}\n`;
}

/** How the lines are made: in which words, with which colours. */
interface Saying {
  readonly words: SummaryWords;
  readonly paint: Paint;
  readonly said: (message: Message) => string;
  readonly labelWidth: number;
}

function hostLines(host: HostReport, saying: Saying): string[] {
  const { words, paint, said } = saying;
  const { mechanism, confidence, summary: verdict } = host.verdict;
  const style = mechanism === 'none' ? 'green' : mechanism === 'undetermined' ? 'yellow' : 'red';
  const actions = host.recommendation.actions.map(({ title }, index) => words.numbered(index + 1, said(title)));
  return [
    words.heading(paint('bold', terminalText(host.host)), paint(style, mechanism), confidence),
    said(verdict),
    ...host.naming.map(({ message }) => said(message)),
    ...host.answers.map(({ message }) => said(message)),
    '',
    ...labelled('settings', settingLines(host.recommendation, words), saying),
    ...labelled('next', actions, saying),
    ...labelled('collect', collectLines(host, saying), saying),
  ];
}

/** What would have decided an open verdict. */
function collectLines({ verdict, missingEvidence }: HostReport, { words, said }: Saying): string[] {
  if (verdict.mechanism !== 'undetermined' || missingEvidence.length === 0) return [];
  return [...missingEvidence.map(({ what }) => said(what)), words.commandsInReport];
}

function settingLines(recommendation: Recommendation, words: SummaryWords): string[] {
  const { tcpTimedWaitDelay: delay, maxUserPort, dynamicPortRanges } = recommendation;
  const { setting } = words;
  const ranges = dynamicPortRanges.filter(({ transport, change }) => transport === 'tcp' || change);
  return [
    setOrLeave('TcpTimedWaitDelay', delay, setting, words.seconds),
    maxUserPort.applied === 'remove-leftover'
      ? setting.remove('MaxUserPort', String(maxUserPort.configured))
      : setOrLeave('MaxUserPort', maxUserPort, setting, String),
    // A UDP range that stays is no news.
    ...ranges.map(({ transport, family, current, recommended, change }) => {
      const { start, count } = change ? recommended : current;
      const say = change ? setting.set : setting.leaveAt;
      return say(words.range(transport, family), `start=${String(start)} num=${String(count)}`);
    }),
  ];
}

function setOrLeave(
  name: string,
  { change, recommended, configured }: { change: boolean; recommended: number | null; configured: number | null },
  setting: SummaryWords['setting'],
  valued: (value: number) => string,
): string {
  if (change && recommended !== null) return setting.set(name, valued(recommended));
  return configured === null ? setting.leave(name) : setting.leaveAt(name, valued(configured));
}

function readLine(report: Report, elapsedMs: number, words: SummaryWords): string {
  const read = report.inputs.filter(({ format }) => format !== 'unrecognised');
  const byFormat = new Map<string, number>();
  for (const { format } of read) byFormat.set(format, (byFormat.get(format) ?? 0) + 1);
  return words.read({
    files: read.length,
    bytes: read.reduce((sum, input) => sum + input.bytes, 0),
    seconds: elapsedMs / 1000,
    formats: [...byFormat].map(([format, files]) => ({ format, files })),
  });
}

function fileLines(report: Report, words: SummaryWords): string[] {
  return report.inputs.map(({ file, format, dialect, language, encoding, records, skipped, timeSource }) => {
    const facts = [format, dialect, language, encoding].filter((fact) => fact !== null);
    return terminalText(words.file({ file, facts, records, skipped, timeSource }));
  });
}

function problemLines(report: Report, leftOut: readonly Message[], { words, said }: Saying): string[] {
  const problems = report.inputs.flatMap(({ file, problems: met }) =>
    met.map(({ message }) => words.problem(terminalText(file), said(message))),
  );
  const all = [...leftOut.map(said), ...problems];
  if (all.length <= MOST_PROBLEMS) return all;
  return [...all.slice(0, MOST_PROBLEMS), words.furtherProblems(all.length - MOST_PROBLEMS)];
}

function labelled(
  label: keyof SummaryWords['labels'],
  lines: readonly string[],
  { words, paint, labelWidth }: Saying,
): string[] {
  return lines.map((line, index) => {
    const head = (index === 0 ? words.labels[label] : '').padEnd(labelWidth);
    return `${paint('dim', head)}${line}`;
  });
}
