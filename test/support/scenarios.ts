import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { reportOf } from './capture.js';

export const SCENARIOS_FOLDER = join('fixtures', 'scenarios');

export function scenarioNames(): string[] {
  return readdirSync(SCENARIOS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What the `expected` folder of a scenario holds: one golden a rendering, `report.html`. */
export function goldenNames(renderings = RENDERINGS): string[] {
  return renderings.map(({ suffix }) => `report${suffix}`).sort();
}

/** Goldens that a scenario lacks, and files among its goldens that no rendering makes. */
export function goldenFaults(scenario: string, renderings = RENDERINGS): string[] {
  const folder = join(SCENARIOS_FOLDER, scenario, 'expected');
  const [expected, found] = [goldenNames(renderings), existsSync(folder) ? readdirSync(folder).sort() : []];
  return [
    ...expected.filter((name) => !found.includes(name)).map((name) => `missing: ${name}`),
    ...found.filter((name) => !expected.includes(name)).map((name) => `orphaned: ${name}`),
  ];
}

export function goldenPath(scenario: string, golden: string): string {
  return join(SCENARIOS_FOLDER, scenario, 'expected', golden);
}

export function goldenText(scenario: string, golden: string): string | null {
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

/** A page's stylesheet and its hash, which are equal in every page: a change of them is to change no golden. */
const STYLE = /^(<!doctype html>[^]*?style-src 'sha256-)[^']*('[^]*?<style>)[^]*?(<\/style>)/;

/** The text of every golden by its name, in the order of `goldenNames`. */
export async function goldensOf(report: Report, renderings = RENDERINGS): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { suffix, render } of renderings) {
    const text = await render(report, report.options.language);
    texts.set(`report${suffix}`, text.replace(STYLE, '$1of-the-stylesheet$2/* the stylesheet */$3'));
  }
  return new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
