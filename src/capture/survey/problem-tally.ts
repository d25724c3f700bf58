import type { ProblemCode } from '../../model/format.js';
import { isUnread, PROBLEM_CODES } from '../../model/format.js';
import type { ReportProblem } from '../../model/report.js';
import { cut, SourceList } from '../../model/source-ref.js';
import { say } from '../../messages/say.js';

/** Problems whose record is lost; the others are remarks about records that were kept. */
const SKIPPED_RECORD: ReadonlySet<ProblemCode> = new Set([
  'line-too-long',
  'bad-address',
  'bad-port',
  'bad-row',
  'unclosed-quote',
  'wrong-field-count',
  'truncated-table',
  'incomplete-event',
  'unreadable-event',
  'unread-line',
  'snapshot-too-large',
]);

/** Counts the problems of one file and keeps the first places of each kind. */
export class ProblemTally {
  readonly #byCode = new Map<ProblemCode, SourceList>();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  addProblem(code: ProblemCode, line: number, text: string): void {
    let list = this.#byCode.get(code);
    if (list === undefined) {
      list = new SourceList();
      this.#byCode.set(code, list);
    }
    list.addSource({ file: this.#file, line, record: null, row: cut(text) });
  }

  /** Of the file as a whole, however often it is met. */
  addOnce(code: ProblemCode, text = ''): void {
    if (!this.has(code)) this.addProblem(code, 1, text);
  }

  has(code: ProblemCode): boolean {
    return this.#byCode.has(code);
  }

  /** Records lost. */
  get skipped(): number {
    let total = 0;
    for (const [code, list] of this.#byCode) if (SKIPPED_RECORD.has(code)) total += list.count;
    return total;
  }

  /** In the order of PROBLEM_CODES. */
  report(): ReportProblem[] {
    return PROBLEM_CODES.flatMap((code) => {
      const list = this.#byCode.get(code);
      if (list === undefined) return [];
      const { count } = list;
      const message = isUnread(code)
        ? say(`problem.${code}`, { count, reason: list.refs[0]?.row ?? '' })
        : say(`problem.${code}`, { count });
      return [{ code, count, message, ...list.sourced() }];
    });
  }
}
