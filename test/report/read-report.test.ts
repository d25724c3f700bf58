import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MECHANISM_RECORDS } from '../../src/mechanisms/mechanisms.js';
import { readReport } from '../../src/report/read-report.js';
import { RENDERINGS } from '../../src/render/renderings.js';
import { renderJson } from '../../src/render/json.js';
import { goldenText, goldensOf, scenarioNames } from '../support/scenarios.js';
import { samples } from './samples/samples.js';

const VERSION_1 = readFileSync('fixtures/reports/version-1.json', 'utf8');

describe('a saved report', () => {
  it.each(scenarioNames())('of this version is read as it was written: %s', async (scenario) => {
    const report = readReport(goldenText(scenario, 'report.json') ?? '');
    const goldens = await goldensOf(report);
    for (const [name, text] of goldens) expect(text === goldenText(scenario, name), name).toBe(true);
  });

  it('is read behind a byte order mark too', () => {
    const report = samples.churn();
    expect(readReport(`\ufeff${renderJson(report)}`)).toEqual(report);
  });

  it('of version 1 is read into the shape of today, and every rendering prints it', async () => {
    const report = readReport(VERSION_1);
    const [host] = report.hosts;
    expect(report.schemaVersion).toBe(2);
    expect(report.options.arguments).toEqual([]);
    expect(host?.recommendation.predicted.secondsToExhaustion).toEqual({ low: 0, best: 0, high: 0 });
    expect(host?.recommendation.predicted).not.toHaveProperty('secondsToExhaustionEstimate');
    expect(host?.verdict).toMatchObject({ poolId: 'tcp', ports: 'bound', isLeak: true, filledByRate: false });
    const [consumer] = host?.consumers ?? [];
    expect(consumer).toMatchObject({ connections: null, exclusivePorts: null, shareOfOpenings: null });
    expect(consumer?.destinations.every(({ connections }) => connections === null)).toBe(true);
    for (const { suffix, render } of RENDERINGS) {
      const text = await render(report, report.options.language);
      expect([suffix, text.includes('FabrikamAgent.exe'), text.includes('undefined')]).toEqual([suffix, true, false]);
    }
  });

  const known = readReport(VERSION_1).hosts.flatMap(({ hypotheses }) => hypotheses.map(({ id }) => id));
  const records = MECHANISM_RECORDS.filter(({ id }) => known.includes(id));

  it.each(records.map((record) => [record.id, record] as const))(
    'of version 1 whose verdict is %s says of it what its record says',
    (id, { ports, leaks, isFilledByRate, transport }) => {
      const verdict = readReport(VERSION_1.replaceAll('"mechanism": "bound-leak"', `"mechanism": "${id}"`)).hosts[0]
        ?.verdict;
      expect(verdict).toMatchObject({ poolId: transport, ports, isLeak: leaks !== null, filledByRate: isFilledByRate });
    },
  );

  it.each([
    [42, { low: 42, best: 42, high: 42 }],
    [null, null],
  ])('of version 1 that told the time to exhaustion as %j alone has it as an estimate', (seconds, estimate) => {
    const text = VERSION_1.replace(
      /"secondsToExhaustion": 0,\s*"secondsToExhaustionEstimate": \{[^}]*\}/,
      `"secondsToExhaustion": ${JSON.stringify(seconds)}`,
    );
    expect(readReport(text).hosts[0]?.recommendation.predicted.secondsToExhaustion).toEqual(estimate);
  });

  it.each([
    ['TCP 10.0.0.1:1', 'this is no JSON'],
    ['{"hosts": []}', 'this is no report of portmortem'],
    ['[{"tool": {"name": "portmortem"}}]', 'this is no report of portmortem'],
    [
      VERSION_1.replace('"schemaVersion": 1', '"schemaVersion": 3'),
      'its schemaVersion is 3; this version of portmortem reads 1 to 2',
    ],
    [VERSION_1.replace(/^ {2}"hosts"/m, '  "host"'), 'the report is damaged at hosts'],
    [
      VERSION_1.replace('"confidence": "high"', '"confidence": "sure"'),
      'the report is damaged at hosts[0].verdict.confidence',
    ],
    [VERSION_1.replace('"records": ', '"records": -0.5'), 'the report is damaged at inputs[0].records'],
  ])('that is none is refused with one reason: %#', (text, reason) => {
    expect(() => readReport(text)).toThrow(reason);
  });
});
