import { describe, expect, it } from 'vitest';
import type { HostReport } from '../../src/model/report.js';
import { outcomeOf } from '../support/capture.js';
import { scenarioNames, scenarioReport } from '../support/scenarios.js';

/** "What is right" of the READMEs, written once more: renewing a golden cannot change an answer. */
const RIGHT: Readonly<Record<string, (host: HostReport) => void>> = {
  'agent-bound-leak': (host) => {
    expect(answer(host)).toEqual({
      mechanism: 'bound-leak',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'no',
      atFault: ['FabrikamAgent.exe 3120'],
      tcpTimedWaitDelay: null,
      maxUserPort: null,
      ranges: ['49152+16384', '49152+16384'],
    });
    expect(inUse(host)).toEqual([407, 771, 1124, 1509, 16378]);
    expect(outcomeOf(host, 'time-wait-churn')).toBe('ruled-out');
    const [trend] = host.consumers.map(({ trendPortsPerHour }) => trendPortsPerHour);
    expect(trend?.low).toBeLessThanOrEqual(1440);
    expect(trend?.high).toBeGreaterThanOrEqual(1440);
    expect(trend?.low).toBeGreaterThan(1300);
    expect(trend?.high).toBeLessThan(1600);
    expect(host.events.filter(({ id, role }) => id === 5719 && role === 'symptom').length).toBeGreaterThan(0);
    expect(host.incidents.map(({ from }) => from.slice(0, 19))).toEqual(['2026-03-10T12:20:12']);
  },
  'container-host-eaten-range': (host) => {
    expect(answer(host)).toEqual({
      mechanism: 'undersized-range',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'yes',
      atFault: [],
      tcpTimedWaitDelay: null,
      maxUserPort: 65_534,
      ranges: ['33000+32536', '33000+32536'],
    });
    expect(inUse(host)).toEqual([158, 832, 1215, 1216, 1217]);
    expect(host.incidents.map(({ contributing }) => contributing)).toEqual([['time-wait-churn']]);
    const { actions, dynamicPortRanges, exclusions, predicted } = host.recommendation;
    expect(actions.map(({ id }) => id)).toEqual(['widen-dynamic-port-range', 'reuse-connections']);
    expect(dynamicPortRanges[0]).toMatchObject({
      needed: { start: 48_000, count: 17_536 },
      // Below it a node of Kubernetes serves its NodePorts.
      upTo: { start: 32_768, count: 32_768 },
    });
    expect([exclusions.remove, predicted.usable]).toEqual([[], 17_370]);
    expect(JSON.stringify(actions)).not.toMatch(/net stop|delete excludedportrange/);
  },
  healthy: (host) => {
    expect(answer(host)).toEqual({
      mechanism: 'none',
      confidence: 'high',
      exhaustion: 'refuted',
      settingsHelp: 'not-needed',
      atFault: [],
      tcpTimedWaitDelay: null,
      maxUserPort: null,
      ranges: ['49152+16384', '49152+16384'],
    });
    expect(inUse(host)).toEqual([53, 41, 27, 24, 39, 35, 38, 38, 37, 34, 50, 57, 41, 46, 45, 43]);
    expect(tcp(host).map(({ bound }) => bound)).toEqual(Array(16).fill(0));
    expect(host.verdict.summary.text).toContain('57 of 16,378');
    expect(host.verdict.summary.text).toContain('in 16 snapshots');
  },
  'leak-seen-only-full': (host) => {
    expect(answer(host)).toEqual({
      mechanism: 'bound-leak',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'no',
      atFault: ['TailspinBackup.exe 2764'],
      tcpTimedWaitDelay: null,
      maxUserPort: null,
      ranges: ['50000+4000', '50000+4000'],
    });
    expect(inUse(host)).toEqual([4000, 4000, 4000, 4000]);
    const [{ trendPortsPerHour: gained, trends } = { trendPortsPerHour: null, trends: [] }] = host.consumers;
    expect(gained?.low).toBeGreaterThan(1600);
    expect(gained?.low).toBeLessThanOrEqual(1800);
    expect(gained?.high).toBeGreaterThanOrEqual(1800);
    expect(gained?.high).toBeLessThan(1950);
    expect(trends?.find(({ class: held }) => held === 'bound')).toMatchObject({ portsPerHour: null, shape: 'unknown' });
    expect(host.recommendation.predicted.secondsToExhaustion).toEqual({ low: 0, best: 0, high: 0 });
  },
  'pinned-source-port': (host) => {
    expect(answer(host)).toEqual({
      mechanism: 'endpoint-collision',
      confidence: 'medium',
      exhaustion: 'refuted',
      settingsHelp: 'no',
      atFault: ['PlcGateway.exe 2216'],
      tcpTimedWaitDelay: null,
      maxUserPort: null,
      ranges: ['49152+16384', '49152+16384'],
    });
    expect(inUse(host)).toEqual([29, 30, 27, 31, 18, 31, 39, 23]);
    expect(outcomeOf(host, 'time-wait-churn')).toBe('ruled-out');
    expect(host.verdict.summary.text).toContain('10.50.9.21:102');
    expect(host.verdict.summary.text).toContain('10.50.1.4:2101');
  },
  'rdsh-no-buffer-space': (host) => {
    expect(answer(host)).toEqual({
      mechanism: 'undetermined',
      confidence: 'low',
      exhaustion: 'cannot-tell',
      settingsHelp: 'cannot-tell',
      atFault: [],
      tcpTimedWaitDelay: null,
      maxUserPort: null,
      ranges: ['49152+16384', '49152+16384'],
    });
    const hidden = ['time-wait-churn', 'bound-leak', 'close-wait-leak', 'established-leak', 'connection-saturation'];
    expect(hidden.map((id) => [id, outcomeOf(host, id)])).toEqual(hidden.map((id) => [id, 'cannot-tell']));
    expect(tcp(host).map(({ timeWait }) => timeWait)).toEqual([201]);
    const [most] = host.missingEvidence;
    expect(most?.what.id).toBe('lacking.all-states');
    expect(most?.collectWith.join('\n')).toContain('Get-NetTCPConnection');
    expect(most?.collectWith.join('\n')).toContain('netstat -anoq');
    expect(host.recommendation.actions).toEqual([]);
  },
  'sync-service-churn': (host) => {
    const { ranges, ...rest } = answer(host);
    expect(rest).toEqual({
      mechanism: 'time-wait-churn',
      confidence: 'high',
      exhaustion: 'shown',
      settingsHelp: 'yes',
      atFault: ['Contoso.Sync.exe 4312'],
      tcpTimedWaitDelay: null,
      maxUserPort: 65534,
    });
    expect(new Set(ranges).size).toBe(1);
    expect(inUse(host)).toEqual([309, 988, 4477, 10495, 16378, 45]);
    expect(host.destinations[0]?.remote).toBe('10.20.7.31:1433');
    expect(host.consumers.find(({ atFault }) => atFault === 'yes')?.basis).toBe('sole-owner-of-destination');
    expect(host.incidents[0]?.from.slice(0, 19)).toBe('2026-03-03T09:14:38');
    const rate = host.demand.connectionsPerSecond;
    expect(rate?.low).toBeLessThanOrEqual(205.42);
    expect(rate?.low).toBeGreaterThan(100);
    expect(rate?.high ?? Infinity).toBeGreaterThanOrEqual(205.42);
    // The true delay, and the rate that the true demand needs.
    expect(host.timeWait.effective.low).toBeLessThanOrEqual(120);
    expect(host.timeWait.effective.high ?? Infinity).toBeGreaterThanOrEqual(120);
    expect(host.recommendation.predicted.sustainsConnectionsPerSecond).toBeGreaterThanOrEqual(206);
    expect(host.recommendation.actions.map(({ id }) => id)).toEqual(['reuse-connections', 'widen-dynamic-port-range']);
  },
  'two-culprits-shared-ports': (host) => {
    const { confidence, maxUserPort, ranges, ...rest } = answer(host);
    expect(rest).toEqual({
      mechanism: 'time-wait-churn',
      exhaustion: 'shown',
      settingsHelp: 'yes',
      atFault: ['Contoso.Orders.exe 5120'],
      tcpTimedWaitDelay: null,
    });
    expect(confidence).not.toBe('low');
    expect(maxUserPort).toBe(65_534);
    expect(new Set(ranges).size).toBe(1);
    expect(inUse(host)).toEqual([257, 4880, 12_852, 16_377, 58]);
    const [orders, stock, ...others] = host.consumers;
    expect([orders?.process, stock?.process, stock?.atFault]).toEqual([
      'Contoso.Orders.exe',
      'Fabrikam.Stock.exe',
      'contributing',
    ]);
    expect(others.map(({ atFault }) => atFault)).toEqual(others.map(() => 'no'));
    expect([orders?.ports.best, stock?.ports.best].map((ports) => Math.round((ports ?? 0) / 100))).toEqual([125, 38]);
    expect([orders, stock].map((one) => Math.round((one?.connections ?? 0) / 100))).toEqual([151, 65]);
    expect([orders, stock].every((one) => (one?.exclusivePorts ?? Infinity) < 60)).toBe(true);
    expect(stock?.shareOfOpenings?.low).toBeGreaterThan(0.29);
    expect(stock?.shareOfOpenings?.high).toBeLessThan(0.31);
    const ports = host.destinations.reduce((sum, destination) => sum + destination.ports, 0);
    expect(ports).toBeLessThanOrEqual(16_377);
    expect(host.events.filter(({ role }) => role === 'onset').every(({ id }) => id === 4231)).toBe(true);
  },
  'web-server-time-wait': (host) => {
    expect(answer(host)).toEqual({
      mechanism: 'none',
      // The log ends 26 minutes before the table.
      confidence: 'medium',
      exhaustion: 'refuted',
      settingsHelp: 'not-needed',
      atFault: [],
      tcpTimedWaitDelay: null,
      maxUserPort: null,
      ranges: ['49152+16384', '49152+16384'],
    });
    expect(inUse(host)).toEqual([110]);
    expect(host.attribution.serverSide).toBe(10_152 - 58);
    expect(host.missingEvidence.map(({ what }) => what.id)).toContain('lacking.bound');
  },
};

