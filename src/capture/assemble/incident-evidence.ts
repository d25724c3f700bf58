import type { HostEvidence } from './assemble.js';
import { isDated } from './planned-snapshots.js';

/** The part of a host's evidence between two moments (UTC milliseconds, the later one excluded); settings and processes stay. */
export function evidenceBetween(host: HostEvidence, fromMs: number, toMs: number): HostEvidence {
  const within = (ms: number): boolean => ms >= fromMs && ms < toMs;
  return {
    ...host,
    snapshots: host.snapshots.filter((one) => isDated(one) && one.atMs !== null && within(one.atMs)),
    events: host.events.filter((group) => within(group.fromMs)),
    loggedConnections: host.loggedConnections.between(fromMs, toMs),
  };
}
