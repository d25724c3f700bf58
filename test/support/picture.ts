import { readFileSync } from 'node:fs';

/** The picture of README.md: the timeline of this scenario's page. */
export const PICTURE = '.github/timeline.svg';
export const PICTURED_SCENARIO = 'sync-service-churn';

/** Classes of the chart's elements; only their rules go into the picture. */
const RULES = /^\.(?:chart|ground|mark|s-|band|grid|lane|axis|outline|capacity|peak(?:-label)?$|area|onset)/;

/** The first chart of a page as an image of its own, light or dark as its reader prefers. */
export function pictureText(page: string): string {
  const patterns = found(page, /<defs>[\s\S]*?<\/defs>/);
  const chart = found(page, /<svg class="chart"[\s\S]*?<\/svg>/);
  return `${chart.replace(
    /^<svg ([^>]*)>/,
    (_, attributes: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>\n<style>${stylesheet()}</style>\n${patterns}`,
  )}\n`;
}

/** The colours of the page, and of its rules those that the chart needs. */
function stylesheet(): string {
  const css = readFileSync('templates/report.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const light = found(css, /:root \{[\s\S]*?\n\}/);
  const dark = found(css, /@media screen and \(prefers-color-scheme: dark\) \{[\s\S]*?\n\}/).replace('screen and ', '');
  const screen = css.slice(0, css.indexOf('@media screen and (max-width'));
  const rules = Array.from(screen.matchAll(/^([.][^{}]*) \{([^{}]*)\}/gm))
    .filter(([, selectors]) => selectors?.split(',').some((selector) => RULES.test(selector.trim())))
    .map(([rule]) => rule);
  const alone = 'svg { background: var(--paper); font-variant-numeric: tabular-nums; }';
  return [light, dark, alone, ...rules].join('\n').replace(/\s*\n\s*/g, '\n');
}

function found(text: string, pattern: RegExp): string {
  const match = pattern.exec(text);
  if (match === null) throw new Error(`the page or its stylesheet has no ${String(pattern)}`);
  return match[0];
}
