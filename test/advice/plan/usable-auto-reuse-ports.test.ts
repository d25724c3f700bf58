import { describe, expect, it } from 'vitest';
import { actionsFor } from '../../../src/advice/actions/actions.js';
import { settingsPlan } from '../../../src/advice/plan/settings-plan.js';
import { conclusionOf } from '../../support/a-conclusion.js';
import type { Action } from '../../../src/model/report-advice.js';
import type { HostReport } from '../../../src/model/report.js';
import {
  connections,
  hostOf,
  LISTENERS,
  netshExclusions,
  netshRange,
  netstat,
  SQL,
  systemLog,
  TASKS,
  type TableRow,
} from '../../support/capture.js';
import { factsOf } from '../../support/host-facts.js';
import { COLLISION } from '../a-capture.js';

function setting(start: number, count: number): string {
  return [
    'SettingName                     : Internet',
    'DynamicPortRangeStartPort       : 49152',
    'DynamicPortRangeNumberOfPorts   : 16384',
    `AutoReusePortRangeStartPort     : ${String(start)}`,
    `AutoReusePortRangeNumberOfPorts : ${String(count)}`,
    '',
  ].join('\r\n');
}

function capture(
  rows: readonly TableRow[],
  reuse: readonly [start: number, count: number] | null,
  events = [COLLISION],
) {
  return hostOf({
    'netstat.txt': netstat('09:14:40', [...LISTENERS, ...rows]),
    'System.xml': systemLog(events),
    'netsh.txt': netshRange(),
    'excluded.txt': netshExclusions(),
    'tasklist.csv': TASKS,
    ...(reuse === null ? {} : { 'Get-NetTCPSetting.txt': setting(...reuse) }),
  });
}

/** `count` ports from `start` up, each in TIME_WAIT towards as many web servers in turn as are asked for. */
function waiting(start: number, count: number, servers: number): TableRow[] {
  return Array.from({ length: servers }, (_, server) => server).flatMap((server) =>
    connections('TIME_WAIT', start + server * Math.floor(count / servers), Math.floor(count / servers), {
      remote: `198.51.100.${String(10 + server)}:443`,
    }),
  );
}

function action({ recommendation }: HostReport, id: string): Action | undefined {
  return recommendation.actions.find((one) => one.id === id);
}

/** One remote endpoint has every port of the range. */
const saturated = (start: number, count: number) =>
  capture(
    [...connections('ESTABLISHED', start, 20), ...connections('TIME_WAIT', start + 20, count - 20)],
    [start, count],
  );

describe('an auto-reuse range used up by one destination', () => {
  it('is what the verdict is about, although the dynamic range is empty', async () => {
    const host = await saturated(40_000, 1000);
    expect([host.verdict.mechanism, host.verdict.exhaustion, host.verdict.poolId]).toEqual([
      'undersized-range',
      'shown',
      'tcp-auto-reuse',
    ]);
    expect(host.verdict.summary.text).toContain(
      `The auto-reuse range of APP02 is too small: 1,000 of 1,000 usable ports`,
    );
    expect(host.pools.find(({ kind }) => kind === 'auto-reuse')?.busiestDestination).toEqual({
      remote: SQL,
      ports: 1000,
      saturation: 1,
    });
    expect(host.pools.filter((pool) => 'busiestDestination' in pool)).toHaveLength(1);
  });

  it('is widened by Set-NetTCPSetting up to the dynamic range, which stays as it is', async () => {
    const host = await saturated(40_000, 1000);
    const { autoReusePortRange, dynamicPortRanges, maxUserPort } = host.recommendation;
    expect([autoReusePortRange?.current, autoReusePortRange?.recommended, autoReusePortRange?.change]).toEqual([
      { start: 40_000, count: 1000 },
      { start: 40_000, count: 9152 },
      true,
    ]);
    expect([dynamicPortRanges.some(({ change }) => change), maxUserPort.recommended]).toEqual([false, null]);
    const { apply, verify, rollback, when, restartRequired } = action(host, 'change-auto-reuse-range') ?? {};
    const set = 'Set-NetTCPSetting -SettingName InternetCustom -AutoReusePortRangeStartPort 40000';
    expect([apply, rollback, when, restartRequired]).toEqual([
      { cmd: [], powershell: [`${set} -AutoReusePortRangeNumberOfPorts 9152`], reg: null },
      [`${set} -AutoReusePortRangeNumberOfPorts 1000`],
      'next-restart',
      'yes',
    ]);
    expect(verify?.[0]).toContain('AutoReusePortRangeNumberOfPorts');
  });

  it('may be switched off where the dynamic range carries the load, and on again', async () => {
    const { apply, rollback } = action(await saturated(40_000, 1000), 'switch-off-auto-reuse-range') ?? {};
    expect(apply?.powershell[0]).toContain('-AutoReusePortRangeStartPort 0 -AutoReusePortRangeNumberOfPorts 0');
    expect(rollback?.[0]).toContain('-AutoReusePortRangeStartPort 40000 -AutoReusePortRangeNumberOfPorts 1000');
  });

  it('is churn and not too small where it is as large as the dynamic range; then it grows downwards as well', async () => {
    const host = await saturated(32_000, 16_384);
    expect([host.verdict.mechanism, host.verdict.poolId]).toEqual(['time-wait-churn', 'tcp-auto-reuse']);
    expect(host.recommendation.autoReusePortRange?.recommended).toEqual({ start: 25_000, count: 24_152 });
    expect(action(host, 'switch-off-auto-reuse-range')).toBe(undefined);
  });
});

