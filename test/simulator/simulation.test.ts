import { describe, expect, it } from 'vitest';
import { bareHost, bareScenario, oneClient } from './bare-host.js';
import { burst, ramp } from './rate-curve.js';
import { simulate } from './simulation.js';
import type { Snapshot } from './snapshot.js';

const NOTHING = {
  established: 0,
  synSent: 0,
  finWait2: 0,
  lastAck: 0,
  closeWait: 0,
  timeWait: 0,
  bound: 0,
  listening: 0,
};

function only(snapshots: readonly Snapshot[]): Snapshot {
  const [snapshot, ...rest] = snapshots;
  if (snapshot === undefined || rest.length > 0) throw new Error('one snapshot expected');
  return snapshot;
}

describe('a plateau', () => {
  it('holds rate × lifetime connections and rate × TIME_WAIT waiting ports when this host closes first', () => {
    const { snapshots } = simulate(bareScenario(400, [300.05], { clients: [oneClient({ regular: true })] }), 1);
    expect(only(snapshots).ledger).toEqual({
      ...NOTHING,
      usable: 16_384,
      inUse: 1_250,
      free: 15_134,
      established: 50,
      timeWait: 1_200,
    });
  });

  it('holds rate × lifetime ports and nothing more when the peer closes first', () => {
    const client = oneClient({ regular: true, ending: 'peer-closes' });
    const { snapshots } = simulate(bareScenario(400, [300.05], { clients: [client] }), 1);
    expect(only(snapshots).ledger).toMatchObject({ inUse: 50, established: 50, timeWait: 0 });
  });

  it('keeps IPv6 connections waiting for their own delay', () => {
    const client = oneClient({ regular: true, destinations: [{ address: '2001:db8:9::1', port: 443 }] });
    const { snapshots } = simulate(bareScenario(400, [300.05], { clients: [client] }), 1);
    expect(only(snapshots).ledger).toMatchObject({ established: 50, timeWait: 2_400 });
  });

  it('is reached with arrivals by chance within four standard deviations', () => {
    const client = oneClient({ lifetime: { kind: 'exponential', meanSeconds: 5 } });
    const { snapshots } = simulate(bareScenario(1_000, [900], { clients: [client] }), 7);
    expect(Math.abs(only(snapshots).ledger.inUse - 1_250)).toBeLessThan(4 * Math.sqrt(1_250));
  });
});

describe('exhaustion', () => {
  const pool = { range: { start: 50_000, count: 1_000 } };

  it('comes after pool ÷ rate seconds, as 4227 when every port waits for the one destination', () => {
    const client = oneClient({ regular: true, lifetime: { kind: 'constant', seconds: 0.01 } });
    const { failures, events } = simulate(bareScenario(110, [], { host: bareHost(pool), clients: [client] }), 1);
    expect(failures.firstSeconds).toBeCloseTo(100.1, 6);
    expect(failures.byId).toEqual({ 4227: 100, 4231: 0, 4266: 0 });
    expect(events).toEqual([{ seconds: failures.firstSeconds, kind: 4227 }]);
  });

  it('does not happen one port short of it', () => {
    const client = oneClient({ regular: true, lifetime: { kind: 'constant', seconds: 0.01 } });
    const { failures, peakInUse } = simulate(bareScenario(100, [], { host: bareHost(pool), clients: [client] }), 1);
    expect({ failures: failures.count, peakInUse }).toEqual({ failures: 0, peakInUse: 1_000 });
  });

  it('spares another destination, whose connections share the waiting ports', () => {
    const churn = oneClient({ regular: true, lifetime: { kind: 'constant', seconds: 0.01 } });
    const other = oneClient({
      name: 'other',
      regular: true,
      rate: [[0, 1]],
      destinations: [{ address: '10.1.9.2', port: 443 }],
    });
    const scenario = bareScenario(118, [117], { host: bareHost(pool), clients: [churn, other] });
    const { failures, snapshots } = simulate(scenario, 1);
    expect([...failures.byClient.keys()]).toEqual(['client']);
    const { ledger, rows } = only(snapshots);
    expect(ledger).toMatchObject({ inUse: 1_000, free: 0 });
    expect(rows.length).toBeGreaterThan(1_000);
  });

  it('is 4231 for a program that binds first, although other ports only wait', () => {
    const churn = oneClient({ regular: true, lifetime: { kind: 'constant', seconds: 0.01 } });
    const other = oneClient({ name: 'other', regular: true, rate: [[0, 1]], allocation: 'bind-first' });
    const { failures } = simulate(bareScenario(118, [], { host: bareHost(pool), clients: [churn, other] }), 1);
    expect(failures.byId[4231]).toBeGreaterThan(20);
    expect(failures.byClient.get('other')).toBe(failures.byId[4231]);
  });

  it('is 4231 for everybody when connections live', () => {
    const client = oneClient({ regular: true, ending: 'never' });
    const { failures } = simulate(bareScenario(110, [], { host: bareHost(pool), clients: [client] }), 1);
    expect(failures.byId).toEqual({ 4227: 0, 4231: 100, 4266: 0 });
  });

  it('ends when the burst and its TIME_WAIT are over', () => {
    const client = oneClient({ rate: burst(0, 100, 10, 60), lifetime: { kind: 'constant', seconds: 0.1 } });
    const { failures, snapshots } = simulate(
      bareScenario(300, [190], { host: bareHost({ range: { start: 50_000, count: 1_000 } }), clients: [client] }),
      3,
    );
    expect(failures.lastSeconds).toBeLessThan(62);
    expect(only(snapshots).ledger.inUse).toBe(0);
  });

  it('of UDP is 4266 and leaves TCP alone', () => {
    const { failures, snapshots } = simulate(
      bareScenario(130, [120], {
        host: bareHost({ udpRange: { start: 50_000, count: 1_000 } }),
        udp: [{ name: 'leak', process: { image: 'vpn.exe' }, address: '0.0.0.0', port: 'dynamic', rate: [[0, 10]] }],
      }),
      1,
    );
    expect(failures.byId[4266]).toBeGreaterThan(200);
    expect(only(snapshots).udpLedger).toEqual({ usable: 1_000, inUse: 1_000, free: 0 });
    expect(only(snapshots).ledger.inUse).toBe(0);
  });
});

