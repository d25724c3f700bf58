import type { ClientSpec, HostSpec, Scenario } from './scenario.js';

/** A host without anything on it: what the hand-computed cases start from. */
export function bareHost(changes: Partial<HostSpec> = {}): HostSpec {
  return {
    name: 'BARE01',
    ipv4: '10.1.0.5',
    ipv6: '2001:db8:1::5',
    startMs: Date.UTC(2026, 2, 2, 8),
    bootSeconds: -86_400,
    range: { start: 49_152, count: 16_384 },
    timeWaitSeconds: { ipv4: 120, ipv6: 240 },
    ...changes,
  };
}

export function oneClient(changes: Partial<ClientSpec> = {}): ClientSpec {
  return {
    name: 'client',
    process: { image: 'client.exe', pid: 1_000 },
    rate: [[0, 10]],
    lifetime: { kind: 'constant', seconds: 5 },
    destinations: [{ address: '10.1.9.1', port: 443 }],
    allocation: 'implicit-connect',
    ending: 'we-close',
    ...changes,
  };
}

export function bareScenario(
  seconds: number,
  snapshotSeconds: readonly number[],
  changes: Partial<Scenario>,
): Scenario {
  return { host: bareHost(), seconds, clients: [], listeners: [], snapshotSeconds, ...changes };
}
