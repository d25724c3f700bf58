import { describe, expect, it } from 'vitest';
import { AutoReuseRange } from './auto-reuse-range.js';
import { bareHost, bareScenario, oneClient } from './bare-host.js';
import type { ClientSpec } from './scenario.js';
import { simulate } from './simulation.js';

const SHORT = { regular: true, lifetime: { kind: 'constant', seconds: 0.01 } } as const;
const host = bareHost({ range: { start: 50_000, count: 1_000 }, autoReuse: { start: 40_000, count: 500 } });

function run(clients: readonly ClientSpec[], seconds = 60.05) {
  const { failures, snapshots, autoReuse } = simulate(bareScenario(seconds, [seconds - 0.01], { host, clients }), 1);
  const [snapshot] = snapshots;
  if (snapshot === undefined) throw new Error('one snapshot expected');
  return {
    failures: failures.byId,
    ledger: snapshot.ledger,
    reused: snapshot.autoReuseLedger,
    rows: snapshot.rows,
    autoReuse,
  };
}

describe('the ports of an auto-reuse range', () => {
  it('serve each remote endpoint once at a time, in turn', () => {
    const range = new AutoReuseRange([40_000, 40_001], 40_000);
    const taken = [1, 1, 2].map((remote) => {
      const port = range.next(remote);
      range.opened(port, remote);
      return port;
    });
    expect(taken).toEqual([40_000, 40_001, 40_000]);
    expect([range.next(1), range.inUse, range.mostTowardsOne]).toEqual([-1, 2, 2]);
    range.closed(40_001, 1);
    expect([range.next(1), range.inUse, range.mostTowardsOne]).toEqual([40_001, 1, 2]);
  });
});

describe('a host with an auto-reuse range', () => {
  it('takes the ports of connects without a bind from it, and those of a bind from the dynamic range', () => {
    const bindFirst = oneClient({ ...SHORT, name: 'bind', rate: [[0, 2]], allocation: 'bind-first' });
    const { ledger, reused, failures } = run([oneClient({ ...SHORT, rate: [[0, 5]] }), bindFirst]);
    expect([ledger.timeWait, reused?.timeWait, reused?.usable]).toEqual([120, 300, 500]);
    expect(failures).toEqual({ 4227: 0, 4231: 0, 4266: 0 });
  });

  it('takes the ports of SO_REUSE_UNICASTPORT from it, and from the dynamic range where it is switched off', () => {
    const client = oneClient({ ...SHORT, rate: [[0, 5]], allocation: 'reuse-unicastport' });
    expect(run([client]).ledger.inUse).toBe(0);
    const { range } = host;
    const off = simulate(bareScenario(60.05, [60.04], { host: bareHost({ range }), clients: [client] }), 1);
    expect([off.snapshots[0]?.ledger.inUse, off.snapshots[0]?.autoReuseLedger, off.autoReuse]).toEqual([
      300,
      null,
      null,
    ]);
  });

  it('refuses one destination with 4227 once every port waits for it, and no other', () => {
    const other = oneClient({
      ...SHORT,
      name: 'other',
      rate: [[0, 5]],
      destinations: [{ address: '10.1.9.2', port: 443 }],
    });
    const churn = oneClient(SHORT);
    const { failures, reused, rows, autoReuse } = run([churn, other]);
    expect(failures).toEqual({ 4227: 100, 4231: 0, 4266: 0 });
    expect([reused?.inUse, reused?.free, autoReuse?.mostTowardsOne]).toEqual([500, 0, 500]);
    expect(rows).toHaveLength(800);
  });

  it('refuses with 4231 when the connections to the destination live', () => {
    expect(run([oneClient({ ...SHORT, ending: 'never' })]).failures).toEqual({ 4227: 0, 4231: 100, 4266: 0 });
  });

  it('serves more connections than it has ports when they go to many destinations', () => {
    const destinations = Array.from({ length: 20 }, (_, index) => ({
      address: `10.1.9.${String(index + 1)}`,
      port: 443,
    }));
    const { failures, reused, autoReuse, rows } = run([oneClient({ ...SHORT, destinations })]);
    expect(failures[4227]).toBe(0);
    expect([reused?.inUse, rows.length]).toEqual([500, 600]);
    expect(autoReuse?.mostTowardsOne).toBeLessThan(100);
  });
});
