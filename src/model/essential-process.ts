import { imageKey, SYSTEM_PID } from './process.js';

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

export interface ProcessIdentity {
  readonly process: string;
  readonly services: readonly string[];
  readonly pids: Iterable<number>;
}

/** Whether Windows stops, or loses logons, services or its firewall, without it: it is never ended, restarted or dumped. */
export function isEssentialProcess({ process, services, pids }: ProcessIdentity): boolean {
  if ([...pids].includes(SYSTEM_PID) || ESSENTIAL_IMAGES.includes(imageKey(process))) return true;
  return services.some((service) => ESSENTIAL_SERVICES.includes(service.toLowerCase()));
}
