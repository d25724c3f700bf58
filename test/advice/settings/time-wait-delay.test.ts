import { describe, expect, it } from 'vitest';
import { delayAdvice } from '../../../src/advice/settings/time-wait-delay.js';
import { settingsPlan } from '../../../src/advice/plan/settings-plan.js';
import { conclude } from '../../../src/verdict/conclude.js';
import { judgeAll } from '../../../src/mechanisms/mechanisms.js';
import { longestSufficientDelay } from '../../../src/advice/plan/longest-sufficient-delay.js';
import { demandToCarry, type DemandToCarry } from '../../../src/advice/plan/demand-to-carry.js';
import type { HostFacts } from '../../../src/measure/facts.js';
import type { Message } from '../../../src/model/report-message.js';
import { connections, hostOf, LISTENERS, netshRange, netstat, systemLog, tcpCsv } from '../../support/capture.js';
import { factsOf, someFacts } from '../../support/host-facts.js';
import { churn } from '../a-capture.js';

/** The reason to leave the delay, of a filtered list of TIME_WAIT taken at `time` on a host with a collision at 09:50:30. */
async function reasonAt(time: string): Promise<Message> {
  const host = await hostOf({
    'tcp.csv': tcpCsv(time, connections('TIME_WAIT', 50_000, 201)),
    'System.xml': systemLog([{ time: '09:50:30', id: 4227 }]),
    'netsh.txt': netshRange(),
  });
  expect(host.recommendation.settingsHelp).toBe('cannot-tell');
  return host.recommendation.tcpTimedWaitDelay.reason;
}

describe('the reason to leave the delay where nothing tells what held the ports', () => {
  it('counts a list that came too late neither for nor against it', async () => {
    expect((await reasonAt('10:01:00')).text).toBe(
      'Leave it: the 201 ports in TIME_WAIT were listed 10 min 30 s after the last event, later than TIME_WAIT lasts by default (120–240 s). What held the ports at the time of the events cannot be in that list, so it neither supports nor excludes a shorter delay.',
    );
  });

  it('is the few ports waiting as long as what held the ports is still in the list', async () => {
    expect((await reasonAt('09:54:20')).id).toBe('advice.delay.cannot-tell');
    expect((await reasonAt('09:54:31')).id).toBe('advice.delay.too-late');
  });

  it('goes by the last of 150,000 events', async () => {
    const facts = await factsOf({
      'tcp.csv': tcpCsv('10:01:00', connections('TIME_WAIT', 50_000, 201)),
      'System.xml': systemLog([{ time: '09:50:30', id: 4227 }]),
      'netsh.txt': netshRange(),
    });
    const conclusion = conclude(facts, judgeAll(facts));
    const plan = settingsPlan(facts, conclusion, 0.7);
    const onsets = Array.from({ length: 150_000 }, () => facts.onsets).flat();
    expect(delayAdvice({ ...facts, onsets }, plan, 0.7)).toEqual(delayAdvice(facts, plan, 0.7));
    expect(delayAdvice(facts, plan, 0.7).reason.id).toBe('advice.delay.too-late');
  });

  it('does not go by a list from before the first event', async () => {
    expect((await reasonAt('09:40:00')).id).toBe('advice.delay.not-then');
  });
});

describe('the reason to leave the delay beside a wider range', () => {
  it('compares what that sustains with what was seen, and names the next step, where the pool was full', async () => {
    const { recommendation } = await hostOf(churn(), { timeWaitSeconds: 120 });
    const { reason, change } = recommendation.tcpTimedWaitDelay;
    expect(change).toBe(false);
    expect(reason.id).toBe('advice.delay.range-first');
    expect(reason.params).toEqual({
      sustains: recommendation.predicted.sustainsConnectionsPerSecond,
      seen: 136.2,
      headroom: 0.7,
      next: 60,
    });
    expect(reason.text).toContain('a second at 70 % fill, 2.8 times the 136 that were seen.');
  });

  it.each([
    [60, 30],
    [61, 60],
    [30, null],
  ])('names after a TIME_WAIT of %d s %s', async (timeWaitSeconds, next) => {
    const { reason } = (await hostOf(churn(), { timeWaitSeconds })).recommendation.tcpTimedWaitDelay;
    expect(reason.params['next']).toBe(next);
  });

  it('is that live connections hold the ports, where they do', async () => {
    const crowd = Array.from({ length: 20 }, (_, at) =>
      connections('ESTABLISHED', 49_152 + at * 819, 819, { remote: `10.20.8.${String(at + 1)}:443` }),
    ).flat();
    const tables = ['09:10:00', '09:12:00', '09:14:40'].map((time) => netstat(time, [...LISTENERS, ...crowd]));
    const host = await hostOf({
      'netstat.txt': tables.join(''),
      'System.xml': systemLog([{ time: '09:14:38', id: 4231 }]),
      'netsh.txt': netshRange(),
    });
    expect(host.verdict.mechanism).toBe('connection-saturation');
    expect(host.recommendation.tcpTimedWaitDelay.reason.id).toBe('advice.delay.no-help');
  });
});

describe('the delay to shorten to', () => {
  const need = (high: number | null): DemandToCarry => ({
    rate: { low: 100, best: null, high },
    isSteady: false,
    closedHere: 1,
    rateUnderAnyDelay: { low: 100, best: null, high },
    waiting: null,
    otherRate: null,
    lifetimeSeconds: 0,
    rest: 0,
    timeWaitNowSeconds: 120,
    timeWaitSeconds: 120,
    shortestTimeWaitSeconds: 120,
    longestTimeWaitSeconds: 120,
    peakPorts: 0,
    censored: high === null,
  });

  it('is the longest whole second that the widest range carries the demand with', () => {
    expect(longestSufficientDelay(5600, 1, need(100))).toBe(56);
    expect(longestSufficientDelay(5599, 1, need(100))).toBe(55);
    expect(longestSufficientDelay(3000, 1, need(100))).toBe(30);
    expect(longestSufficientDelay(2999, 1, need(100))).toBeNull();
  });

  it('is never longer than the shortest that may be in force', () => {
    expect(longestSufficientDelay(50_000, 1, need(100))).toBe(120);
    expect(longestSufficientDelay(50_000, 1, { ...need(100), shortestTimeWaitSeconds: 29 })).toBeNull();
  });

  it('is the shortest that can be recommended where the demand is known as "at least" only', () => {
    expect(longestSufficientDelay(5600, 1, need(null))).toBe(30);
    expect(longestSufficientDelay(2999, 1, need(null))).toBeNull();
  });
});

describe('a longer delay that waits for a restart', () => {
  it('is what the range is planned for, with a warning and the way back', async () => {
    const seen = await someFacts();
    const delayed = (configuredSeconds: number): HostFacts => ({
      ...seen,
      timeWaitDelay: {
        ...seen.timeWaitDelay,
        configuredSeconds,
        pendingRestart: true,
        effective: { low: 118, best: 120, high: 122, source: 'measured' },
      },
    });
    const planned = [240, 30].map((seconds) => {
      const { timeWaitSeconds, timeWaitNowSeconds } = demandToCarry(delayed(seconds), true);
      return [timeWaitSeconds, timeWaitNowSeconds];
    });
    expect(planned).toEqual([
      [240, 120],
      [120, 120],
    ]);
  });
});
