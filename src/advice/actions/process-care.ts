import type { ConsumerIdentity } from '../../measure/owners/consumer-index.js';
import { imageKey, SYSTEM_PID } from '../../model/process.js';

/**
 * How a process may be handled. Windows stops, or loses logons, services or its firewall, without an `essential` one: it is never
 * ended, restarted or dumped. A `planned` one serves others and is failed over or restarted as planned work. Of a `service-host` it
 * is not known which services it runs, and of an `unnamed` process nothing at all: that comes first.
 */
export type ProcessCare = 'essential' | 'planned' | 'service-host' | 'unnamed' | 'ordinary';

/** Critical processes of Windows (Microsoft: ending one stops the host), the isolated LSA and the window manager; as `imageKey` has them. */
const ESSENTIAL_IMAGES = [
  'system',
  'registry',
  'memory compression',
  'smss',
  'csrss',
  'wininit',
  'winlogon',
  'services',
  'lsass',
  'lsaiso',
  'dwm',
];
/** Services that cannot be stopped, or without which nothing else runs: RPC, COM, sessions, the filtering engine; in lower case. */
const ESSENTIAL_SERVICES = ['rpcss', 'rpceptmapper', 'dcomlaunch', 'lsm', 'bfe'];
/** Directory, cluster, Hyper-V, containers and SQL Server: what stands on them goes with them. */
const PLANNED_IMAGES = ['ntds', 'clussvc', 'vmms', 'vmcompute', 'sqlservr'];

export function processCare({ process, services, pids }: ConsumerIdentity): ProcessCare {
  const image = imageKey(process);
  if (pids.has(SYSTEM_PID) || ESSENTIAL_IMAGES.includes(image)) return 'essential';
  if (services.some((service) => ESSENTIAL_SERVICES.includes(service.toLowerCase()))) return 'essential';
  if (PLANNED_IMAGES.includes(image) || services.some((service) => service.toLowerCase() === 'ntds')) return 'planned';
  if (image === 'svchost' && services.length === 0) return 'service-host';
  return /^pid \d+$/.test(image) ? 'unnamed' : 'ordinary';
}

export function isEssential(identity: ConsumerIdentity): boolean {
  return processCare(identity) === 'essential';
}