describe('the answer to every scenario', () => {
  it('is written here', () => {
    expect(scenarioNames()).toEqual(Object.keys(RIGHT).sort());
  });

  it.each(scenarioNames())('is what the README of %s says is right', async (scenario) => {
    const { hosts } = await scenarioReport(scenario);
    expect(hosts).toHaveLength(1);
    for (const host of hosts) RIGHT[scenario]?.(host);
  });
});

function answer({ verdict, recommendation, consumers }: HostReport) {
  const { mechanism, confidence, exhaustion } = verdict;
  return {
    mechanism,
    confidence,
    exhaustion,
    settingsHelp: recommendation.settingsHelp,
    atFault: consumers
      .filter(({ atFault }) => atFault === 'yes')
      .map(({ process, pids }) => `${process} ${pids.join(' ')}`),
    tcpTimedWaitDelay: recommendation.tcpTimedWaitDelay.recommended,
    maxUserPort: recommendation.maxUserPort.recommended,
    ranges: recommendation.dynamicPortRanges
      .filter(({ transport }) => transport === 'tcp')
      .map(({ recommended }) => `${String(recommended.start)}+${String(recommended.count)}`),
  };
}

function tcp({ ledger }: HostReport): HostReport['ledger'] {
  return ledger.filter(({ poolId }) => poolId === 'tcp');
}

function inUse(host: HostReport): number[] {
  return tcp(host).map((entry) => entry.inUse);
}
