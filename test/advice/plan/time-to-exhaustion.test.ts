import { describe, expect, it } from 'vitest';
import { freeNow, timeToExhaustion } from '../../../src/advice/plan/time-to-exhaustion.js';
import type { HostFacts } from '../../../src/measure/facts.js';
import type { Conclusion } from '../../../src/verdict/conclude.js';
import { conclusionOf } from '../../support/a-conclusion.js';
import type { Estimate } from '../../../src/model/estimate.js';
import { bound, hostOf, LISTENERS, netshRange, netstat, systemLog, TASKS, tcpCsv, udp } from '../../support/capture.js';
import { factsOf } from '../../support/host-facts.js';

/** A leak that held 2,000 ports, then 2,720, then 4,160: 1,440 an hour at its slowest. */
async function leaking(growthPerHour: Estimate): Promise<{ facts: HostFacts; conclusion: Conclusion }> {
  const held = [2000, 2720, 4160];
  const facts = await factsOf({
    'tcp.csv': ['09:00:00', '09:30:00', '10:00:00']
      .map((time, at) => tcpCsv(time, [...LISTENERS, ...bound(49_152, held[at] ?? 0)]))
      .join(''),
    'netsh.txt': netshRange(),
    'tasklist.csv': TASKS,
  });
  const trends = facts.trends.map((trend) => ({ ...trend, growthPerHour }));
  const [{ consumer } = { consumer: -1 }] = trends.filter(({ trendClass }) => trendClass === 'bound');
  return { facts: { ...facts, trends }, conclusion: conclusionOf('bound-leak', [consumer]) };
}

describe('the time until a pool is full', () => {
  it('goes from the newest table at the fast, the usual and the slow end of the growth', async () => {
    const { facts, conclusion } = await leaking({ low: 1000, best: 2000, high: 4000 });
    // 4,160 are held in the newest table.
    expect(timeToExhaustion(facts, conclusion, 8160)).toEqual({ low: 3600, best: 7200, high: 14_400 });
    expect(timeToExhaustion(facts, conclusion, 4160)).toEqual({ low: 0, best: 0, high: 0 });
    expect(timeToExhaustion(facts, conclusion, 100)).toEqual({ low: 0, best: 0, high: 0 });
  });

  it('has no latest end where the slow end is no growth, and is not known where nothing grows', async () => {
    const slow = await leaking({ low: -50, best: 2000, high: 4000 });
    expect(timeToExhaustion(slow.facts, slow.conclusion, 8160)).toEqual({ low: 3600, best: 7200, high: null });
    const none = await leaking({ low: -50, best: 0, high: 10 });
    expect(timeToExhaustion(none.facts, none.conclusion, 8160)).toBeNull();
    expect(timeToExhaustion(slow.facts, conclusionOf('time-wait-churn', slow.conclusion.atFault), 8160)).toBeNull();
  });

  it('is at least so long from a newest table on that hides the leak, which may have ended since', async () => {
    const { facts, conclusion } = await leaking({ low: 1000, best: 2000, high: 4000 });
    const [shown] = facts.ledger.slice(-1);
    const later = (at: string): HostFacts =>
      shown === undefined
        ? facts
        : { ...facts, ledger: [...facts.ledger, { ...shown, at, unseen: ['bound'], bound: 0, inUse: 0 }] };
    const lasts = (at: string, usable: number): unknown => timeToExhaustion(later(at), conclusion, usable);
    // 4,000 were left at ten, and went in an hour at the fastest; half of it is over.
    expect(lasts('2026-03-03T10:30:00Z', 8160)).toEqual({ low: 1800, best: null, high: null });
    expect(freeNow(later('2026-03-03T10:30:00Z'), conclusion, 8160)).toBe(3000);
    // Nothing is left of that hour, or the pool was full before.
    expect([lasts('2026-03-03T11:00:00Z', 8160), lasts('2026-03-03T10:30:00Z', 4160)]).toEqual([null, null]);
    // It was watched for an hour.
    expect(lasts('2026-03-03T11:00:00Z', 20_160)).toEqual({ low: 10_800, best: null, high: null });
    expect(lasts('2026-03-03T11:00:01Z', 20_160)).toBeNull();
  });

  it('is told of UDP by its own table and its own range', async () => {
    const host = await hostOf({
      'netstat.txt': ['09:00:00', '09:30:00', '10:00:00', '10:30:00']
        .map((time, at) => netstat(time, [...LISTENERS, ...udp(49_152, 6000 + at * 1000)]))
        .join(''),
      'System.xml': systemLog([{ time: '10:31:00', id: 4266 }]),
      'netsh.txt': netshRange(49_152, 16_384, 'udp'),
      'tasklist.csv': TASKS,
    });
    expect(host.verdict.mechanism).toBe('udp-exhaustion');
    // 9,000 of 16,384 are held and 2,000 come an hour, by chance 74 more or fewer.
    expect(host.recommendation.predicted.secondsToExhaustion).toEqual({ low: 12_817, best: 13_291, high: 13_802 });
  });
});
