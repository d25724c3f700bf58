import type { HostReport, Recommendation, Report } from '../model/report.js';
import { counted, listed, number } from '../messages/english/figures.js';
import { phrase } from '../messages/phrase.js';
import type { WrittenFile } from './output-files.js';
import { terminalText, type Paint } from './terminal-text.js';

export interface SummaryContext {
  readonly written: readonly WrittenFile[];
  /** What the walk left out, in words. */
  readonly leftOut: readonly string[];
  readonly elapsedMs: number;
  /** Also one line a file read. */
  readonly verbose: boolean;
  readonly paint: Paint;
}

const LABEL_WIDTH = 10;
/** More lines would push the verdict off the screen; the report has all. */
const MOST_PROBLEMS = 10;

/** What a run found and did, for a person at a terminal: verdict, recommendation, what was read, what was wrong with it, and what was written. */
export function summary(report: Report, context: SummaryContext): string {
  const { paint } = context;
  const lines = [
    ...report.hosts.flatMap((host) => [...hostLines(host, paint), '']),
    ...labelled(paint, 'Read', [readLine(report, context.elapsedMs), ...(context.verbose ? fileLines(report) : [])]),
    ...labelled(paint, 'Problems', problemLines(report, context.leftOut)),
    ...labelled(
      paint,
      'Written',
      context.written.map(({ shown, bytes }) => `${terminalText(shown)} (${fileSize(bytes)})`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function hostLines(host: HostReport, paint: Paint): string[] {
  const { mechanism, confidence, summary: verdict } = host.verdict;
  const style = mechanism === 'none' ? 'green' : mechanism === 'undetermined' ? 'yellow' : 'red';
  const heading = `${paint('bold', terminalText(host.host))}  ${paint(style, mechanism)}, ${confidence} confidence`;
  return [
    heading,
    terminalText(phrase(verdict, 'en')),
    '',
    ...labelled(paint, 'Settings', settingLines(host.recommendation)),
    ...labelled(
      paint,
      'Next',
      host.recommendation.actions.map(
        (action, index) => `${String(index + 1)}. ${terminalText(phrase(action.title, 'en'))}`,
      ),
    ),
    ...labelled(paint, 'Collect', collectLines(host)),
  ];
}

/** What would have decided an open verdict. */
function collectLines(host: HostReport): string[] {
  if (host.verdict.mechanism !== 'undetermined' || host.missingEvidence.length === 0) return [];
  return [...host.missingEvidence.map(({ what }) => terminalText(phrase(what, 'en'))), '(the report has the commands)'];
}

function settingLines(recommendation: Recommendation): string[] {
  const { tcpTimedWaitDelay: delay, maxUserPort, dynamicPortRanges } = recommendation;
  const ranges = dynamicPortRanges.filter(({ transport, change }) => transport === 'tcp' || change);
  return [
    `TcpTimedWaitDelay ${setOrLeave(delay.change, delay.recommended, delay.configured, ' s')}`,
    maxUserPort.applied === 'remove-leftover'
      ? `MaxUserPort remove the value ${String(maxUserPort.configured)}`
      : `MaxUserPort ${setOrLeave(maxUserPort.change, maxUserPort.recommended, maxUserPort.configured, '')}`,
    // A UDP range that stays is no news.
    ...ranges.map(({ transport, family, current, recommended, change }) => {
      const what = `dynamic range ${transport} ${family}`;
      return change
        ? `${what} set to start=${String(recommended.start)} num=${String(recommended.count)}`
        : `${what} leave at start=${String(current.start)} num=${String(current.count)}`;
    }),
  ];
}

function setOrLeave(change: boolean, recommended: number | null, configured: number | null, unit: string): string {
  if (change && recommended !== null) return `set to ${String(recommended)}${unit}`;
  return configured === null ? 'leave as it is' : `leave at ${String(configured)}${unit}`;
}

function readLine(report: Report, elapsedMs: number): string {
  const read = report.inputs.filter(({ format }) => format !== 'unrecognised');
  const bytes = read.reduce((sum, input) => sum + input.bytes, 0);
  const byFormat = new Map<string, number>();
  for (const { format } of read) byFormat.set(format, (byFormat.get(format) ?? 0) + 1);
  const formats = [...byFormat].map(([format, count]) => `${number(count)} ${format}`);
  return `${counted(read.length, 'file')}, ${fileSize(bytes)} in ${number(elapsedMs / 1000)} s: ${listed(formats)}`;
}

function fileLines(report: Report): string[] {
  return report.inputs.map((input) => {
    const facts = [input.format, input.dialect, input.language, input.encoding].filter((fact) => fact !== null);
    const records = `${counted(input.records, 'record')}, ${number(input.skipped)} skipped, time ${input.timeSource}`;
    return terminalText(`${input.file}: ${facts.join(' ')}, ${records}`);
  });
}

function problemLines(report: Report, leftOut: readonly string[]): string[] {
  const problems = report.inputs.flatMap(({ file, problems: met }) =>
    met.map(({ message }) => terminalText(`${file}: ${phrase(message, 'en')}`)),
  );
  const all = [...leftOut.map(terminalText), ...problems];
  if (all.length <= MOST_PROBLEMS) return all;
  return [
    ...all.slice(0, MOST_PROBLEMS),
    `and ${number(all.length - MOST_PROBLEMS)} more; the report lists what was read`,
  ];
}

function labelled(paint: Paint, label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => {
    const head = (index === 0 ? label : '').padEnd(LABEL_WIDTH);
    return `${paint('dim', head)}${line}`;
  });
}

/** `512 B`, `140 KB`, `1.2 MB`, in thousands. */
function fileSize(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  if (bytes < 1_000_000) return `${number(bytes / 1000)} KB`;
  return `${number(bytes / 1_000_000)} MB`;
}