describe('a leak', () => {
  it('of Bound sockets grows by its rate and lists no remote end', () => {
    const client = oneClient({ regular: true, rate: [[0, 0.5]], ending: 'bound-for-ever', allocation: 'bind-first' });
    const { snapshots } = simulate(bareScenario(1_000, [400.5, 800.5], { clients: [client] }), 1);
    expect(snapshots.map(({ ledger }) => ledger.bound)).toEqual([200, 400]);
    expect(snapshots[0]?.rows[0]).toMatchObject({
      state: 'Bound',
      localAddress: '0.0.0.0',
      remoteAddress: '0.0.0.0',
      remotePort: 0,
      pid: 1_000,
    });
  });

  it('of CLOSE_WAIT goes when its process ends', () => {
    const process = { image: 'client.exe', endsSeconds: 300 };
    const client = oneClient({ process, regular: true, ending: 'close-wait-for-ever' });
    const { snapshots } = simulate(bareScenario(400, [200.05, 301], { clients: [client] }), 1);
    expect(snapshots.map(({ ledger }) => ledger.closeWait)).toEqual([1_950, 0]);
  });

  it('of an unanswering host holds each port for 21 seconds', () => {
    const client = oneClient({ regular: true, ending: 'no-answer' });
    const { snapshots } = simulate(bareScenario(100, [60.05], { clients: [client] }), 1);
    expect(only(snapshots).ledger).toMatchObject({ synSent: 210, inUse: 210 });
  });
});