describe('an auto-reuse range that many destinations share', () => {
  it('is not full although every port is in use', async () => {
    const rows = Array.from({ length: 8 }, (_, server) => server).flatMap((server) =>
      connections('TIME_WAIT', 40_000 + server * 125, 400, { remote: `198.51.100.${String(10 + server)}:443` }),
    );
    const host = await capture(rows, [40_000, 1000], []);
    expect(host.pools.find(({ kind }) => kind === 'auto-reuse')).toMatchObject({
      peakUtilisation: 1,
      busiestDestination: { ports: 400, saturation: 0.4 },
    });
    expect([host.verdict.mechanism, host.verdict.exhaustion, host.verdict.poolId]).toEqual(['none', 'refuted', 'tcp']);
    expect(host.recommendation.autoReusePortRange?.change).toBe(false);
  });
});

describe('a dynamic range used up beside an auto-reuse range', () => {
  it('is the verdict; a wider range says that the ports of the other one are not its own', async () => {
    const host = await capture(connections('TIME_WAIT', 49_152, 16_384), [40_000, 1000]);
    expect([host.verdict.mechanism, host.verdict.poolId]).toEqual(['time-wait-churn', 'tcp']);
    expect(host.recommendation.predicted.usable).toBe(64_511 - 1000);
    const risk = action(host, 'widen-dynamic-port-range')?.risks.find(
      ({ id }) => id === 'action.range.risk-auto-reuse',
    );
    expect(risk?.params).toEqual({ range: '40000–40999', ports: 1000 });
  });

  it('says nothing of it where the wider range stays clear of it', async () => {
    const host = await capture(connections('TIME_WAIT', 49_152, 16_384), null);
    expect(host.recommendation.predicted.usable).toBe(64_511);
    expect(action(host, 'widen-dynamic-port-range')?.risks.map(({ id }) => id)).not.toContain(
      'action.range.risk-auto-reuse',
    );
    expect('autoReusePortRange' in host.recommendation).toBe(false);
  });
});

describe('the offer of an auto-reuse range', () => {
  it('is made for ports held towards many endpoints, with the way back to none', async () => {
    const { apply, rollback } = action(await capture(waiting(49_152, 16_384, 4), null), 'use-auto-reuse-range') ?? {};
    expect(apply?.powershell).toEqual([
      'Set-NetTCPSetting -SettingName InternetCustom -AutoReusePortRangeStartPort 32000 -AutoReusePortRangeNumberOfPorts 17152',
    ]);
    expect(rollback?.[0]).toContain('-AutoReusePortRangeStartPort 0 -AutoReusePortRangeNumberOfPorts 0');
  });

  it('changes no setting where there is one already: the program has to ask for its ports', async () => {
    const offer = action(await capture(waiting(49_152, 16_384, 4), [40_000, 1000]), 'use-auto-reuse-range');
    expect([offer?.apply.powershell, offer?.restartRequired]).toEqual([[], 'program']);
    expect(offer?.title.text).toContain('40000–40999');
  });

  it.each([
    [1, false],
    [2, true],
  ])('for %s endpoints with equal shares is made: %s', async (servers, made) => {
    const host = await capture(waiting(49_152, 16_384, servers), null);
    expect(action(host, 'use-auto-reuse-range') !== undefined).toBe(made);
  });

  it.each([
    [0.5, true],
    [0.51, false],
  ])('with %s of the ports of unknown direction is made: %s', async (share, made) => {
    const facts = await factsOf({
      'netstat.txt': netstat('09:14:40', [...LISTENERS, ...waiting(49_152, 16_384, 4)]),
      'netsh.txt': netshRange(),
    });
    const peak = facts.peak === null ? null : { ...facts.peak, directionUnknown: facts.peak.inUse * share };
    const conclusion = conclusionOf('time-wait-churn');
    const seen = { ...facts, peak };
    const actions = actionsFor({ facts: seen, conclusion, plan: settingsPlan(seen, conclusion, 0.7) });
    expect(actions.some(({ id }) => id === 'use-auto-reuse-range')).toBe(made);
  });
});
