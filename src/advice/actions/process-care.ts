import type { ConsumerIdentity } from '../../measure/owners/consumer-index.js';
import { isEssentialProcess } from '../../model/essential-process.js';
import { imageKey } from '../../model/process.js';

/**
 * How a process may be handled. Windows stops, or loses logons, services or its firewall, without an `essential` one: it is never
 * ended, restarted or dumped. A `planned` one serves others and is failed over or restarted as planned work. Of a `service-host` it
 * is not known which services it runs, and of an `unnamed` process nothing at all: that comes first.
 */
export type ProcessCare = 'essential' | 'planned' | 'service-host' | 'unnamed' | 'ordinary';

/** Directory, cluster, Hyper-V, containers and SQL Server: what stands on them goes with them. */
const PLANNED_IMAGES = ['ntds', 'clussvc', 'vmms', 'vmcompute', 'sqlservr'];

export function processCare(identity: ConsumerIdentity): ProcessCare {
  if (isEssentialProcess(identity)) return 'essential';
  const { process, services } = identity;
  const image = imageKey(process);
  if (PLANNED_IMAGES.includes(image) || services.some((service) => service.toLowerCase() === 'ntds')) return 'planned';
  if (image === 'svchost' && services.length === 0) return 'service-host';
  return /^pid \d+$/.test(image) ? 'unnamed' : 'ordinary';
}

export function isEssential(identity: ConsumerIdentity): boolean {
  return processCare(identity) === 'essential';
}
