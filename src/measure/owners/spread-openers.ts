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

/** A consumer with connections to many endpoints of one service. */
export interface SpreadOpener {
  readonly consumer: number;
  /** Its share of what waits where somebody is met: what to expect where nobody is. */
  readonly share: number;
  /** Ports that wait where only another is met; they may be its own too. */
  readonly others: number;
}

/** By remote port, those who have most of what waits where anybody is met, and are met at many endpoints. */
export function spreadOpeners(waiting: readonly WaitingAt[]): ReadonlyMap<number, readonly SpreadOpener[]> {
  const openers = new Map<number, readonly SpreadOpener[]>();
  for (const [remotePort, atPort] of grouped(waiting.map((one) => [one.remotePort, one] as const))) {
    const byConsumer = grouped(
      atPort.flatMap(({ consumer, ports }) => (consumer === null ? [] : [[consumer, ports] as const])),
    );
    const met = sumOf([...byConsumer.values()].flat());
    const spread = [...byConsumer].flatMap(([consumer, parts]) => {
      const own = sumOf(parts);
      return parts.length < SPREAD_ENDPOINTS || own < met * MOST
        ? []
        : [{ consumer, share: own / Math.max(met, 1), others: met - own }];
    });
    if (spread.length > 0) openers.set(remotePort, spread);
  }
  return openers;
}

function sumOf(parts: readonly number[]): number {
  return parts.reduce((sum, ports) => sum + ports, 0);
}
