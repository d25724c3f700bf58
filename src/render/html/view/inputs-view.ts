import type { ReportInput } from '../../../model/report.js';
import type { PageContext } from './page-context.js';
import { localTime } from './local-time.js';
import { capped } from './page-figures.js';
import { sourcesView } from './sources-view.js';

const INPUT_ROWS = 120;

/** What was read: every file with its format, encoding, records, clock and problems. Files with problems come first when not all fit. */
export function inputsView(inputs: readonly ReportInput[], page: PageContext) {
  const { words, figures, phrase } = page;
  const ordered =
    inputs.length <= INPUT_ROWS
      ? inputs
      : [...inputs].sort((a, b) => Number(b.problems.length > 0) - Number(a.problems.length > 0));
  const { shown, more } = capped(ordered, INPUT_ROWS, words);
  const sum = (value: (input: ReportInput) => number): number =>
    inputs.reduce((total, input) => total + value(input), 0);
  return {
    summary: words.inputsSummary(
      inputs.length,
      sum((one) => one.records),
      sum((one) => one.skipped),
      figures.bytes(sum((one) => one.bytes)),
    ),
    rows: shown.map((input) => inputRow(input, page)),
    more,
    problems: shown
      .flatMap((input) =>
        input.problems.map((problem) => ({
          file: input.file,
          text: phrase(problem.message),
          sources: sourcesView(problem, words),
        })),
      )
      .slice(0, INPUT_ROWS),
  };
}

function inputRow(input: ReportInput, page: PageContext) {
  const { words, figures } = page;
  const utc = localTime(0, page);
  return {
    file: input.file,
    format: [input.format, input.dialect, input.language].filter((part) => part !== null).join(' '),
    encoding: input.encoding,
    size: figures.bytes(input.bytes),
    records: figures.number(input.records),
    skipped: figures.number(input.skipped),
    clean: input.skipped === 0,
    hosts: input.hosts.join(', '),
    from: utc.at(input.from),
    to: utc.at(input.to),
    clock:
      input.clockErrorSeconds === null
        ? words.terms.timeSources[input.timeSource]
        : words.clockSource(
            words.terms.timeSources[input.timeSource],
            words.clockError(figures.duration(input.clockErrorSeconds)),
          ),
    note: input.duplicateOf === null ? '' : words.duplicate(input.duplicateOf),
    sha256: input.sha256,
  };
}
