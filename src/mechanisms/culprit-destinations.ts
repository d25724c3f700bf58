import type { HostFacts } from '../measure/facts.js';
import { DOMINANT_SHARE } from './thresholds.js';

/** Where the consumers at fault connect to. */
export interface CulpritDestinations {
  /** The remote endpoint that at least half of their ports went to; null where they are spread, or nobody is at fault. */
  readonly main: string | null;
  readonly count: number;
  /** The remote port of at least half of them: of a crowd of printers, say. */
  readonly port: number | null;
}

/** By the ports of the consumers at fault alone: the busiest endpoint of the host may be another program's. */
export function culpritDestinations({ consumers }: HostFacts, atFault: readonly number[]): CulpritDestinations {
  const ports = new Map<string, number>();
  for (const { identity, destinations } of consumers) {
    if (!atFault.includes(identity.id)) continue;
    for (const { remote, ports: held } of destinations) ports.set(remote, (ports.get(remote) ?? 0) + held);
  }
  const all = [...ports.values()].reduce((sum, held) => sum + held, 0);
  const byPort = new Map<number, number>();
  for (const [remote, held] of ports) {
    const port = Number(remote.slice(remote.lastIndexOf(':') + 1));
    byPort.set(port, (byPort.get(port) ?? 0) + held);
  }
  return { main: dominant(ports, all), count: ports.size, port: dominant(byPort, all) };
}

/** The same of all ports in use, where nobody is at fault. */
export function hostDestinations({ destinations, peak }: HostFacts): CulpritDestinations {
  const [first] = destinations;
  const isMain = first !== undefined && peak !== null && first.ports >= peak.inUse * DOMINANT_SHARE;
  return {
    main: isMain ? first.remote : null,
    count: destinations.length,
    port: isMain ? first.port : null,
  };
}

/** The key with at least half of all ports; ties go by the key. */
function dominant<Key extends string | number>(ports: ReadonlyMap<Key, number>, all: number): Key | null {
  const [most] = [...ports].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most !== undefined && most[1] >= all * DOMINANT_SHARE ? most[0] : null;
}
