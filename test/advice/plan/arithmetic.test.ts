import { describe, expect, it } from 'vitest';
import { recommend } from '../../../src/advice/recommendation.js';
import type { HostFacts } from '../../../src/measure/facts.js';
import { conclusionOf } from '../../support/a-conclusion.js';
import { phrase } from '../../../src/messages/phrase.js';
import type { Recommendation } from '../../../src/model/report-advice.js';
import {
  bound,
  connections,
  hostOf,
  LISTENERS,
  netshRange,
  netstat,
  systemLog,
  TASKS,
  tcpCsv,
} from '../../support/capture.js';
import { factsOf } from '../../support/host-facts.js';
import { churn } from '../a-capture.js';

/** 12,000 ports in TIME_WAIT and 40 live connections, nothing of it cut off, and a TIME_WAIT of 120–240 s that nobody measured. */
async function busy(): Promise<{ facts: HostFacts; recommendation: Recommendation }> {
  const rows = [...connections('ESTABLISHED', 49_152, 40), ...connections('TIME_WAIT', 49_192, 12_000)];
  const facts = await factsOf({
    'netstat.txt': netstat('09:14:40', [...LISTENERS, ...rows]),
    'System.xml': systemLog([]),
    'netsh.txt': netshRange(),
    'tasklist.csv': TASKS,
  });
  return { facts, recommendation: recommend(facts, conclusionOf('time-wait-churn'), 0.7) };
}

describe('the arithmetic', () => {
  it('gives the ports back that were seen: the slow end of the rate goes with the long end of TIME_WAIT', async () => {
    const { facts, recommendation } = await busy();
    expect(facts.demand.connectionsPerSecond).toEqual({ low: 50, best: null, high: 101.9 });
    const need = recommendation.arithmetic.find(({ id }) => id === 'arithmetic.need');
    expect(need?.params).toMatchObject({ rate: 50, timeWait: 240, ports: 12_040 });
    expect(recommendation.predicted.peakPorts).toMatchObject({ low: 12_040, high: 12_040 });
  });

  it('says what the rate of ports and the lifetime were told from', async () => {
    const { facts, recommendation } = await busy();
    const text = (id: string): string | undefined =>
      recommendation.arithmetic.filter((one) => one.id === id).map((one) => phrase(one, 'en'))[0];
    expect(facts.demand.meanLifetimeSeconds).toEqual({ low: 0.3, best: null, high: 0.8 });
    expect(text('arithmetic.lifetime')).toBe(
      'lifetime = open connections that come and go ÷ connections a second = 0.3–0.8 s; 0.8 s is reckoned with',
    );
    expect(text('arithmetic.need')).toBe(
      'ports needed = ports taken a second × (lifetime + TIME_WAIT) + the rest = 50 × (0.8 + 240) + 0 = 12,040, where 50 ports a second = 12,000 ports in TIME_WAIT ÷ 240 s; connections that share a port take one, so more of them may have been opened',
    );
  });

  it('fills the pool as it was under every delay that may be in force, and goes by the fast end below those', async () => {
    const { recommendation } = await busy();
    const now = recommendation.whatIf.filter(({ start }) => start === 49_152);
    const ports = (share: number | null): number => Number(((share ?? NaN) * 16_384).toFixed(6));
    expect(now.map(({ timeWaitSeconds, peakUtilisation }) => [timeWaitSeconds, ports(peakUtilisation)])).toEqual([
      [240, 12_040],
      [120, 12_080],
      [60, 6195.52],
      [30, 3138.52],
    ]);
  });

  it('calls the settings exhausted under which the demand was cut off, and does not know of a shorter delay', async () => {
    const { recommendation } = await hostOf(churn());
    const now = recommendation.whatIf.filter(
      ({ start, timeWaitSeconds }) => start === 49_152 && timeWaitSeconds >= 120,
    );
    // If 240 s is in force, 120 s may carry it; if 120 s is, it does not.
    expect(now.map(({ timeWaitSeconds, exhausts }) => [timeWaitSeconds, exhausts])).toEqual([
      [240, true],
      [120, null],
    ]);
  });

  it('fills less the shorter the delay where the demand was cut off, by the demand that the plan prints', async () => {
    const { recommendation } = await hostOf(churn());
    const fills = recommendation.whatIf
      .filter(({ start }) => start === 49_152)
      .map(({ peakUtilisation }) => peakUtilisation ?? NaN);
    expect(fills).toEqual([...fills].sort((a, b) => b - a));
    expect(fills.length).toBeGreaterThan(2);
  });

  it('calls settings exhausted only where the slow end of the demand is too much for them', async () => {
    const { facts } = await busy();
    const outcome = (low: number, high: number | null): unknown => {
      const connectionsPerSecond = { low, best: null, high };
      const methods = [{ id: 'new-tuples' as const, perSecond: connectionsPerSecond }];
      const seen = { ...facts, demand: { ...facts.demand, connectionsPerSecond, methods } };
      return recommend(seen, conclusionOf('time-wait-churn'), 0.7).whatIf.find(
        ({ start, timeWaitSeconds }) => start === 49_152 && timeWaitSeconds === 60,
      )?.exhausts;
    };
    // 16,384 ports and 60 s carry 273 a second.
    expect([outcome(300, 400), outcome(300, null), outcome(200, 400), outcome(200, null), outcome(200, 250)]).toEqual([
      true,
      true,
      null,
      null,
      false,
    ]);
  });

  it('of a leak says how long the range lasts, and each wider one', async () => {
    const tables = ['09:00:00', '09:30:00', '10:00:00', '10:30:00'].map((time, at) =>
      tcpCsv(time, [...LISTENERS, ...bound(49_152, 2000 + at * 720)]),
    );
    const { recommendation } = await hostOf({
      'tcp.csv': tables.join(''),
      'netsh.txt': netshRange(),
      'tasklist.csv': TASKS,
    });
    expect(recommendation.arithmetic.map(({ id, text }) => (id === 'arithmetic.until-full' ? text : id))).toEqual([
      'arithmetic.usable',
      '49152–65535: 16,384 usable ports, free ports ÷ ports an hour = 12,224 ÷ about 1,440 (1,378–1,502): full after about 8.5 h (8.1 h to 8.9 h)',
      '1025–65535: 64,511 usable ports, free ports ÷ ports an hour = 60,351 ÷ about 1,440 (1,378–1,502): full after about 42 h (40 h to 44 h)',
    ]);
  });

  it('of a host that nothing is wrong with is the pool and what it sustains', async () => {
    const files = { 'netstat.txt': netstat('09:10:00', [...LISTENERS, ...connections('TIME_WAIT', 50_000, 201)]) };
    const { recommendation, verdict } = await hostOf({ ...files, 'netsh.txt': netshRange() });
    expect(verdict.mechanism).toBe('none');
    expect([recommendation.arithmetic.map(({ id }) => id), recommendation.whatIf]).toEqual([
      ['arithmetic.usable', 'arithmetic.sustained'],
      [],
    ]);
    expect(recommendation.predicted.peakPorts).toEqual({ low: 201, best: 201, high: 201 });
  });
});
