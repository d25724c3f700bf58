import { describe, expect, it } from 'vitest';
import { widenInEmergency } from '../../src/advice/actions/widen-in-emergency.js';
import { planFor, type Plan } from '../../src/advice/plan.js';
import type { HostFacts } from '../../src/correlation/host-facts.js';
import type { Conclusion } from '../../src/hypotheses/verdict.js';
import { MECHANISMS, type Action, type VerdictMechanism } from '../../src/model/report.js';
import { connections, LISTENERS, netshExclusions, netshRange, netstat } from '../support/capture.js';
import { factsOf, someFacts } from '../support/host-facts.js';

/** What the action makes of a host under this verdict. */
function widened(facts: HostFacts, mechanism: VerdictMechanism, changed: Partial<Plan> = {}): Action | null {
  const summary = { id: 'verdict.none', params: {}, text: '' };
  const conclusion: Conclusion = {
    verdict: { mechanism, confidence: 'medium', exhaustion: 'shown', summary, incident: null },
    incidents: [],
    contributing: [],
    atFault: [],
  };
  return widenInEmergency({ facts, conclusion, plan: { ...planFor(facts, conclusion, 0.7), ...changed } });
}

function host(range: string, excluded = netshExclusions()): Promise<HostFacts> {
  return factsOf({
    'netstat.txt': netstat('09:10:00', [...LISTENERS, ...connections('ESTABLISHED', 50_000, 20)]),
    'netsh.txt': range,
    'excluded.txt': excluded,
  });
}

describe('the widest range as an emergency measure', () => {
  it('is offered for every leak of TCP ports and for nothing else', async () => {
    const facts = await someFacts();
    const offered = [...MECHANISMS, 'undetermined' as const, 'none' as const].filter(
      (mechanism) => widened(facts, mechanism) !== null,
    );
    expect(offered).toEqual(['bound-leak', 'close-wait-leak', 'established-leak']);
  });

  it('says how many ports it gains, takes effect at once and can be put back', async () => {
    const facts = await someFacts();
    const set = ['ipv4', 'ipv6'].map((family) => `netsh int ${family} set dynamicport tcp start=1025 num=64511`);
    const { title: _title, why, risks, ...rest } = widened(facts, 'bound-leak') ?? {};
    expect(rest).toEqual({
      id: 'widen-in-emergency',
      when: 'now',
      restartRequired: 'no',
      apply: { cmd: set, powershell: set, reg: null },
      verify: ['netsh int ipv4 show dynamicport tcp', 'netsh int ipv6 show dynamicport tcp'],
      rollback: [
        'netsh int ipv4 set dynamicport tcp start=49152 num=16384',
        'netsh int ipv6 set dynamicport tcp start=49152 num=16384',
      ],
    });
    // 64,511 ports but the excluded 5985, less the 16,384 there are.
    expect(why?.params).toEqual({ gained: 64_511 - 1 - 16_384 });
    expect(risks?.map(({ id }) => id)).toEqual(['action.widen-in-emergency.risk', 'action.range.risk-unseen']);
  });

  it('is not offered where it gains no port, and is for one', async () => {
    expect(widened(await host(netshRange(1025, 64_511)), 'bound-leak')).toBeNull();
    expect(widened(await host(netshRange(1026, 64_510)), 'bound-leak')?.why.params).toEqual({ gained: 1 });
    expect(widened(await host(netshRange(1026, 64_510), netshExclusions([1025, 1025])), 'bound-leak')).toBeNull();
  });

  it('is not offered beside a range that the plan itself recommends', async () => {
    expect(widened(await someFacts(), 'bound-leak', { range: { start: 9000, count: 56_536 } })).toBeNull();
  });

  it('puts the range of IPv6 back to what that was', async () => {
    const facts = await host(netshRange(50_000, 15_536));
    const pools = facts.pools.map((pool) =>
      pool.id === 'tcp-ipv6' ? { ...pool, range: { start: 49_152, count: 16_384 } } : pool,
    );
    expect(widened({ ...facts, pools }, 'close-wait-leak')?.rollback).toEqual([
      'netsh int ipv4 set dynamicport tcp start=50000 num=15536',
      'netsh int ipv6 set dynamicport tcp start=49152 num=16384',
    ]);
  });
});
