import { constantRate } from './rate-curve.js';
import type { ClientSpec, Destination, ListenerSpec, ProcessSpec, UdpSpec } from './scenario.js';

export const DEFAULT_RANGE = { start: 49_152, count: 16_384 } as const;
export const DOMAIN_CONTROLLER = '10.20.0.10';
export const FILE_SERVER = '10.20.0.25';

/** The processes every server runs. */
export interface OrdinaryProcesses {
  readonly system: ProcessSpec;
  readonly rpcss: ProcessSpec;
  readonly lsass: ProcessSpec;
  readonly wininit: ProcessSpec;
  readonly services: ProcessSpec;
  readonly eventlog: ProcessSpec;
  readonly schedule: ProcessSpec;
  readonly spooler: ProcessSpec;
  readonly terminal: ProcessSpec;
  readonly dns: ProcessSpec;
  readonly update: ProcessSpec;
  readonly time: ProcessSpec;
}

export function ordinaryProcesses(): OrdinaryProcesses {
  const service = (image: string, ...services: string[]): ProcessSpec => ({ image, services });
  return {
    system: { image: 'System' },
    rpcss: service('svchost.exe', 'RpcEptMapper', 'RpcSs'),
    lsass: service('lsass.exe', 'Netlogon', 'SamSs'),
    wininit: { image: 'wininit.exe' },
    services: { image: 'services.exe' },
    eventlog: service('svchost.exe', 'EventLog'),
    schedule: service('svchost.exe', 'Schedule'),
    spooler: service('spoolsv.exe', 'Spooler'),
    terminal: service('svchost.exe', 'TermService'),
    dns: service('svchost.exe', 'Dnscache'),
    update: service('svchost.exe', 'wuauserv'),
    time: service('svchost.exe', 'W32Time'),
  };
}

/** Listeners of a member server, six of them RPC listeners inside the default dynamic range. */
export function ordinaryListeners(ipv4: string, own: OrdinaryProcesses): ListenerSpec[] {
  const listen = (process: ProcessSpec, port: number, address: ListenerSpec['address'] = 'both'): ListenerSpec => ({
    process,
    port,
    address,
  });
  return [
    listen(own.rpcss, 135),
    listen(own.system, 139, ipv4),
    {
      ...listen(own.system, 445),
      accepts: {
        rate: constantRate(0.01),
        lifetime: { kind: 'exponential', meanSeconds: 300 },
        ending: 'peer-closes',
        remotes: ['10.20.4.31', '10.20.4.77', '10.20.5.12'],
      },
    },
    listen(own.terminal, 3389),
    listen(own.system, 5985),
    listen(own.wininit, 49_664),
    listen(own.eventlog, 49_665),
    listen(own.schedule, 49_666),
    listen(own.lsass, 49_667),
    listen(own.spooler, 49_668),
    listen(own.services, 49_670),
  ];
}

/** What such a server connects to all day: about `perSecond` short connections a second that it closes itself. */
export function ordinaryClients(own: OrdinaryProcesses, perSecond: number): ClientSpec[] {
  const destination = (address: string, port: number, weight = 1): Destination => ({ address, port, weight });
  return [
    {
      name: 'directory',
      process: own.lsass,
      rate: constantRate(perSecond * 0.4),
      lifetime: { kind: 'exponential', meanSeconds: 4 },
      destinations: [
        destination(DOMAIN_CONTROLLER, 389, 3),
        destination(DOMAIN_CONTROLLER, 88, 3),
        destination(DOMAIN_CONTROLLER, 135),
        destination('10.20.0.11', 389),
        destination('10.20.0.11', 88),
        destination('10.20.0.11', 3268),
      ],
      allocation: 'implicit-connect',
      ending: 'we-close',
    },
    {
      name: 'web',
      process: own.update,
      rate: constantRate(perSecond * 0.6),
      lifetime: { kind: 'lognormal', medianSeconds: 6, sigma: 1 },
      destinations: Array.from({ length: 24 }, (_, index) => destination(`198.51.100.${String(10 + index * 7)}`, 443)),
      allocation: 'implicit-connect',
      ending: 'we-close',
    },
    {
      name: 'web closed by its server',
      process: own.update,
      rate: constantRate(perSecond * 0.3),
      lifetime: { kind: 'exponential', meanSeconds: 20 },
      destinations: [destination('203.0.113.80', 443), destination('203.0.113.81', 443)],
      allocation: 'implicit-connect',
      ending: 'peer-closes',
      closingSeconds: 0.2,
    },
    {
      name: 'shares',
      process: own.system,
      rate: constantRate(0),
      standing: 4,
      lifetime: { kind: 'constant', seconds: 1 },
      destinations: [destination(FILE_SERVER, 445), destination(DOMAIN_CONTROLLER, 445)],
      allocation: 'implicit-connect',
      ending: 'never',
    },
  ];
}

/** A domain member that must reach its controller: the failures other people notice first. */
export function secureChannel(own: OrdinaryProcesses, everySeconds = 45): ClientSpec {
  return {
    name: 'secure channel',
    process: own.lsass,
    rate: constantRate(1 / everySeconds),
    lifetime: { kind: 'exponential', meanSeconds: 30 },
    destinations: [{ address: DOMAIN_CONTROLLER, port: 49_671 }],
    // RPC over TCP binds before it connects.
    allocation: 'bind-first',
    ending: 'peer-closes',
    closingSeconds: 0.1,
    symptom: { kind: 'netlogon-5719', throttleSeconds: 900 },
  };
}

export function groupPolicyRefresh(own: OrdinaryProcesses): ClientSpec {
  return {
    name: 'group policy',
    process: own.schedule,
    rate: constantRate(1 / 300),
    lifetime: { kind: 'constant', seconds: 5 },
    destinations: [{ address: DOMAIN_CONTROLLER, port: 389 }],
    allocation: 'bind-first',
    ending: 'peer-closes',
    symptom: { kind: 'group-policy-1129', throttleSeconds: 1_800 },
  };
}

export function ordinaryUdp(own: OrdinaryProcesses, ipv4: string): UdpSpec[] {
  const fixed = (name: string, process: ProcessSpec, port: number, address = '0.0.0.0'): UdpSpec => ({
    name,
    process,
    address,
    port,
    standing: 1,
  });
  return [
    fixed('time', own.time, 123),
    fixed('netbios names', own.system, 137, ipv4),
    fixed('netbios datagrams', own.system, 138, ipv4),
    fixed('llmnr', own.dns, 5355),
    fixed('mdns', own.dns, 5353),
    { name: 'ldap pings', process: own.lsass, address: '127.0.0.1', port: 'dynamic', standing: 3 },
    {
      name: 'lookups',
      process: own.dns,
      address: '0.0.0.0',
      port: 'dynamic',
      rate: constantRate(0.5),
      lifetime: { kind: 'exponential', meanSeconds: 4 },
    },
  ];
}
