import type { Destination } from './scenario.js';
import type { RandomStream } from './random.js';

/** Remote endpoints by number. */
export class Endpoints {
  readonly #indexes = new Map<string, number>();
  readonly #list: { address: string; port: number }[] = [];

  indexOf(address: string, port: number): number {
    const key = `${address} ${String(port)}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.#list.push({ address, port }) - 1;
    this.#indexes.set(key, index);
    return index;
  }

  at(index: number): { readonly address: string; readonly port: number } {
    return this.#list[index] ?? { address: '', port: 0 };
  }
}

/** Draws a destination by weight. */
export function pickDestination(destinations: readonly Destination[], random: RandomStream): Destination | undefined {
  if (destinations.length === 1) return destinations[0];
  let left = random.next() * destinations.reduce((sum, destination) => sum + (destination.weight ?? 1), 0);
  for (const destination of destinations) {
    left -= destination.weight ?? 1;
    if (left <= 0) return destination;
  }
  return destinations.at(-1);
}

/** As Windows prints it: `10.1.7.31:1433`, `[2001:db8::31]:443`. */
export function endpointText({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${String(port)}` : `${address}:${String(port)}`;
}
