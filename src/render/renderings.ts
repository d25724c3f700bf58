import type { Report } from '../model/report.js';

/** One way to write a report down. */
export interface Rendering {
  /** What the names of its files end in, in lower case: `.html`. */
  readonly suffix: string;
  /** What it is, for `--help`. */
  readonly description: string;
  /** The text, made of the report alone and always the same; its modules are loaded when it is first asked for. */
  readonly render: (report: Report, language: string) => Promise<string>;
}

/** Every rendering, the one that is written by default first: a file of its own and one line here. */
export const RENDERINGS: readonly Rendering[] = [
  {
    suffix: '.html',
    description: 'a page in one file',
    render: async (report, language) => (await import('./html/html.js')).renderHtml(report, language),
  },
  {
    suffix: '.json',
    description: 'the report object',
    render: async (report, language) => (await import('./json.js')).renderJson(report, language),
  },
];
