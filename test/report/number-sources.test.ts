import { describe, expect, it } from 'vitest';
import type { HostReport, Report } from '../../src/index.js';
import { NUMBER_SOURCES } from '../../src/report/number-sources/number-sources.js';
import type { NumberSource } from '../../src/report/number-sources/number-source.js';
import { scenarioNames, scenarioReport } from '../support/scenarios.js';
import { strayNumbersOf } from '../tools/number-paths.js';

const changed = (host: HostReport, params: HostReport['verdict']['summary']['params']): HostReport => ({
  ...host,
  verdict: {
    ...host.verdict,
    summary: { ...host.verdict.summary, params: { ...host.verdict.summary.params, ...params } },
  },
});

async function firstHost(scenario: string): Promise<{ report: Report; host: HostReport }> {
  const report = await scenarioReport(scenario);
  const [host] = report.hosts;
  if (host === undefined) throw new Error(`${scenario} has no host`);
  return { report, host };
}

/** The lists that a number may come from: a share is of one thing only where both its parts come from the same. */
function listsOf(source: NumberSource | undefined): string[] {
  return source?.kind === 'at' ? source.paths.map((path) => path.split('.').slice(0, -1).join('.')) : [];
}

describe('the numbers of the sentences', () => {
  it.each(scenarioNames())(
    '%s has each where the table of sources says, and none that it does not know',
    async (name) => {
      const report = await scenarioReport(name);
      expect(report.hosts.flatMap((host) => strayNumbersOf(report, host))).toEqual([]);
    },
  );

  it('are told apart from those that stand nowhere else, from those without a source and from wrong arithmetic', async () => {
    const { report, host } = await firstHost('container-host-eaten-range');
    expect(strayNumbersOf(report, changed(host, { usable: 1_219 }))).toEqual([
      'verdict.undersized-range says usable = 1219: not at pools[@].usable',
    ]);
    expect(strayNumbersOf(report, changed(host, { times: 2 }))).toEqual([
      'verdict.undersized-range has a number times without a source',
    ]);
    const arithmetic = host.recommendation.arithmetic.map((step) =>
      step.id === 'arithmetic.need' ? { ...step, params: { ...step.params, ports: 2_000 } } : step,
    );
    const wrong = strayNumbersOf(report, { ...host, recommendation: { ...host.recommendation, arithmetic } });
    expect(wrong).toEqual([expect.stringMatching(/^arithmetic\.need says ports = 2000: 12\d\d\S* by its own parts$/)]);
  });

  it('are shares of the same thing', () => {
    const shares = Object.entries(NUMBER_SOURCES).flatMap(([id, { share, ...parts }]) => {
      const [part, whole] = share?.kind === 'reckoned' ? share.of : [];
      return part === undefined || whole === undefined
        ? []
        : [{ id, of: listsOf(parts[part]), whole: listsOf(parts[whole]) }];
    });
    expect(shares.map(({ id }) => id)).toContain('churn.against.low');
    expect(shares.filter(({ of, whole }) => !of.every((list) => whole.includes(list)))).toEqual([]);
  });
});