describe('the port table', () => {
  it('never gives one pair of endpoints to two sockets, nor one port to two living ones', () => {
    const clients = [
      oneClient({ rate: [[0, 30]], lifetime: { kind: 'exponential', meanSeconds: 3 } }),
      oneClient({
        name: 'second',
        rate: [[0, 20]],
        destinations: [{ address: '10.1.9.2', port: 80 }],
        ending: 'peer-closes',
      }),
      oneClient({ name: 'third', rate: [[0, 2]], allocation: 'bind-first', ending: 'no-answer' }),
    ];
    const host = bareHost({ range: { start: 50_000, count: 1_000 }, exclusions: [[50_100, 50_199]] });
    const { snapshots } = simulate(bareScenario(600, [100, 200, 300, 400, 500], { host, clients }), 11);
    for (const { rows, ledger } of snapshots) {
      const pairs = rows.map((row) => `${String(row.localPort)} ${row.remoteAddress} ${String(row.remotePort)}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      const living = rows.filter((row) => row.state !== 'TimeWait').map((row) => row.localPort);
      expect(new Set(living).size).toBe(living.length);
      expect(rows.filter(({ localPort }) => localPort >= 50_100 && localPort <= 50_199)).toEqual([]);
      expect(ledger.usable).toBe(900);
      expect(new Set(rows.map((row) => row.localPort)).size).toBe(ledger.inUse);
      expect(
        ledger.established + ledger.synSent + ledger.closeWait + ledger.finWait2 + ledger.timeWait + ledger.bound,
      ).toBe(ledger.inUse);
      expect(ledger.inUse + ledger.free).toBe(ledger.usable);
    }
  });

  it('counts neither a listener in the range nor what it accepted', () => {
    const listener = {
      process: { image: 'spoolsv.exe' },
      port: 49_668,
      address: 'both' as const,
      accepts: {
        rate: [[0, 10]] as const,
        lifetime: { kind: 'constant' as const, seconds: 1 },
        ending: 'we-close' as const,
        remotes: ['10.1.9.7', '10.1.9.8'],
      },
    };
    const { snapshots } = simulate(bareScenario(300, [250], { listeners: [listener] }), 1);
    const { ledger, rows } = only(snapshots);
    expect(ledger).toEqual({ ...NOTHING, usable: 16_383, inUse: 0, free: 16_383, listening: 1 });
    expect(rows.filter((row) => row.state === 'Listen').map((row) => row.localAddress)).toEqual(['0.0.0.0', '::']);
    expect(rows.filter((row) => row.state === 'TimeWait' && row.localPort === 49_668).length).toBeGreaterThan(1_000);
  });

  it('lists both ends of a loopback connection and a Bound twin, and counts one port', () => {
    const client = oneClient({
      rate: [[0, 0]],
      standing: 1,
      ending: 'never',
      destinations: [{ address: '::1', port: 4_432 }],
      twin: 'other-family',
    });
    const listener = { process: { image: 'server.exe', pid: 2_000 }, port: 4_432, address: '::' };
    const { snapshots } = simulate(bareScenario(10, [5], { clients: [client], listeners: [listener] }), 1);
    const { ledger, rows } = only(snapshots);
    expect(ledger).toMatchObject({ inUse: 1, established: 1, bound: 0 });
    expect(
      rows.map(({ state, localAddress, pid }) => `${String(state)} ${localAddress} ${String(pid)}`).sort(),
    ).toEqual(['Bound 0.0.0.0 1000', 'Established ::1 1000', 'Established ::1 2000', 'Listen :: 2000']);
  });

  it('refuses a pinned source port for the same endpoint until TIME_WAIT is over', () => {
    const client = oneClient({ regular: true, rate: [[0, 1 / 30]], allocation: 2_101 });
    const { failures, snapshots } = simulate(bareScenario(301, [300.5], { clients: [client] }), 1);
    // Opened at 30 and 180, each in use for 5 + 120 seconds: 60, 90, 120, 150 fail, so do 210, 240, 270, 300.
    expect(failures.byId).toEqual({ 4227: 8, 4231: 0, 4266: 0 });
    expect(only(snapshots).ledger.inUse).toBe(0);
  });

  it('is empty after a restart', () => {
    const { snapshots } = simulate(
      bareScenario(200, [99, 101], { clients: [oneClient()], reboots: [{ atSeconds: 100, downSeconds: 60 }] }),
      1,
    );
    expect(snapshots.map(({ ledger }) => ledger.inUse > 0)).toEqual([true, false]);
  });

  it('keeps TIME_WAIT for ever once the 497 days are over', () => {
    const client = oneClient({ regular: true });
    const host = bareHost({ timeWaitStuckFromSeconds: 200.05 });
    const { snapshots } = simulate(bareScenario(600, [500.05], { host, clients: [client] }), 1);
    // Closed after second 80.05 (200.05 - 120) and not later than second 500.05.
    expect(only(snapshots).ledger.timeWait).toBe(4_200);
  });
});

describe('the same arrivals', () => {
  const clients = [oneClient({ rate: ramp(5, 40, 60, 300), lifetime: { kind: 'exponential', meanSeconds: 2 } })];

  it('meet other settings: attempts and lifetimes stay, refusals go', () => {
    const narrow = simulate(
      bareScenario(600, [], { host: bareHost({ range: { start: 50_000, count: 1_000 } }), clients }),
      5,
    );
    const wide = simulate(
      bareScenario(600, [], { host: bareHost({ timeWaitSeconds: { ipv4: 30, ipv6: 30 } }), clients }),
      5,
    );
    expect(wide.attemptsPerMinute).toEqual(narrow.attemptsPerMinute);
    expect([narrow.failures.count > 0, wide.failures.count]).toEqual([true, 0]);
  });

  it('come again with the same seed and not with another', () => {
    const rows = (seed: number): unknown => simulate(bareScenario(200, [150], { clients }), seed).snapshots[0]?.rows;
    expect(rows(5)).toEqual(rows(5));
    expect(rows(5)).not.toEqual(rows(6));
  });
});

describe('the log', () => {
  it('writes one event in a throttled period, however many connections fail', () => {
    const client = oneClient({ regular: true, ending: 'never' });
    const scenario = bareScenario(400, [], {
      host: bareHost({ range: { start: 50_000, count: 1_000 } }),
      clients: [client],
      log: { throttleSeconds: 120 },
    });
    const { events } = simulate(scenario, 1);
    expect(events.map(({ kind, seconds }) => [kind, Math.round(seconds)])).toEqual([
      [4231, 100],
      [4231, 220],
      [4231, 340],
    ]);
  });
});
