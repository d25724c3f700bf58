import { formatEndpoint } from '../model/endpoint.js';
import type { BusiestEndpoint, PoolFacts } from './facts.js';
import type { HostMeasures } from './host-measures.js';
import { ownerOf } from './named-owner.js';

export function poolFacts({ pools, names }: HostMeasures): PoolFacts {
  return {
    pools: pools.histories.map(({ pool }) => pool),
    pool: pools.primary,
    udpPool: pools.udp,
    histories: pools.histories,
    busiestEndpoint: busiestEndpoint(pools, names),
    listeners: [...pools.listenerOwners]
      .map(([port, { pid, file, line, atMs }]) => ({
        port,
        process: ownerOf(names, pid, atMs)?.process ?? null,
        ref: { file, line, record: null, row: null },
      }))
      .sort((a, b) => a.port - b.port),
  };
}

function busiestEndpoint(
  { busiest }: HostMeasures['pools'],
  { addresses }: HostMeasures['names'],
): BusiestEndpoint | null {
  if (busiest === null) return null;
  const { address, port, ports, usable } = busiest;
  return { remote: formatEndpoint(addresses.valueOf(address), port), ports, usable };
}
