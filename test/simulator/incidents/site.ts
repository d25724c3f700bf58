import {
  DEFAULT_RANGE,
  ordinaryClients,
  ordinaryListeners,
  ordinaryProcesses,
  ordinaryUdp,
  groupPolicyRefresh,
  secureChannel,
  type OrdinaryProcesses,
} from '../ordinary-server.js';
import { RandomStream } from '../random.js';
import type { ClientSpec, Destination, HostSpec, ListenerSpec, Scenario, UdpSpec } from '../scenario.js';
import type { HostClock } from '../writers/host-clock.js';

/** A member server with its everyday traffic, to which an incident adds its own; the seed chooses name, addresses and day. */
export interface Site {
  readonly random: RandomStream;
  readonly own: OrdinaryProcesses;
  readonly host: HostSpec;
  readonly clock: HostClock;
  readonly clients: readonly ClientSpec[];
  readonly listeners: readonly ListenerSpec[];
  readonly udp: readonly UdpSpec[];
  /** Image names for this seed's programs; the first is the culprit's, the others are innocent. */
  readonly images: readonly [culprit: string, second: string, third: string];
  /** A server this host talks to. */
  readonly backend: (port: number) => Destination;
}

const CLOCKS: readonly HostClock[] = [
  { culture: 'en-US', standardMinutes: 0, zoneName: 'UTC' },
  { culture: 'en-US', standardMinutes: -360, zoneName: 'Central Standard Time' },
  { culture: 'en-GB', standardMinutes: 0, zoneName: 'GMT Standard Time' },
  { culture: 'fr-FR', standardMinutes: 60, zoneName: 'Romance Standard Time' },
  { culture: 'de-DE', standardMinutes: 60, zoneName: 'W. Europe Standard Time' },
  { culture: 'en-US', standardMinutes: 330, zoneName: 'India Standard Time' },
];
const IMAGES = [
  'Contoso.Sync.exe',
  'Fabrikam.Import.exe',
  'OrderService.exe',
  'LogShipper.exe',
  'Northwind.Jobs.exe',
  'ReportRunner.exe',
  'java.exe',
  'w3wp.exe',
] as const;
const PREFIXES = ['APP', 'SRV', 'BATCH', 'INT', 'MID'] as const;

export interface SiteOptions {
  readonly host?: Partial<HostSpec>;
  readonly clock?: HostClock;
  /** Short connections a second of the everyday traffic. */
  readonly perSecond?: number;
}

export function site(seed: number, incident: string, options: SiteOptions = {}): Site {
  const random = new RandomStream(seed, `site ${incident}`);
  const own = ordinaryProcesses();
  const subnet = 1 + random.below(60);
  const ipv4 = `10.${String(subnet)}.4.${String(10 + random.below(200))}`;
  const first = random.below(IMAGES.length);
  const image = (offset: number): string => IMAGES[(first + offset) % IMAGES.length] ?? IMAGES[0];
  // January to mid-March of 2026: standard time everywhere in CLOCKS.
  const startMs = Date.UTC(2026, 0, 5 + random.below(60), random.below(20), random.below(60), random.below(60));
  const backendAddress = `10.${String(subnet)}.7.${String(10 + random.below(200))}`;
  return {
    random,
    own,
    clock: options.clock ?? random.pick(CLOCKS),
    host: {
      name: `${random.pick(PREFIXES)}${String(random.below(90) + 10)}`,
      ipv4,
      ipv6: `2001:db8:${String(subnet)}::${String(10 + random.below(80))}`,
      startMs,
      bootSeconds: -(3 + random.below(25)) * 86_400 - random.below(86_400),
      range: DEFAULT_RANGE,
      timeWaitSeconds: { ipv4: 120, ipv6: 240 },
      ...options.host,
    },
    clients: [
      ...ordinaryClients(own, options.perSecond ?? 0.4),
      { ...secureChannel(own, 40), symptom: { kind: 'netlogon-5719', throttleSeconds: 400 } },
      groupPolicyRefresh(own),
    ],
    listeners: ordinaryListeners(ipv4, own),
    udp: ordinaryUdp(own, ipv4),
    images: [image(0), image(3), image(5)],
    backend: (port) => ({ address: backendAddress, port }),
  };
}

/** `base`, up to `share` more or less. */
export function about(site: Site, base: number, share = 0.12): number {
  return Math.round(base * site.random.between(1 - share, 1 + share) * 100) / 100;
}

export function scenarioOn(
  at: Site,
  seconds: number,
  snapshotSeconds: readonly number[],
  clients: readonly ClientSpec[],
  changes: Partial<Scenario> = {},
): Scenario {
  return {
    host: at.host,
    seconds,
    clients: [...at.clients, ...clients],
    listeners: at.listeners,
    udp: at.udp,
    snapshotSeconds,
    log: { throttleSeconds: 900 },
    ...changes,
  };
}

/** `count` moments from `first` on, `step` seconds apart. */
export function every(step: number, first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index * step);
}
