import { imageKey } from '../model/process.js';
import type { ConsumerIdentity } from '../measure/owners/consumer-index.js';

/** A DNS server takes so many UDP ports when it starts, and keeps them (MS08-037, KB 956188). */
export const DEFAULT_SOCKET_POOL = 2_500;
/** `dnscmd /Config /SocketPoolSize` takes no more. */
export const LARGEST_SOCKET_POOL = 10_000;

/** Whether UDP ports of a process are the socket pool of a DNS server, which it holds by design, and no leak. */
export function isSocketPool({ process }: ConsumerIdentity, ports: number): boolean {
  return imageKey(process) === 'dns' && ports <= LARGEST_SOCKET_POOL;
}
