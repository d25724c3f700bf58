import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.js';
import { renderHtml } from '../../src/render/html/html.js';
import { renderJson } from '../../src/render/json.js';
import { reportOf } from './capture.js';

export const SCENARIOS_FOLDER = join('fixtures', 'scenarios');
/** What a scenario's `expected` folder holds. */
export const GOLDENS = ['report.html', 'report.json'] as const;
export type Golden = (typeof GOLDENS)[number];

export function scenarioNames(): string[] {
  return readdirSync(SCENARIOS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function goldenPath(scenario: string, golden: Golden): string {
  return join(SCENARIOS_FOLDER, scenario, 'expected', golden);
}

export function goldenText(scenario: string, golden: Golden): string | null {
  const path = goldenPath(scenario, golden);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/**
 * The report of a scenario, the same on every machine: no modification times (a checkout resets them), names below `capture/`,
 * a fixed moment of the report, and the zone only as far as the capture tells it.
 */
export async function scenarioReport(scenario: string): Promise<Report> {
  const folder = join(SCENARIOS_FOLDER, scenario, 'capture');
  const names = readdirSync(folder).sort();
  const files = Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
  return reportOf(files, { timezone: null });
}

/** A stylesheet and its hash: equal in every page, so that a change of it changes no golden. */
const STYLE = /(<style>)[^]*?(<\/style>)/;
const STYLE_HASH = /('sha256-)[^']*(')/;

export function renderings(report: Report): Readonly<Record<Golden, string>> {
  const page = renderHtml(report)
    .replace(STYLE, '$1/* the stylesheet */$2')
    .replace(STYLE_HASH, '$1of-the-stylesheet$2');
  return { 'report.html': page, 'report.json': renderJson(report) };
}
