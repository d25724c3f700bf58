import { beforeAll, describe, expect, it, vi } from 'vitest';
import { summary } from '../../src/cli/summary.js';
import type { Paint } from '../../src/cli/terminal-text.js';
import type * as languages from '../../src/messages/languages.js';
import { SHORT_LIVED } from '../../src/model/process.js';
import { UNKNOWN_HOST, type Report } from '../../src/model/report.js';
import { renderHtml } from '../../src/render/html/html.js';
import { renderJson } from '../../src/render/json.js';
import { samples } from '../report/samples/samples.js';
import { scenarioNames, scenarioReport } from '../support/scenarios.js';
import { bare, PSEUDO } from './pseudo-language.js';
import { spokenParts } from './spoken-parts.js';

vi.mock('../../src/messages/languages.js', async (importOriginal) => {
  const { LANGUAGES } = await importOriginal<typeof languages>();
  const { pseudoLanguage } = await import('./pseudo-language.js');
  const all = [...LANGUAGES, pseudoLanguage(LANGUAGES[0])];
  return { LANGUAGES: all, languageOf: (code: string) => all.find((one) => one.code === code) ?? LANGUAGES[0] };
});

const unmarked = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => bare(text) !== ''))];

describe('in a language that marks all it says, nothing is said without a mark', () => {
  const reports = new Map<string, Report>();
  beforeAll(async () => {
    for (const [name, make] of Object.entries(samples)) reports.set(`the ${name} sample`, markedAsSaved(make()));
    reports.set('a host and processes without a name', markedAsSaved(nameless()));
    for (const name of scenarioNames()) reports.set(name, await scenarioReport(name));
  }, 120_000);

  it('on any page: data stands in code or where nothing is to be translated', () => {
    const found: string[] = [];
    for (const [name, report] of reports) {
      const parts = spokenParts(renderHtml(report, PSEUDO));
      expect(parts.length, name).toBeGreaterThan(100);
      found.push(...unmarked(parts).map((part) => `${name}: ${part}`));
    }
    expect(found).toEqual([]);
  });

  it('in any part of a page that is looked at', () => {
    const page = [
      '<!doctype html><html><head><title>tab</title><style>a > b { }</style></head><body>',
      '<p title="hint">a <b>b</b> &amp; c<br>d</p><code>code</code><bdi translate="no">data <i>in it</i></bdi>',
      '<svg aria-label="picture"><title>shape</title><text>label</text></svg></body></html>',
    ];
    expect(spokenParts(page.join(''))).toEqual(['tab', 'hint', 'a ', 'b', ' & c', 'd', 'picture', 'shape', 'label']);
    expect(unmarked(['⟦a ⟦b⟧⟧ ⟦c⟧', '⟦a⟧, ⟦b⟧', 'a'])).toEqual(['⟦a⟧, ⟦b⟧', 'a']);
  });

  it('in any JSON report', () => {
    const texts = [...reports.values()].flatMap((report) => textsIn(JSON.parse(renderJson(report, PSEUDO))));
    expect(unmarked(texts)).toEqual([]);
    expect(texts.length).toBeGreaterThan(300);
  });

  it('in the summary at the terminal', () => {
    const context = { written: [{ shown: 'a.html', bytes: 140_300 }], leftOut: [], elapsedMs: 340, verbose: true };
    const paint: Paint = (_style, text) => text;
    const lines = [...reports.values()].flatMap((report) => summary(report, { ...context, paint }, PSEUDO).split('\n'));
    expect(unmarked(lines)).toEqual([]);
  });
});

/** What the analysis calls by an id because no evidence names it. */
function nameless(): Report {
  const report = samples.churn();
  for (const host of report.hosts) {
    host.host = UNKNOWN_HOST;
    for (const consumer of host.consumers) consumer.process = SHORT_LIVED;
  }
  return report;
}

/** The samples hold messages that no version knows: they are shown as they were saved, so that is marked here. */
function markedAsSaved(report: Report): Report {
  const mark = (key: string, value: unknown): unknown => (key === 'text' ? `⟦${String(value)}⟧` : value);
  return JSON.parse(JSON.stringify(report), mark) as Report;
}

function textsIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  if ('text' in part && 'params' in part) return [String(part.text)];
  return Object.values(part).flatMap(textsIn);
}
