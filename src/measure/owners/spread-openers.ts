import { grouped } from '../../model/grouped.js';

/** Who is met alive at so many endpoints of one remote port is met at others of them only by chance: a convention of this program. */
const SPREAD_ENDPOINTS = 10;
/** And has most of what waits towards that port. */
const MOST = 0.5;

/** What waits without an owner towards one endpoint: of the only one met alive there, of nobody (null). */
export interface WaitingAt {
  readonly remotePort: number;
  readonly consumer: number | null;
  readonly ports: number;
}

/**
 * Ports that a consumer with connections to many endpoints of one service may have had beside those it is credited with: what waits
 * towards the same service where nobody, or only another, happened to be met.
 */
export function portsOfSpreadOpeners(waiting: readonly WaitingAt[]): ReadonlyMap<number, number> {
  const more = new Map<number, number>();
  for (const atPort of grouped(waiting.map((one) => [one.remotePort, one] as const)).values()) {
    const byConsumer = grouped(
      atPort.flatMap(({ consumer, ports }) => (consumer === null ? [] : [[consumer, ports] as const])),
    );
    const all = atPort.reduce((sum, { ports }) => sum + ports, 0);
    const met = [...byConsumer.values()].flat().reduce((sum, ports) => sum + ports, 0);
    for (const [consumer, parts] of byConsumer) {
      const own = parts.reduce((sum, ports) => sum + ports, 0);
      if (parts.length < SPREAD_ENDPOINTS || own < met * MOST) continue;
      more.set(consumer, (more.get(consumer) ?? 0) + all - own);
    }
  }
  return more;
}
