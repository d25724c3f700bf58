import type { ConsumerIdentity } from './consumer-index.js';

/** More services of one process than this are not written out in a sentence. */
const MAX_SERVICES = 3;

/**
 * What a sentence calls a consumer, so that an administrator finds it: `svchost.exe (wuauserv, PID 3900)`. The PID stands only where
 * one process is meant: the only one of the consumer, or the one that holds nearly all of its ports.
 */
export function consumerName({ process, services, pids, mainPid }: ConsumerIdentity): string {
  const [only] = pids;
  const pid = mainPid ?? (pids.size === 1 ? only : undefined);
  const known = services.slice(0, MAX_SERVICES);
  if (services.length > MAX_SERVICES) known.push('…');
  // Without a name the PID is the name.
  if (pid !== undefined && process !== `PID ${String(pid)}`) known.push(`PID ${String(pid)}`);
  return known.length === 0 ? process : `${process} (${known.join(', ')})`;
}

/** The names of consumers given by id, in that order. */
export function consumerNames(identities: readonly ConsumerIdentity[], ids: readonly number[]): string[] {
  return ids.flatMap((id) => {
    const identity = identities[id];
    return identity === undefined ? [] : [consumerName(identity)];
  });
}
