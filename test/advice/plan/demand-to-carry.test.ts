import { beforeAll, describe, expect, it } from 'vitest';
import { demandToCarry, fewestPorts, portsFor, sustainedRate } from '../../../src/advice/plan/demand-to-carry.js';
import type { HostFacts } from '../../../src/measure/facts.js';
import { exactly } from '../../../src/model/estimate.js';
import { someFacts } from '../../support/host-facts.js';

let some: HostFacts;
beforeAll(async () => {
  some = await someFacts();
});

/** A crowd of 8,000 connections, 50 opened a second, each for 160 s; so many wait for 100 s after their end. */
function crowd(timeWait: number): HostFacts {
  const { peak, demand, timeWaitDelay, transient } = some;
  if (peak === null) throw new Error('these facts have a fullest table');
  return {
    ...some,
    peak: { ...peak, established: 8_000, timeWait, inUse: 8_000 + timeWait },
    demand: { ...demand, connectionsPerSecond: exactly(50), meanLifetimeSeconds: exactly(160), methods: [] },
    transient: { ...transient, connected: 8_000 },
    timeWaitDelay: { ...timeWaitDelay, effective: { ...timeWaitDelay.effective, low: 100, best: 100, high: 100 } },
  };
}

describe('the demand to carry', () => {
  it('adds TIME_WAIT to every connection where those that this host closes fill the pool', () => {
    const need = demandToCarry(crowd(0), true);
    expect(need.closedHere).toBe(1);
    expect(portsFor(need, 50)).toBe(50 * 260);
    expect(sustainedRate(16_000, 1, need)).toBe(61);
  });

  it('adds none where the far end closes them all', () => {
    const need = demandToCarry(crowd(0), false);
    expect(need.closedHere).toBe(0);
    expect(portsFor(need, 50)).toBe(50 * 160);
    expect(sustainedRate(16_000, 1, need)).toBe(100);
  });

  it('adds it to as many as wait, and what chance may have hidden', () => {
    // 2,500 closed within a hundred seconds are 25 a second of 50; 2 × √2,500 more by chance.
    expect(demandToCarry(crowd(2_500), false).closedHere).toBeCloseTo(0.52, 9);
    expect(demandToCarry(crowd(8_000), false).closedHere).toBe(1);
  });

  it('adds it, where connections may be short, to no more than were seen to end so or wait', () => {
    const { demand } = crowd(0);
    const short = { ...demand, meanLifetimeSeconds: { low: 0, best: null, high: 160 } };
    const share = (timeWait: number, endedInTimeWait: number | null) =>
      demandToCarry({ ...crowd(timeWait), demand: short, endedInTimeWait }, false).closedHere;
    expect(share(0, 0.01)).toBe(0.01);
    expect(share(2_500, 0.01)).toBeCloseTo(0.52, 9);
    expect(share(0, null)).toBe(1);
  });

  it('takes as many ports at least as were seen, or as the slow rate takes under the shortest delay', () => {
    const { timeWaitDelay } = some;
    const effective = { ...timeWaitDelay.effective, low: 60, best: null, high: 180 };
    const need = demandToCarry({ ...crowd(0), timeWaitDelay: { ...timeWaitDelay, effective } }, true);
    expect(need.timeWaitNowSeconds).toBe(180);
    expect(fewestPorts(need)).toBe(50 * (160 + 60));
    expect(fewestPorts({ ...need, peakPorts: 16_378 })).toBe(16_378);
  });

  it('adds it to every one where no rate is known, or no table shows TIME_WAIT', () => {
    const facts = crowd(0);
    expect(demandToCarry({ ...facts, demand: { ...facts.demand, connectionsPerSecond: null } }, false).closedHere).toBe(
      1,
    );
    if (facts.peak === null) throw new Error('these facts have a fullest table');
    expect(demandToCarry({ ...facts, peak: { ...facts.peak, unseen: ['timeWait'] } }, false).closedHere).toBe(1);
  });
});
