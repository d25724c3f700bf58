import type { ClientSpec, Destination, ProcessSpec } from '../scenario.js';
import type { RateCurve } from '../rate-curve.js';

/** A program that opens a connection for every call and closes it itself: the usual source of TIME_WAIT. */
export function caller(
  name: string,
  process: ProcessSpec,
  rate: RateCurve,
  destinations: readonly Destination[],
  changes: Partial<ClientSpec> = {},
): ClientSpec {
  return {
    name,
    process,
    rate,
    destinations,
    lifetime: { kind: 'exponential', meanSeconds: 0.4 },
    allocation: 'implicit-connect',
    ending: 'we-close',
    ...changes,
  };
}

export function address({ address: host, port }: Destination): string {
  return host.includes(':') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
}
