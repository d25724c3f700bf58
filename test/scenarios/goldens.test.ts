import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/schema.js';
import {
  goldenFaults,
  goldensOf,
  goldenText,
  SCENARIOS_FOLDER,
  scenarioNames,
  scenarioReport,
} from '../support/scenarios.js';

const RENEW = 'if the change is right, renew with: npm run goldens';
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats: false }).compile(
  reportSchema,
);

describe('the scenarios', () => {
  it('are the stories of the seven that must always be there, and every further one has all its parts', () => {
    const names = scenarioNames();
    expect(names).toEqual(
      expect.arrayContaining([
        'agent-bound-leak',
        'container-host-eaten-range',
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

  it.each(scenarioNames())('%s expects one golden a rendering and nothing else', (scenario) => {
    expect(goldenFaults(scenario), RENEW).toEqual([]);
  });

  it.each(scenarioNames())('%s gives what is expected in every rendering, to the byte', async (scenario) => {
    const goldens = await goldensOf(await scenarioReport(scenario));
    const made: unknown = JSON.parse(goldens.get('report.json') ?? '');
    expect(made, RENEW).toEqual(JSON.parse(goldenText(scenario, 'report.json') ?? 'null'));
    for (const [golden, text] of goldens)
      expect(text === goldenText(scenario, golden), `${golden}: ${RENEW}`).toBe(true);
  });

  it.each(scenarioNames())('%s expects a report that the published schema describes', (scenario) => {
    validate(JSON.parse(goldenText(scenario, 'report.json') ?? 'null'));
    expect(validate.errors).toBeNull();
  });
});
