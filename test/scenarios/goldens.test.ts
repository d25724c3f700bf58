import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/schema.js';
import {
  GOLDENS,
  goldenText,
  renderings,
  SCENARIOS_FOLDER,
  scenarioNames,
  scenarioReport,
} from '../support/scenarios.js';

const RENEW = 'if the change is right, renew with: npm run goldens';
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats: false }).compile(
  reportSchema,
);

describe('the scenarios', () => {
  it('are the stories of the six that must always be there, and every further one has all its parts', () => {
    const names = scenarioNames();
    expect(names).toEqual(
      expect.arrayContaining([
        'agent-bound-leak',
        'healthy',
        'pinned-source-port',
        'rdsh-no-buffer-space',
        'sync-service-churn',
        'web-server-time-wait',
      ]),
    );
    const parts = ['README.md', 'capture', 'expected', 'truth.json'];
    expect(names.map((name) => [name, readdirSync(join(SCENARIOS_FOLDER, name)).sort()])).toEqual(
      names.map((name) => [name, parts]),
    );
  });

  it.each(scenarioNames())('%s expects a page and a JSON report and nothing else', (scenario) => {
    const folder = join(SCENARIOS_FOLDER, scenario, 'expected');
    expect(existsSync(folder) ? readdirSync(folder).sort() : [], RENEW).toEqual([...GOLDENS]);
  });

  it.each(scenarioNames())('%s gives the expected report and page, to the byte', async (scenario) => {
    const made = renderings(await scenarioReport(scenario));
    expect(JSON.parse(made['report.json']), RENEW).toEqual(JSON.parse(goldenText(scenario, 'report.json') ?? 'null'));
    for (const golden of GOLDENS)
      expect(made[golden] === goldenText(scenario, golden), `${golden}: ${RENEW}`).toBe(true);
  });

  it.each(scenarioNames())('%s expects a report that the published schema describes', (scenario) => {
    validate(JSON.parse(goldenText(scenario, 'report.json') ?? 'null'));
    expect(validate.errors).toBeNull();
  });
});
