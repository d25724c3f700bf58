import { KNOWN_FORMATS } from '../../src/cli/known-formats.js';

const BEGIN = '<!-- formats: renewed by npm run goldens -->';
const END = '<!-- end of formats -->';

/** The README with its table of formats as the program has them. */
export function withFormats(readme: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md has no table between ${BEGIN} and ${END}`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${table()}\n\n${readme.slice(end)}`;
}

function table(): string {
  const rows = Object.values(KNOWN_FORMATS).map(
    ({ what, from }) => [what, `\`${from.replaceAll('|', '\\|')}\``] as const,
  );
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const ruler = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(['What', 'Made by']), ruler, ...rows.map(line)].join('\n');
}
